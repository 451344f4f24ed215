import { element, listen } from "../widgets/dom.ts";
import type { IconName } from "../widgets/icons.ts";
import { icon } from "../widgets/icons.ts";
import type { Commands } from "../input/commands.ts";
import type { Strings } from "../words/strings.ts";

/** What there is to do with the selecting tool while nothing is selected: for who has no keys. */
export interface SelectionStart {
  /** `bottom`: CSS pixels that the bars cover; undefined hides it. */
  update(bottom: number | undefined, hasItems: boolean): void;
  close(): void;
}

export function createSelectionStart({
  root,
  strings,
  commands,
}: {
  readonly root: HTMLElement;
  readonly strings: Strings;
  readonly commands: Pick<Commands, "run">;
}): SelectionStart {
  const button = (name: "paste" | "select-all", picture: IconName): HTMLButtonElement => {
    const attributes = { type: "button", "data-command": name };
    const made = element("button", { class: "selection-text-button", attributes }, [
      icon(picture),
      strings.commands[name],
    ]);
    listen(made, "click", () => commands.run(name));
    return made;
  };
  const all = button("select-all", "box");
  const attributes = { role: "group", "aria-label": strings.selection };
  const start = element("div", { id: "selection-start", attributes }, [button("paste", "paste"), all]);
  start.hidden = true;
  root.append(start);
  return {
    update(bottom, hasItems) {
      start.hidden = bottom === undefined;
      all.hidden = !hasItems;
      if (bottom !== undefined) start.style.bottom = `${bottom}px`;
    },
    close: () => start.remove(),
  };
}
