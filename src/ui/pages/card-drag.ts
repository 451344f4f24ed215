/*
 * Drags a page to another place among the cards: at once with a mouse or a pen, after a finger has been held
 * still, since a finger that moves at once scrolls the list. The cards make way as they are passed.
 */
import type { Box, Point } from "../../base/geometry.ts";
import { centreOf, distance } from "../../base/geometry.ts";
import { tick } from "../input/haptics.ts";
import { afterInput, type InputClock } from "../widgets/after-input.ts";
import { listen } from "../widgets/dom.ts";
import { isField } from "../widgets/field.ts";
import { nearestSlot, placesAfterMove, scrollSpeed } from "./slots.ts";

export interface CardDrag {
  /** A card is under the hand: the list must stay as it is. */
  isDragging(): boolean;
  /** Puts it back. Says whether there was any. */
  cancel(): boolean;
  close(): void;
}

export interface CardDragDeps {
  /** Holds the cards in order, and nothing else. */
  readonly list: HTMLElement;
  readonly clock: InputClock;
  /** A card was let go at another place. */
  readonly onMove: (card: HTMLElement, at: number) => void;
  /** It is over; what had to wait can be shown. */
  readonly onEnd: () => void;
}

/** So long a finger is held, in milliseconds, and moves no further meanwhile, in CSS pixels. */
const HOLD_MS = 400;
const SLOP = 8;

/** A pointer that is down on a card, and may come to drag it. */
interface Press {
  readonly card: HTMLElement;
  readonly id: number;
  readonly isTouch: boolean;
  readonly start: Point;
  at: Point;
  cancelHold: () => void;
}

/** A card under way. Places are of the list, whatever is scrolled. */
interface Drag {
  readonly cards: readonly HTMLElement[];
  readonly slots: readonly Box[];
  readonly from: number;
  to: number;
  /** Where the pointer was when it was pressed. */
  readonly grip: Point;
  stopFrame: () => void;
}

export function createCardDrag({ list, clock, onMove, onEnd }: CardDragDeps): CardDrag {
  let press: Press | undefined;
  let drag: Drag | undefined;
  /** The click that ends a drag is none. */
  let wasDragged = false;

  const cardOf = (target: EventTarget | null): HTMLElement | undefined => {
    const card = target instanceof Element ? target.closest<HTMLElement>(".page-card") : null;
    return card && !isField(target) ? card : undefined;
  };

  const begin = (): void => {
    if (!press || drag) return;
    drag = measure(list, press);
    if (!drag) return;
    press.card.dataset["dragged"] = "true";
    list.dataset["dragging"] = "true";
    list.setPointerCapture(press.id);
    tick();
    follow();
  };

  /** Frame by frame, as the list may scroll under a pointer that rests. */
  function follow(): void {
    if (!press || !drag) return;
    const scroller = list.closest<HTMLElement>(".panel-body");
    if (scroller) {
      const { top, bottom } = scroller.getBoundingClientRect();
      scroller.scrollTop += scrollSpeed(press.at.y, top, bottom);
    }
    placeCards(list, press, drag);
    drag.stopFrame = clock.requestFrame(follow);
  }

  const end = (isMeant: boolean): boolean => {
    const ended = drag;
    const card = press?.card;
    press?.cancelHold();
    if (press && list.hasPointerCapture(press.id)) list.releasePointerCapture(press.id);
    press = undefined;
    drag = undefined;
    if (!ended || !card) return false;
    ended.stopFrame();
    delete card.dataset["dragged"];
    delete list.dataset["dragging"];
    for (const each of ended.cards) each.style.transform = "";
    if (isMeant && ended.to !== ended.from) onMove(card, ended.to);
    onEnd();
    return true;
  };

  const onDown = (event: PointerEvent): void => {
    wasDragged = false;
    if (press && event.isPrimary) end(false);
    const card = cardOf(event.target);
    if (!card || event.button !== 0 || !event.isPrimary) return;
    const isTouch = event.pointerType === "touch";
    const at = { x: event.clientX, y: event.clientY };
    const cancelHold = isTouch ? afterInput(clock, HOLD_MS, begin) : () => undefined;
    press = { card, id: event.pointerId, isTouch, start: at, at, cancelHold };
  };
  const onMoved = (event: PointerEvent): void => {
    if (press?.id !== event.pointerId) return;
    press.at = { x: event.clientX, y: event.clientY };
    if (drag || distance(press.start, press.at) < SLOP) return;
    if (press.isTouch) end(false);
    else begin();
  };
  const onUp = (event: PointerEvent): void => {
    if (press?.id === event.pointerId) wasDragged = end(true);
  };
  const onGone = (event: PointerEvent): void => {
    if (press?.id === event.pointerId) end(false);
  };
  const onTouch = (event: TouchEvent): void => {
    if (drag && event.cancelable) event.preventDefault();
  };
  const onMenu = (event: MouseEvent): void => {
    if (press !== undefined || wasDragged) event.preventDefault();
  };
  const stops = [
    listen(list, "pointerdown", onDown),
    listen(list, "pointermove", onMoved),
    listen(list, "pointerup", onUp),
    listen(list, "pointercancel", onGone),
    // The list itself must not scroll with a card, nor a system's menu open on it.
    listen(list, "touchmove", onTouch, { passive: false }),
    listen(list, "contextmenu", onMenu),
    listen(
      list,
      "click",
      (event) => {
        if (!wasDragged) return;
        wasDragged = false;
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true },
    ),
  ];

  return {
    isDragging: () => drag !== undefined,
    cancel: () => end(false),
    close() {
      end(false);
      for (const stop of stops) stop();
    },
  };
}

/** Where all cards are as one of them is taken; undefined: there is nowhere to take it. */
function measure(list: HTMLElement, { card, start }: Press): Drag | undefined {
  const cards = [...list.children].filter((each): each is HTMLElement => each instanceof HTMLElement);
  const from = cards.indexOf(card);
  if (from < 0 || cards.length < 2) return undefined;
  const origin = list.getBoundingClientRect();
  const slots = cards.map((each) => boxIn(origin, each.getBoundingClientRect()));
  const grip = { x: start.x - origin.left, y: start.y - origin.top };
  return { cards, slots, from, to: from, grip, stopFrame: () => undefined };
}

/** Shows where everything would be if the card were let go now. */
function placeCards(list: HTMLElement, { at }: Press, drag: Drag): void {
  const { slots, cards, from, grip } = drag;
  const origin = list.getBoundingClientRect();
  const by = { x: at.x - origin.left - grip.x, y: at.y - origin.top - grip.y };
  const home = centreOf(slots[from]!);
  drag.to = nearestSlot(slots, { x: home.x + by.x, y: home.y + by.y });
  const places = placesAfterMove(cards.length, from, drag.to);
  cards.forEach((card, i) => {
    const [to, own] = [slots[places[i]!]!, slots[i]!];
    const way = i === from ? by : { x: to.minX - own.minX, y: to.minY - own.minY };
    card.style.transform = way.x === 0 && way.y === 0 ? "" : `translate(${way.x}px, ${way.y}px)`;
  });
}

function boxIn(origin: DOMRect, { left, top, right, bottom }: DOMRect): Box {
  return {
    minX: left - origin.left,
    minY: top - origin.top,
    maxX: right - origin.left,
    maxY: bottom - origin.top,
  };
}
