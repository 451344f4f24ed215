/*
 * The gallery: a card for each page, in order, then a button for a new one, and below what was removed. It is
 * brought up to date only while it is open; pictures are made for what is in sight.
 */
import type { Calendar } from "../../env/calendar.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import type { Contact } from "../../session.ts";
import type { Pages } from "../../session/pages.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { InputClock } from "../widgets/after-input.ts";
import { element, listen } from "../widgets/dom.ts";
import { icon } from "../widgets/icons.ts";
import type { Strings } from "../words/strings.ts";
import { cardStates, removedStates } from "./gallery-state.ts";
import type { PageActions } from "./page-actions.ts";
import type { PageCard } from "./page-card.ts";
import { createPageCards } from "./page-cards.ts";
import type { Pictures } from "./pictures.ts";
import { createRemovedPages } from "./removed-pages.ts";

export interface Gallery {
  readonly content: HTMLElement;
  /** It has just been opened, or something has changed while it is open. */
  update(): void;
  /** The card of the shown page comes into sight. */
  reveal(): void;
  /** The keyboard goes to where the name of the shown page is typed. */
  rename(): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface GalleryDeps {
  readonly strings: Strings;
  readonly pages: () => Pages | undefined;
  /** The small pictures of the pages. */
  readonly pictures: Pictures;
  readonly contacts: () => readonly Contact[];
  readonly nameOf: NameOf;
  readonly actions: PageActions;
  readonly clock: InputClock;
  readonly calendar: Calendar;
  readonly isOpen: () => boolean;
  /** A page was chosen to be shown. */
  readonly onOpen: (id: PageId) => void;
  readonly onAdd: () => void;
  /** What it all takes on this device is asked for. */
  readonly onStorage: (byKeyboard: boolean) => void;
}

const MINUTE = 60_000;

export function createGallery(deps: GalleryDeps): Gallery {
  const { strings, pages, pictures, actions, clock, calendar, isOpen } = deps;
  const cards = createPageCards({
    strings,
    actions,
    clock,
    setPicture: pictures.set,
    onOpen: deps.onOpen,
    onRelease: update,
  });
  const add = element("button", { id: "add-page", class: "menu-row", attributes: { type: "button" } }, [
    icon("add"),
    element("span", { text: strings.pages.add }),
  ]);
  listen(add, "click", () => {
    if (add.getAttribute("aria-disabled") !== "true") deps.onAdd();
  });
  const storage = element(
    "button",
    { id: "gallery-storage", class: "menu-row", attributes: { type: "button" } },
    [icon("storage"), element("span", { text: strings.storage.title })],
  );
  listen(storage, "click", (event) => deps.onStorage(event.detail === 0));
  const removed = createRemovedPages({ strings, actions, setPicture: pictures.set });
  /** Times in words change by themselves. */
  let cancelMinute: (() => void) | undefined;

  function update(): void {
    const all = pages();
    cancelMinute?.();
    cancelMinute = undefined;
    if (!isOpen() || !all) return pictures.rest();
    // Nothing moves under the hand.
    if (cards.isHeld()) return;
    cancelMinute = clock.after(MINUTE, update);
    const now = calendar.minutes() * MINUTE;
    const list = all.list();
    const { nameOf } = deps;
    const states = cardStates(all, list, { contacts: deps.contacts(), nameOf, strings, now });
    cards.update(
      list.map(({ id }, i) => [id, states[i]!] as const),
      all.current(),
    );
    removed.update(removedStates(all, strings, now));
    add.setAttribute("aria-disabled", String(!all.hasRoom()));
    pictures.update(all);
  }
  const shownCard = (): PageCard | undefined => cards.cardOf(pages()?.current() ?? "");

  return {
    content: element("div", { class: "gallery" }, [cards.root, add, removed.root, storage]),
    update,
    reveal: () => shownCard()?.root.scrollIntoView({ block: "nearest" }),
    rename() {
      const name = shownCard()?.name;
      name?.focus();
      name?.select();
    },
    setTheme(next) {
      pictures.setTheme(next);
      update();
    },
    close() {
      cancelMinute?.();
      cards.close();
      pictures.close();
    },
  };
}
