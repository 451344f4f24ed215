/*
 * Keys among the cards, as in a grid: arrows go from one to the next, and with Alt take the page along. One card
 * at a time is a stop of the Tab key.
 */
import type { PageId } from "../../board/pages/page-id.ts";
import { listen } from "../widgets/dom.ts";
import type { PageActions } from "./page-actions.ts";
import type { PageCard } from "./page-card.ts";

export interface CardKeysDeps {
  readonly list: HTMLElement;
  /** In order. */
  readonly cards: () => readonly (readonly [PageId, PageCard])[];
  readonly actions: PageActions;
  /** Says whether there was a card under the hand, which is put back. */
  readonly breakOff: () => boolean;
}

export interface CardKeys {
  /** Other cards are there, or this page is shown: a stop of the Tab key unless there is one already. */
  update(shown: PageId): void;
  close(): void;
}

export function createCardKeys({ list, cards, actions, breakOff }: CardKeysDeps): CardKeys {
  let current: PageId | undefined;

  const setCurrent = (id: PageId): void => {
    current = id;
    for (const [each, card] of cards()) card.setReachable(each === id);
  };

  /** How far an arrow goes in the order of the cards. */
  const stepOf = (key: string): number | undefined => {
    const forward = getComputedStyle(list).direction === "rtl" ? -1 : 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: forward,
      ArrowLeft: -forward,
      ArrowDown: columnsOf(list),
      ArrowUp: -columnsOf(list),
    };
    return steps[key];
  };

  /** Says whether the key means anything there. */
  const press = ({ key, altKey }: KeyboardEvent, at: number): boolean => {
    const all = cards();
    const [id, card] = all[at]!;
    const step = stepOf(key);
    if (altKey) return step !== undefined && carry(id, card, at + step);
    const to =
      key === "Home" ? 0 : key === "End" ? all.length - 1 : step === undefined ? undefined : at + step;
    if (to !== undefined) {
      all[to]?.[1].open.focus();
      return true;
    }
    switch (key) {
      case "Delete":
      case "Backspace":
        return actions.remove(id);
      case "F2":
        card.name.focus();
        card.name.select();
        return true;
      default:
        return false;
    }
  };
  const carry = (id: PageId, card: PageCard, to: number): boolean => {
    if (to >= 0 && to < cards().length) actions.move(id, to);
    card.open.focus();
    return true;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && breakOff()) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const at = cards().findIndex(([, { open }]) => open === event.target);
    if (at < 0 || !press(event, at)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocus = ({ target }: FocusEvent): void => {
    const found = cards().find(([, { root }]) => target instanceof Node && root.contains(target));
    if (found) setCurrent(found[0]);
  };
  const stops = [listen(list, "keydown", onKeyDown), listen(list, "focusin", onFocus)];

  return {
    update(shown) {
      const ids = cards().map(([id]) => id);
      const isHeld = current !== undefined && ids.includes(current) && list.contains(document.activeElement);
      const id = isHeld ? current : ids.includes(shown) ? shown : ids[0];
      if (id !== undefined) setCurrent(id);
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}

/** How many cards are beside one another. */
function columnsOf(list: HTMLElement): number {
  const [first, ...others] = [...list.children];
  const top = first?.getBoundingClientRect().top;
  const below = others.findIndex((card) => card.getBoundingClientRect().top !== top);
  return below < 0 ? others.length + 1 : below + 1;
}
