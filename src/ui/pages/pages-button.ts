import type { PageId } from "../../board/pages/page-id.ts";
import type { PageInfo } from "../../session/pages.ts";
import { element, listen } from "../widgets/dom.ts";
import { nameButton } from "../widgets/icon-button.ts";
import { pageNumber, placeText } from "../words/page-title.ts";
import type { Strings } from "../words/strings.ts";

/** The button in the strip: which page this is, of how many. It opens the gallery. */
export interface PagesButton {
  readonly button: HTMLButtonElement;
  update(pages: readonly PageInfo[], shown: PageId): void;
}

export function createPagesButton(strings: Strings, onPress: (byKeyboard: boolean) => void): PagesButton {
  // A picture, not words of the button.
  const count = element("span", { class: "pages-count" });
  const button = element("button", { id: "pages-button", class: "chip", attributes: { type: "button" } }, [
    count,
  ]);
  button.hidden = true;
  listen(button, "click", (event) => onPress(event.detail === 0));
  let shown = "";
  return {
    button,
    update(pages, id) {
      button.hidden = false;
      const label = placeText(pages, id, strings);
      // Asked for at every change of the board.
      const key = `${pages.length} ${label}`;
      if (key === shown) return;
      shown = key;
      count.dataset["count"] = strings.pages.count(pageNumber(pages, id) ?? "–", pages.length);
      nameButton(button, label);
    },
  };
}
