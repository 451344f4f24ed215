/*
 * The cards of all pages, in order: what can be done with one at a time, dragged and by keys.
 */
import type { PageId } from "../../board/pages/page-id.ts";
import type { InputClock } from "../widgets/after-input.ts";
import { showChildren } from "../widgets/children.ts";
import { element } from "../widgets/dom.ts";
import type { Strings } from "../words/strings.ts";
import { createCardDrag } from "./card-drag.ts";
import { createCardKeys } from "./card-keys.ts";
import type { PageActions } from "./page-actions.ts";
import { type CardState, createPageCard, type PageCard } from "./page-card.ts";
import type { SetPicture } from "./pictures.ts";

export interface PageCards {
  readonly root: HTMLElement;
  /** A card is under the hand: nothing may move. */
  isHeld(): boolean;
  /** These pages, in this order; `shown`: the one that is looked at. */
  update(pages: readonly (readonly [PageId, CardState])[], shown: PageId): void;
  cardOf(id: PageId): PageCard | undefined;
  close(): void;
}

export interface PageCardsDeps {
  readonly strings: Strings;
  readonly actions: PageActions;
  readonly clock: InputClock;
  readonly setPicture: SetPicture;
  readonly onOpen: (id: PageId) => void;
  /** No card is under the hand any more. */
  readonly onRelease: () => void;
}

export function createPageCards(deps: PageCardsDeps): PageCards {
  const { strings, actions, clock, setPicture } = deps;
  const cards = new Map<PageId, PageCard>();
  let order: readonly PageId[] = [];
  let withOptions: PageId | undefined;
  // A list without bullets is no list for some screen readers, unless it says so.
  const attributes = { role: "list", "aria-label": strings.pages.title };
  const root = element("ul", { class: "page-cards", attributes });

  const drag = createCardDrag({
    list: root,
    clock,
    onMove: (card, at) => void actions.move(card.dataset["page"] ?? "", at),
    onEnd: deps.onRelease,
  });
  const keys = createCardKeys({
    list: root,
    cards: () => order.map((id) => [id, cards.get(id)!]),
    actions,
    breakOff: drag.cancel,
  });
  /** Of one card at most. */
  const toggleOptions = (id: PageId): void => {
    withOptions = id === withOptions ? undefined : id;
    for (const [each, card] of cards) card.showOptions(each === withOptions);
  };
  const obtain = (id: PageId): PageCard => {
    const known = cards.get(id);
    if (known) return known;
    const card = createPageCard({ id, strings, actions, onOpen: deps.onOpen, onOptions: toggleOptions });
    cards.set(id, card);
    setPicture(id, card.canvas, true);
    return card;
  };

  return {
    root,
    isHeld: drag.isDragging,
    update(pages, shown) {
      order = pages.map(([id]) => id);
      for (const [id, card] of cards) {
        if (order.includes(id)) continue;
        setPicture(id, card.canvas, false);
        cards.delete(id);
      }
      const wanted = pages.map(([id, state]) => {
        const card = obtain(id);
        card.update(state);
        return card.root;
      });
      showChildren(root, wanted);
      keys.update(shown);
    },
    cardOf: (id) => cards.get(id),
    close() {
      drag.close();
      keys.close();
    },
  };
}
