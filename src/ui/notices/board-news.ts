import type { BoardChange } from "../../board/document/board.ts";
import type { Strings } from "../words/strings.ts";
import type { Who } from "../people/who.ts";

type Deed = "drew" | "erasedSomething" | "changedSomething";

/** What somebody did to the board, in words. */
export function deedText(deed: Deed, { names, areSeveral }: Who, strings: Strings): string {
  const texts = areSeveral ? strings.people : strings;
  switch (deed) {
    case "drew":
      return texts.drew(names);
    case "erasedSomething":
      return texts.erasedSomething(names);
    case "changedSomething":
      return texts.changedSomething(names);
  }
}

/** What contacts did to the board; undefined where it was no contact. */
export function boardNews(change: BoardChange, who: Who, strings: Strings): string | undefined {
  if (change.origin !== "remote") return undefined;
  const deed = change.drawn ? "drew" : change.hidden.length > 0 ? "erasedSomething" : "changedSomething";
  return deedText(deed, who, strings);
}
