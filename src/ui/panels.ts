import { element, listen } from "./dom.ts";

/** Something that opens upward from a button of the bar. */
export interface PanelPart {
  /** Used in ids: `panel-<name>`. */
  readonly name: string;
  readonly label: string;
  readonly button: HTMLButtonElement;
  readonly content: HTMLElement;
}

/** The panels of the bar: at most one is open. */
export interface Panels {
  /** The name of the open panel. */
  open(): string | undefined;
  /** Closes the open panel; the focus returns to its button if it was inside. */
  close(): void;
}

export function createPanels({
  container,
  parts,
}: {
  readonly container: HTMLElement;
  readonly parts: readonly PanelPart[];
}): Panels {
  let current: PanelPart | undefined;
  const boxes = new Map<PanelPart, HTMLElement>();

  const show = (part: PanelPart | undefined): void => {
    const inside = current && boxes.get(current)!.contains(document.activeElement);
    if (!part && inside) current!.button.focus();
    current = part;
    container.hidden = !part;
    for (const [each, box] of boxes) {
      box.hidden = each !== part;
      each.button.setAttribute("aria-expanded", String(each === part));
    }
  };

  for (const part of parts) {
    const box = element(
      "div",
      {
        id: `panel-${part.name}`,
        class: "panel",
        attributes: { role: "dialog", "aria-label": part.label },
      },
      [part.content],
    );
    box.hidden = true;
    boxes.set(part, box);
    part.button.setAttribute("aria-haspopup", "dialog");
    part.button.setAttribute("aria-controls", box.id);
    part.button.setAttribute("aria-expanded", "false");
    listen(part.button, "click", (event) => {
      const opening = current !== part;
      show(opening ? part : undefined);
      // A click without a pointer came from the keyboard: it goes on inside the panel.
      if (opening && event.detail === 0) box.querySelector<HTMLElement>("input:checked, input")?.focus();
    });
  }
  container.hidden = true;
  container.replaceChildren(...boxes.values());

  return {
    open: () => current?.name,
    close: () => show(undefined),
  };
}
