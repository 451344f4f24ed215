import type { Pages } from "../../session/pages.ts";
import type { CommandHandlers, PagesCommand } from "../input/commands.ts";
import type { Strings } from "../words/strings.ts";
import type { PageActions } from "./page-actions.ts";

/** What keys and swipes do with the pages, most of it with the one that is shown. */
export function pagesCommands({
  pages,
  actions,
  direction,
  toggle,
  rename,
}: {
  readonly pages: () => Pages | undefined;
  readonly actions: PageActions;
  readonly direction: Strings["direction"];
  /** Opens the gallery, or closes it. */
  readonly toggle: () => void;
  /** The keyboard goes to where the name of the shown page is typed. */
  readonly rename: () => void;
}): CommandHandlers<PagesCommand> {
  const step = (by: 1 | -1) => (): boolean => actions.step(by);
  const move = (by: 1 | -1) => (): boolean => {
    const shown = pages()?.current();
    return shown !== undefined && actions.moveBy(shown, by);
  };
  // As paper moves under a hand: what lies further on comes from where one reads to.
  const leftward = direction === "rtl" ? -1 : 1;
  return {
    pages: toggle,
    "previous-page": step(-1),
    "next-page": step(1),
    "swipe-left": step(leftward),
    "swipe-right": step(leftward === 1 ? -1 : 1),
    "add-page": () => actions.add(),
    "rename-page": rename,
    "duplicate-page"() {
      const shown = pages()?.current();
      if (shown !== undefined) actions.duplicate(shown);
    },
    "page-earlier": move(-1),
    "page-later": move(1),
    "remove-page"() {
      const shown = pages()?.current();
      return shown !== undefined && actions.remove(shown);
    },
  };
}
