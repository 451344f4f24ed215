/*
 * Listens to wheels and to pinches on a trackpad, over the canvas and over what lies on it.
 */
import type { Point } from "../../base/geometry.ts";
import { listen } from "../widgets/dom.ts";
import { placeOn } from "./place-on.ts";
import { listenToWebKitPinch } from "./webkit-pinch.ts";
import { createWheelReader, type WheelMove } from "./wheel.ts";

export interface WheelInputOptions {
  readonly surface: HTMLElement;
  /** What lies over it: a wheel there is the canvas's too, but in a list that scrolls. */
  readonly over: readonly HTMLElement[];
  /** Where the pointer is, in CSS pixels of the canvas, and what it asks for. */
  readonly onWheel: (at: Point, move: WheelMove) => void;
  /** Fingers are on the screen: what a pinch does is told by them. */
  readonly isTouched: () => boolean;
}

/** Returns the function that stops. */
export function listenToWheel({ surface, over, onWheel, isTouched }: WheelInputOptions): () => void {
  const reader = createWheelReader();
  const placeOf = (event: MouseEvent): Point => placeOn(surface.getBoundingClientRect(), event);
  const turn = (event: WheelEvent): void => {
    if (!event.ctrlKey && isInList(event.target)) return;
    event.preventDefault();
    onWheel(placeOf(event), reader.read(event));
  };
  const onKey = ({ ctrlKey }: KeyboardEvent): void => reader.setControl(ctrlKey);
  const root = document.documentElement;
  const stops = [
    listen(root, "keydown", onKey, { capture: true }),
    listen(root, "keyup", onKey, { capture: true }),
    ...[surface, ...over].flatMap((each) => [
      listen(each, "wheel", turn, { passive: false }),
      listenToWebKitPinch(each, (event, factor) => {
        if (!isTouched()) onWheel(placeOf(event), { type: "zoom", factor });
      }),
    ]),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The list is longer than what is seen of it. */
function isInList(target: EventTarget | null): boolean {
  for (let each = target; each instanceof HTMLElement; each = each.parentElement)
    if (each.scrollHeight > each.clientHeight && getComputedStyle(each).overflowY === "auto") return true;
  return false;
}
