/*
 * Listens to pointers and wheels on the canvas and hands them on as plain data, past the oddities of the
 * engines.
 */
import type { Point } from "../../base/geometry.ts";
import type { InkInput, InkSample } from "../../ink/stroke.ts";
import { listen } from "../widgets/dom.ts";
import type { GestureInput } from "./gesture-events.ts";
import { createPenPressure } from "./pen-pressure.ts";
import { listenToWebKitPinch } from "./webkit-pinch.ts";
import type { WheelMove } from "./wheel.ts";
import { readWheel } from "./wheel.ts";

export interface PointerInput {
  /** Lifts every pointer that is down: the page goes away, or the canvas does. */
  release(): void;
  close(): void;
}

export interface PointerInputOptions {
  readonly surface: HTMLElement;
  readonly onInput: (input: GestureInput) => void;
  readonly onWheel: (at: Point, move: WheelMove) => void;
  /** Where a mouse or a pen is above the canvas without being down; undefined: it left. */
  readonly onHover: (at: Point | undefined) => void;
  /** The shift key, as the latest event knows it. */
  readonly onShift: (held: boolean) => void;
  /** Called on each press; true: the press closed a panel or stopped the canvas. */
  readonly pressCloses: () => boolean;
  /** A press with this moves the canvas: by choice, or because a key is held. */
  readonly pans: (input: InkInput) => boolean;
}

/** Bits of `PointerEvent.buttons`. Some systems report the side button beside the tip, some instead of it. */
const PEN_SIDE_BUTTON = 2;
const PEN_ERASER = 32;
/** A guess for later than this is wrong more often than it helps. In milliseconds. */
const MAX_PREDICTION = 24;

/** Pointer and wheel events on the canvas, as data for the gesture recogniser. */
export function createPointerInput(options: PointerInputOptions): PointerInput {
  const { surface, onInput } = options;
  /** Pointers that are down, with their latest sample. */
  const down = new Map<number, { readonly input: InkInput; latest: InkSample }>();

  const penPressure = createPenPressure();
  const placeOf = ({ clientX, clientY }: MouseEvent, origin: DOMRect): Point => ({
    x: clientX - origin.left,
    y: clientY - origin.top,
  });
  const sampleOf = (event: PointerEvent, origin: DOMRect): InkSample => ({
    ...placeOf(event, origin),
    // Fingers and mice report a constant, or nonsense.
    pressure: event.pointerType === "pen" ? penPressure(event.pressure) : 0.5,
    time: event.timeStamp,
  });

  const lift = (id: number, time: number): void => {
    if (down.delete(id)) onInput({ type: "up", id, time });
  };
  const release = (only?: InkInput): void => {
    // This time is so late that nothing is thrown.
    for (const [id, { input }] of [...down]) if (only === undefined || input === only) lift(id, Infinity);
  };

  const onDown = (event: PointerEvent): void => {
    // No emulated mouse events. Of a pen that is not a touch, WebKit would tell nothing more.
    if (event.pointerType !== "pen") event.preventDefault();
    const dismissing = options.pressCloses();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    // The first finger of all: an up that never came must not count as a second finger.
    const input = inputOf(event);
    if (event.isPrimary && input === "touch") release("touch");
    options.onShift(event.shiftKey);
    const button = buttonOf(event, options.pans(input));
    if (button === "none") return;
    const sample = sampleOf(event, surface.getBoundingClientRect());
    capture(surface, event.pointerId);
    down.set(event.pointerId, { input, latest: sample });
    onInput({ type: "down", id: event.pointerId, input, button, sample, dismissing, ...sizeOf(event) });
  };

  const onMove = (event: PointerEvent): void => {
    const origin = surface.getBoundingClientRect();
    options.onShift(event.shiftKey);
    const pointer = down.get(event.pointerId);
    if (!pointer) {
      if (event.pointerType !== "touch") options.onHover(placeOf(event, origin));
      return;
    }
    // All readings since the last frame where the browser merged them: curves stay round.
    const merged = typeof event.getCoalescedEvents === "function" ? event.getCoalescedEvents() : [];
    const samples = (merged.length > 0 ? merged : [event]).map((each) => sampleOf(each, origin));
    const latest = samples.at(-1)!;
    pointer.latest = latest;
    const guesses = typeof event.getPredictedEvents === "function" ? event.getPredictedEvents() : [];
    const predicted = guesses
      .map((each) => sampleOf(each, origin))
      .filter(({ time }) => time > latest.time && time - latest.time <= MAX_PREDICTION);
    onInput({ type: "move", id: event.pointerId, samples, predicted, ...sizeOf(event) });
  };

  const onUp = (event: PointerEvent): void => {
    const last = down.get(event.pointerId)?.latest;
    if (!last) return;
    const sample = { ...sampleOf(event, surface.getBoundingClientRect()), pressure: last.pressure };
    // A fast mouse is let go beyond its last movement.
    if (sample.x !== last.x || sample.y !== last.y) {
      onInput({ type: "move", id: event.pointerId, samples: [sample] });
    }
    lift(event.pointerId, event.timeStamp);
  };

  const onCancel = (event: PointerEvent): void => {
    if (down.delete(event.pointerId)) onInput({ type: "cancel", id: event.pointerId });
  };
  const onLost = (event: PointerEvent): void => lift(event.pointerId, event.timeStamp);
  const onLeave = (): void => options.onHover(undefined);
  const onKey = (event: KeyboardEvent): void => options.onShift(event.shiftKey);
  const prevent = (event: Event): void => event.preventDefault();

  const stops = [
    listen(surface, "pointerdown", onDown),
    listen(surface, "pointermove", onMove),
    listen(surface, "pointerup", onUp),
    listen(surface, "pointercancel", onCancel),
    listen(surface, "lostpointercapture", onLost),
    listen(surface, "pointerleave", onLeave),
    // No selection, no focus on the canvas.
    listen(surface, "mousedown", prevent),
    listen(surface, "contextmenu", prevent),
    listen(document.documentElement, "keydown", onKey),
    listen(document.documentElement, "keyup", onKey),
    // WebKit's magnifier and its own pinch do not heed `touch-action`.
    listen(surface, "touchstart", prevent, { passive: false }),
    listen(
      surface,
      "wheel",
      (event) => {
        event.preventDefault();
        options.onWheel(placeOf(event, surface.getBoundingClientRect()), readWheel(event));
      },
      { passive: false },
    ),
    listenToWebKitPinch(surface, (at, factor) => {
      // Fingers on the screen are pointers, and have been told as such.
      if (down.size === 0) options.onWheel(at, { type: "zoom", factor });
    }),
  ];
  return {
    release: () => release(),
    close() {
      release();
      for (const stop of stops) stop();
    },
  };
}

/** How broadly a finger or a palm touches, in CSS pixels. */
function sizeOf({ pointerType, width, height }: PointerEvent): { readonly size?: number } {
  return pointerType === "touch" ? { size: Math.max(width, height) } : {};
}

function inputOf(event: PointerEvent): InkInput {
  return event.pointerType === "touch" || event.pointerType === "pen" ? event.pointerType : "mouse";
}

function buttonOf(
  { pointerType, button, buttons }: PointerEvent,
  pans: boolean,
): "draw" | "erase" | "pan" | "none" {
  if (pointerType === "pen" && (buttons & (PEN_SIDE_BUTTON | PEN_ERASER)) !== 0) return "erase";
  if (pointerType === "mouse" && button === 1) return "pan";
  if (pointerType !== "touch" && button !== 0) return "none";
  return pans ? "pan" : "draw";
}

function capture(surface: HTMLElement, id: number): void {
  try {
    surface.setPointerCapture(id);
  } catch {
    // The pointer is gone already; its up or cancel is on its way.
  }
}
