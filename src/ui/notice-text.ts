import type { Address } from "../env/host.ts";
import type { Notice } from "../session.ts";
import type { NameOf } from "./presence-text.ts";
import type { Strings } from "./strings.ts";

/** A session's notice in words. */
export function noticeText(notice: Notice, nameOf: NameOf, strings: Strings): string {
  const about = (address: Address | undefined, named: (name: string) => string, unnamed: string): string =>
    address === undefined ? unnamed : named(nameOf(address));
  switch (notice.kind) {
    case "update-needed":
      return about(notice.address, strings.contactIsNewer, strings.boardIsNewer);
    case "contact-outdated":
      return strings.contactIsNewer(nameOf(notice.address));
    case "storage-damaged":
      return strings.storageDamaged;
    case "storage-failed":
      return strings.storageFailed;
    case "storage-recovered":
      return strings.storageRecovered;
    case "muted":
      return strings.contactMuted(nameOf(notice.address));
    case "cleared":
      return about(notice.address, strings.contactCleared, strings.boardCleared);
    case "carry-failed":
      return strings.carry.failed;
    case "carry-partly":
      return strings.carry.partly;
  }
}
