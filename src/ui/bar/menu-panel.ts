import { element, listen } from "../widgets/dom.ts";
import type { IconName } from "../widgets/icons.ts";
import { icon } from "../widgets/icons.ts";

export interface MenuEntry {
  readonly name: string;
  readonly icon: IconName;
  readonly label: string;
  /** The key that does the same; empty: none. */
  readonly key: string;
  /** `byKeyboard`: who chose it goes on by keyboard. */
  run(byKeyboard: boolean): void;
}

/** The list of what is not needed all the time. */
export function createMenuPanel(entries: readonly MenuEntry[]): HTMLElement {
  const rows = entries.map((entry) => {
    const row = element(
      "button",
      { id: `${entry.name}-button`, class: "menu-row", attributes: { type: "button" } },
      [
        icon(entry.icon),
        element("span", { text: entry.label }),
        ...(entry.key === ""
          ? []
          : [element("kbd", { text: entry.key, attributes: { "aria-hidden": "true" } })]),
      ],
    );
    listen(row, "click", (event) => entry.run(event.detail === 0));
    return row;
  });
  return element("div", { class: "menu-rows" }, rows);
}
