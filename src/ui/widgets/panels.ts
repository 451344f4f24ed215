/*
 * Panels of which one at most is open.
 */
import { element, listen } from "./dom.ts";
import { iconButton } from "./icon-button.ts";
import type { Strings } from "../words/strings.ts";

/** Something that opens upward from a button of the bar. */
export interface PanelPart<Name extends string> {
  /** Used in ids: `panel-<name>`. */
  readonly name: Name;
  readonly label: string;
  /** Several panels may open from one button. */
  readonly button: HTMLButtonElement;
  /** A function makes it when the panel is first opened: the page is there the sooner. */
  readonly content: HTMLElement | (() => HTMLElement);
  /** Where it opens, if not above the bar. */
  readonly container?: HTMLElement;
  /** Where the focus returns while the button is not on the page. */
  readonly returnsTo?: HTMLElement;
  /** A line above the content that says what it is, with a button to close it. */
  readonly titled?: boolean;
  /** There is nothing in it to go to by keyboard: it is scrolled as a whole. */
  readonly isText?: boolean;
  /** Brings the content up to date: before it is seen, and at each `refresh` while it is. */
  readonly update?: () => void;
  /** It has just been opened. */
  readonly onOpen?: () => void;
}

/** The panels of the bar: at most one is open. */
export interface Panels<Name extends string> {
  /** The name of the open panel. */
  open(): Name | undefined;
  /** `focus`: who opened it goes on inside, by keyboard. */
  show(name: Name, focus: boolean): void;
  /** Brings the open panel up to date. */
  refresh(): void;
  /** Closes the open panel; a focus inside returns to its button, or to the board if it opened from there. */
  close(): void;
}

/** Where the keys were when a panel opened, and what opened it. */
type Origin = "pointer" | "board" | "control";

const CHOSEN = "input[type=radio]:checked, [aria-current=page]";
const FOCUSABLE = "input:not([type=radio]), button:not(.panel-close), select, [tabindex]";

export function createPanels<Name extends string>({
  container,
  parts,
  strings,
}: {
  readonly container: HTMLElement;
  readonly parts: readonly PanelPart<Name>[];
  readonly strings: Strings;
}): Panels<Name> {
  let current: PanelPart<Name> | undefined;
  let openedFrom: Origin = "pointer";
  /** The Tab key led into the panel. */
  let cameByTab = false;
  const boxes = new Map<PanelPart<Name>, HTMLElement>();
  const containerOf = (part: PanelPart<Name>): HTMLElement => part.container ?? container;
  const containers = new Set([container, ...parts.map(containerOf)]);

  const returnTo = ({ button, returnsTo = button }: PanelPart<Name>): HTMLElement =>
    button.isConnected ? button : returnsTo;

  /** Above its button, as far as the screen allows. */
  const place = (part: PanelPart<Name>): void => {
    if (part.container) return;
    const box = boxes.get(part)!;
    const room = container.parentElement!.getBoundingClientRect();
    const button = returnTo(part).getBoundingClientRect();
    const middle = button.left + button.width / 2 - (room.left + room.width / 2);
    const slack = Math.max((container.clientWidth - box.offsetWidth) / 2, 0);
    box.style.setProperty("--aside", `${Math.min(Math.max(middle, -slack), slack).toFixed(0)}px`);
  };

  /** The keys go on where they were before the panel was opened. */
  const leave = (part: PanelPart<Name>): void => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || !boxes.get(part)!.contains(focused)) return;
    if (openedFrom === "control" || (openedFrom === "pointer" && cameByTab)) returnTo(part).focus();
    else focused.blur();
  };

  const set = (part: PanelPart<Name> | undefined): void => {
    if (!part && current) leave(current);
    current = part;
    for (const each of containers) each.hidden = !part || each !== containerOf(part);
    for (const [each, box] of boxes) box.hidden = each !== part;
    for (const { button } of parts) button.setAttribute("aria-expanded", String(button === part?.button));
    if (!part) return;
    fill(part);
    part.update?.();
    part.onOpen?.();
    place(part);
  };

  const titleOf = (part: PanelPart<Name>): HTMLElement => {
    const close = iconButton(strings.close, "close", `close-${part.name}`);
    close.classList.add("panel-close");
    listen(close, "click", () => set(undefined));
    return element("div", { class: "panel-title" }, [element("h2", { text: part.label }), close]);
  };

  const bodyOf = (part: PanelPart<Name>): HTMLElement => {
    const attributes = part.isText ? { tabindex: "0", role: "group", "aria-label": part.label } : {};
    const { content } = part;
    return element("div", { class: "panel-body", attributes }, [
      typeof content === "function" ? content() : content,
    ]);
  };

  const fill = (part: PanelPart<Name>): void => {
    const box = boxes.get(part)!;
    if (!box.hasChildNodes()) box.append(...(part.titled ? [titleOf(part)] : []), bodyOf(part));
  };

  for (const part of parts) {
    const box = element("div", {
      id: `panel-${part.name}`,
      class: "panel",
      attributes: { role: "dialog", "aria-label": part.label },
    });
    box.hidden = true;
    // Later, any key makes the focus visible.
    listen(box, "focusin", ({ target }) => void (cameByTab = isReachedByKey(target)));
    boxes.set(part, box);
    if (typeof part.content !== "function") fill(part);
    part.button.setAttribute("aria-haspopup", "dialog");
    part.button.setAttribute("aria-expanded", "false");
  }
  for (const each of containers) {
    each.hidden = true;
    each.replaceChildren(
      ...parts.filter((part) => containerOf(part) === each).map((part) => boxes.get(part)!),
    );
  }

  return {
    open: () => current?.name,
    show(name, focus) {
      const part = parts.find((each) => each.name === name)!;
      if (!current) openedFrom = originOf(focus);
      set(part);
      const box = boxes.get(part)!;
      const first = box.querySelector<HTMLElement>(CHOSEN) ?? box.querySelector<HTMLElement>(FOCUSABLE);
      if (focus) first?.focus();
    },
    refresh: () => current?.update?.(),
    close: () => set(undefined),
  };
}

function originOf(byKey: boolean): Origin {
  if (!byKey) return "pointer";
  return document.activeElement === document.body || !document.activeElement ? "board" : "control";
}

/** By a key. A field for words looks the same when it was pressed. */
function isReachedByKey(focused: EventTarget | null): boolean {
  return (
    focused instanceof HTMLElement &&
    focused.matches(":focus-visible") &&
    !focused.matches("input[type=text]")
  );
}
