import type * as Y from "yjs";
import { FIRST_PAGE } from "../board/pages/page-id.ts";
import type { PageId } from "../board/pages/page-id.ts";
import { createPageIndex } from "../board/pages/page-index.ts";
import type { Env } from "../env/env.ts";

/** The pages that an index names which is read apart from any board, but for the first one; removed ones too. */
export function storedPages(
  index: Y.Doc,
  time: Pick<Env, "clock" | "calendar">,
  onError: (error: unknown) => void,
): readonly PageId[] {
  const pages = createPageIndex({ doc: index, time, onError });
  const ids = [...pages.list(), ...pages.removed()].map(({ id }) => id);
  pages.close();
  return ids.filter((id) => id !== FIRST_PAGE);
}
