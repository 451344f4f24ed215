import type { BoardChange } from "../board/board.ts";
import type { Strings } from "./strings.ts";

/** What a contact did to the board, in words; undefined where it did nothing that is worth saying. */
export function boardNews(change: BoardChange, name: string, strings: Strings): string | undefined {
  if (change.origin !== "remote") return undefined;
  if (change.shown.length > 0 || change.extended.length > 0) return strings.drew(name);
  if (change.hidden.length > 0) return strings.erasedSomething(name);
  return change.altered.length > 0 || change.settings ? strings.changedSomething(name) : undefined;
}
