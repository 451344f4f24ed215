import type { Address } from "../../env/host.ts";
import type { Notice } from "../../session.ts";
import type { PageAdded, ToldNotice } from "./notice-text.ts";
import { noticeText, outdatedText } from "./notice-text.ts";
import type { NoticeAction, Notices } from "./notices.ts";
import { ROOM_KINDS } from "./room-text.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { Strings } from "../words/strings.ts";

export const NOTICE_SECONDS = 6;

/** These stay true as long as the page is open, so they are said once: a contact could cause them for ever. */
const SAID_ONCE: readonly Notice["kind"][] = [
  "muted",
  "update-needed",
  "contact-outdated",
  "refused",
  "contact-full",
];

/** What nobody needs to have read. */
const PASSING: readonly Notice["kind"][] = [
  "storage-recovered",
  "cleared",
  "call-declined",
  "call-unanswered",
  "call-ended",
];

/** Shows what a session has to tell. `onSaved`: whether the board can be stored. */
export function createSessionNotices({
  notices,
  nameOf,
  strings,
  told,
  newPage,
  onPageAdded,
  onSaved,
}: {
  readonly notices: Notices;
  readonly nameOf: NameOf;
  readonly strings: Strings;
  /** What was said once and is not said again. */
  readonly told: Set<string>;
  /** Begins a page, where there is room for one: what to do where this one is full. */
  readonly newPage: () => NoticeAction | undefined;
  /** A contact made a page, which is told with the way there. */
  readonly onPageAdded: (notice: PageAdded) => void;
  readonly onSaved: (isSaved: boolean) => void;
}): (notice: Notice) => void {
  /** Who must update: one notice names them all. */
  const outdated: Address[] = [];
  const textOf = (notice: ToldNotice): string => {
    if (notice.kind !== "contact-outdated") return noticeText(notice, nameOf, strings);
    outdated.push(notice.address);
    return outdatedText(outdated, nameOf, strings);
  };
  return (notice) => {
    if (notice.kind === "page-added") return onPageAdded(notice);
    if (notice.kind === "storage-recovered") notices.dismiss("storage-failed");
    if (notice.kind === "storage-failed" || notice.kind === "storage-recovered") {
      onSaved(notice.kind === "storage-recovered");
    }
    if ("address" in notice && SAID_ONCE.includes(notice.kind)) {
      const about = `${notice.kind} ${notice.address}`;
      if (told.has(about)) return;
      told.add(about);
    }
    const stays = !PASSING.includes(notice.kind);
    const text = textOf(notice);
    const kind = kindOf(notice);
    const action = "of" in notice ? newPage() : undefined;
    const options = { ...(stays ? {} : { seconds: NOTICE_SECONDS }), ...(action ? { action } : {}) };
    notices.show({ kind, text, ...options });
  };
}

/** A notice takes the place of one of its kind: the call that somebody else made is another one. */
function kindOf(notice: ToldNotice): string {
  if ("of" in notice) return ROOM_KINDS[notice.of];
  return notice.kind === "call-missed" ? `${notice.kind} ${notice.address}` : notice.kind;
}
