import type { Contact, Notice } from "../session.ts";
import { shortAddress } from "./colors.ts";
import { nameOf } from "./presence-text.ts";
import type { Strings } from "./strings.ts";

/** A session's notice in words. */
export function noticeText(notice: Notice, contacts: readonly Contact[], strings: Strings): string {
  const name = (address: string): string => {
    const contact = contacts.find((candidate) => candidate.address === address);
    return contact ? nameOf(contact) : shortAddress(address);
  };
  switch (notice.kind) {
    case "update-needed":
      return strings.updateNeeded(name(notice.address));
    case "storage-damaged":
      return strings.storageDamaged;
    case "storage-failed":
      return strings.storageFailed;
    case "storage-recovered":
      return strings.storageRecovered;
    case "cleared":
      return notice.address === undefined
        ? strings.boardCleared
        : strings.contactCleared(name(notice.address));
  }
}
