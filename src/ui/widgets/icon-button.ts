import { element } from "./dom.ts";
import type { IconName } from "./icons.ts";
import { icon } from "./icons.ts";

/** A button with an icon, named for everybody. */
export function iconButton(label: string, name: IconName, id?: string): HTMLButtonElement {
  const attributes = { type: "button", "aria-label": label, title: label };
  return element("button", { class: "button", attributes, ...(id === undefined ? {} : { id }) }, [
    icon(name),
  ]);
}

/** Names a button anew. */
export function nameButton(button: HTMLElement, label: string): void {
  button.setAttribute("aria-label", label);
  button.title = label;
}
