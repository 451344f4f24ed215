import type { Pages } from "../../session/pages.ts";
import type { Notices } from "../notices/notices.ts";
import { pageNumber } from "../words/page-title.ts";
import type { Strings } from "../words/strings.ts";
import type { PageActions } from "./page-actions.ts";

const KIND = "page-gone";

/** Tells that the page which this person looks at was removed, as long as it is, and offers to bring it back. */
export function createGoneNotice({
  notices,
  strings: { pages: words },
  actions,
}: {
  readonly notices: Pick<Notices, "show" | "dismiss">;
  readonly strings: Strings;
  readonly actions: Pick<PageActions, "restore">;
}): { update(all: Pages): void } {
  let isGone = false;
  return {
    update(all) {
      const id = all.current();
      const wasGone = isGone;
      isGone = pageNumber(all.list(), id) === undefined;
      if (isGone === wasGone) return;
      if (!isGone) return notices.dismiss(KIND);
      const action = { label: words.restore, run: () => void actions.restore(id) };
      notices.show({ kind: KIND, text: words.gone, action });
    },
  };
}
