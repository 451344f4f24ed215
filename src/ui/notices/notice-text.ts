import type { Address } from "../../env/host.ts";
import type { Notice } from "../../session.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { Strings } from "../words/strings.ts";
import { timeWords } from "../words/time-words.ts";
import { roomText } from "./room-text.ts";
import { whoOf } from "../people/who.ts";

/** Whose app is too old. */
export function outdatedText(addresses: readonly Address[], nameOf: NameOf, strings: Strings): string {
  const { outdated, areOutdated } = strings.people;
  const who = whoOf(addresses, nameOf, strings);
  return (who?.areSeveral ? areOutdated : outdated)(who?.names ?? strings.somebody);
}

/** Calendars have minutes. */
const TOLD_AT_ONCE = 2 * 60_000;

export type PageAdded = Notice & { readonly kind: "page-added" };
/** What is told by itself; a new page is told with the way there. */
export type ToldNotice = Exclude<Notice, PageAdded>;

/** When it was is told only where that is not now. */
function missedText(
  { address, at, now }: Notice & { readonly kind: "call-missed" },
  nameOf: NameOf,
  strings: Strings,
): string {
  const deed = strings.voice.missed(nameOf(address));
  if (now - at < TOLD_AT_ONCE) return deed;
  return strings.lookBack.when(deed, timeWords(at, now, strings));
}

/** A session's notice in words. */
export function noticeText(notice: ToldNotice, nameOf: NameOf, strings: Strings): string {
  const about = (address: Address | undefined, named: (name: string) => string, unnamed: string): string =>
    address === undefined ? unnamed : named(nameOf(address));
  switch (notice.kind) {
    case "update-needed":
      return about(notice.address, strings.contactIsNewer, strings.boardIsNewer);
    case "storage-damaged":
      return strings.storageDamaged;
    case "storage-failed":
      return strings.storageFailed;
    case "storage-recovered":
      return strings.storageRecovered;
    case "muted":
      return strings.contactMuted(nameOf(notice.address));
    case "contact-outdated":
      return outdatedText([notice.address], nameOf, strings);
    case "call-missed":
      return missedText(notice, nameOf, strings);
    case "call-declined":
      return strings.voice.declined(nameOf(notice.address));
    case "call-unanswered":
      return strings.voice.unanswered;
    case "call-ended":
      return strings.voice.ended;
    case "cleared":
      return about(notice.address, strings.contactCleared, strings.boardCleared);
    case "carry-failed":
      return strings.carry.failed;
    case "carry-too-large":
      return strings.carry.tooLarge;
    case "room-nearly":
      return roomText(notice.of, "nearly", strings);
    case "room-full":
      return roomText(notice.of, "full", strings);
    case "refused":
      return strings.room.refused(nameOf(notice.address));
    case "contact-full":
      return strings.room.contactFull(nameOf(notice.address));
    case "carry-partly":
      return strings.carry.partly;
  }
}
