/*
 * A picture and nothing else on the whole screen: to hold the finger on, where the system then offers to copy and to
 * share it, or to take a screenshot of. Its address is a `data:` one: iOS shows no other.
 */
import { element, listen } from "../widgets/dom.ts";
import { iconButton } from "../widgets/icon-button.ts";
import type { Strings } from "../words/strings.ts";

/** Settles when it is to be seen; rejects where the picture cannot be read. */
export async function showCleanView(blob: Blob, strings: Strings): Promise<void> {
  const words = strings.transfer;
  const image = element("img", { attributes: { alt: strings.board, src: await dataAddress(blob) } });
  await image.decode();
  const close = iconButton(strings.close, "close", "close-clean-view");
  const bar = element("div", { class: "clean-bar" }, [element("p", { text: words.hold }), close]);
  const attributes = { role: "dialog", "aria-modal": "true", "aria-label": words.show, tabindex: "-1" };
  const view = element("div", { id: "clean-view", attributes }, [image, bar]);
  const before = document.activeElement;
  const end = (): void => {
    view.remove();
    if (before instanceof HTMLElement) before.focus();
  };
  listen(close, "click", end);
  // Without a word over it, for a screenshot.
  listen(image, "click", () => void (bar.hidden = !bar.hidden));
  listen(view, "keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") end();
    // There is one button.
    if (event.key === "Tab") event.preventDefault();
  });
  document.body.append(view);
  close.focus();
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result as string));
    reader.addEventListener("error", () => reject(new Error("a picture cannot be read")));
    reader.readAsDataURL(blob);
  });
}
