import { element } from "./dom.ts";
import type { IconName } from "./icons.ts";
import { icon } from "./icons.ts";

/** A button with an icon, named for everybody. */
export function iconButton(id: string, label: string, name: IconName): HTMLButtonElement {
  return element(
    "button",
    { id, class: "button", attributes: { type: "button", "aria-label": label, title: label } },
    [icon(name)],
  );
}

/** Names a button anew. */
export function nameButton(button: HTMLElement, label: string): void {
  button.setAttribute("aria-label", label);
  button.title = label;
}
