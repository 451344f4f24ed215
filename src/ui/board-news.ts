import type { BoardChange } from "../board/board.ts";
import type { Strings } from "./strings.ts";

/** What a contact did to the board, in words; undefined where it was no contact. */
export function boardNews(change: BoardChange, name: string, strings: Strings): string | undefined {
  if (change.origin !== "remote") return undefined;
  if (change.drawn) return strings.drew(name);
  return (change.hidden.length > 0 ? strings.erasedSomething : strings.changedSomething)(name);
}
