import type { Notice } from "../session.ts";
import { noticeText } from "./notice-text.ts";
import type { Notices } from "./notices.ts";
import type { NameOf } from "./presence-text.ts";
import type { Strings } from "./strings.ts";

export const NOTICE_SECONDS = 6;

/** Shows what a session has to tell. `onSaved`: whether the board can be stored. */
export function createSessionNotices({
  notices,
  nameOf,
  strings,
  told,
  onSaved,
}: {
  readonly notices: Notices;
  readonly nameOf: NameOf;
  readonly strings: Strings;
  /** What was said once and is not said again. */
  readonly told: Set<string>;
  readonly onSaved: (isSaved: boolean) => void;
}): (notice: Notice) => void {
  return (notice) => {
    if (notice.kind === "storage-recovered") notices.dismiss("storage-failed");
    if (notice.kind === "storage-failed" || notice.kind === "storage-recovered") {
      onSaved(notice.kind === "storage-recovered");
    }
    // What is true as long as the page is open is said once: a contact could say it for ever.
    if (notice.kind === "muted" || notice.kind === "update-needed") {
      const about = `${notice.kind} ${notice.address}`;
      if (told.has(about)) return;
      told.add(about);
    }
    const stays = notice.kind !== "storage-recovered" && notice.kind !== "cleared";
    const text = noticeText(notice, nameOf, strings);
    notices.show({ kind: notice.kind, text, ...(stays ? {} : { seconds: NOTICE_SECONDS }) });
  };
}
