/*
 * Listens to pointers and wheels on the canvas and hands them on as plain data, past the oddities of the
 * engines.
 */
import type { Point } from "../../base/geometry.ts";
import type { InkInput, InkSample } from "../../ink/stroke.ts";
import { listen } from "../widgets/dom.ts";
import type { GestureInput } from "./gesture-events.ts";
import { createPenPressure } from "./pen-pressure.ts";
import { placeOn } from "./place-on.ts";
import type { WheelMove } from "./wheel.ts";
import { listenToWheel } from "./wheel-input.ts";

export interface PointerInput {
  /** Lifts every pointer that is down: the page goes away, or the canvas does. */
  release(): void;
  close(): void;
}

export interface PointerInputOptions {
  readonly surface: HTMLElement;
  /** What lies over it without a use for the wheel and for the middle button of its own. */
  readonly over: readonly HTMLElement[];
  readonly onInput: (input: GestureInput) => void;
  readonly onWheel: (at: Point, move: WheelMove) => void;
  /** Where a mouse or a pen is above the canvas without being down; undefined: it left. */
  readonly onHover: (at: Point | undefined) => void;
  /** The shift key, as the latest event knows it. */
  readonly onShift: (held: boolean) => void;
  /** The press leaves what is typed, and the keyboard, as they are. */
  readonly typingGoesOn: (press: Press) => boolean;
  /** Called on each press; true: the press closed a panel or the typing, or stopped the canvas. */
  readonly pressCloses: (typingGoesOn: boolean) => boolean;
  /** A press with this moves the canvas: by choice, or because a key is held. */
  readonly pans: (input: InkInput) => boolean;
}

/** A pointer goes down. */
export interface Press {
  /** CSS pixels of the canvas. */
  readonly at: Point;
  /** By the middle button of a mouse, which moves the canvas whatever is in the hand. */
  readonly isMiddle: boolean;
}

/** Bits of `PointerEvent.buttons`. Some systems report the side button beside the tip, some instead of it. */
const PEN_TIP = 1;
const PEN_SIDE_BUTTON = 2;
const PEN_ERASER = 32;
/** A guess for later than this is wrong more often than it helps. In milliseconds. */
const MAX_PREDICTION = 24;

/** A pointer that is down. */
interface Down {
  readonly input: InkInput;
  /** The bits of `PointerEvent.buttons` that began it; 0 where only its up tells of the end. */
  readonly began: number;
  latest: InkSample;
}

/** Pointer and wheel events on the canvas, as data for the gesture recogniser. */
export function createPointerInput(options: PointerInputOptions): PointerInput {
  const { surface, onInput } = options;
  /** Pointers that are down, with their latest sample. */
  const down = new Map<number, Down>();
  const penPressure = createPenPressure();
  const sampleOf = (event: PointerEvent, origin: DOMRect): InkSample => ({
    ...placeOn(origin, event),
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
    const isMiddle = isMiddleButton(event);
    const at = placeOn(surface.getBoundingClientRect(), event);
    const typingGoesOn = options.typingGoesOn({ at, isMiddle });
    const dismissing = options.pressCloses(typingGoesOn);
    if (!typingGoesOn && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    // The first finger of all: an up that never came must not count as a second finger.
    const input = inputOf(event);
    if (event.isPrimary && input === "touch") release("touch");
    options.onShift(event.shiftKey);
    const button = buttonOf(event, options.pans(input));
    if (button === "none") return;
    const sample = sampleOf(event, surface.getBoundingClientRect());
    capture(surface, event.pointerId);
    down.set(event.pointerId, { input, began: beganBy(event), latest: sample });
    onInput({ type: "down", id: event.pointerId, input, button, sample, dismissing, ...sizeOf(event) });
  };

  const onMove = (event: PointerEvent): void => {
    const origin = surface.getBoundingClientRect();
    options.onShift(event.shiftKey);
    let pointer = down.get(event.pointerId);
    if (pointer && hasEnded(event, pointer)) {
      // Another button is still down, so the pointer moves on; what the first one began has ended.
      onUp(event);
      pointer = undefined;
    }
    if (!pointer) {
      // With one button down already, the next one comes as a movement.
      if (event.pointerType === "mouse" && (event.buttons & bitOf(event.button)) !== 0) {
        onDown(event);
        return;
      }
      if (event.pointerType !== "touch") options.onHover(placeOn(origin, event));
      return;
    }
    const samples = readingsOf(event).map((each) => sampleOf(each, origin));
    const latest = samples.at(-1)!;
    pointer.latest = latest;
    const predicted = guessesOf(event)
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

  const stops = [
    listen(surface, "pointerdown", onDown),
    listen(surface, "pointermove", onMove),
    listen(surface, "pointerup", onUp),
    listen(surface, "pointercancel", onCancel),
    listen(surface, "lostpointercapture", onLost),
    listen(surface, "pointerleave", onLeave),
    listen(document.documentElement, "keydown", onKey),
    listen(document.documentElement, "keyup", onKey),
    ...preventOwnGestures(surface),
    ...options.over.map((each) => listenToMiddleButton(each, onDown)),
    listenToWheel({ ...options, isTouched: () => down.size > 0 }),
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

/** All readings since the last frame where the browser merged them: curves stay round. */
function readingsOf(event: PointerEvent): readonly PointerEvent[] {
  const merged = typeof event.getCoalescedEvents === "function" ? event.getCoalescedEvents() : [];
  return merged.length > 0 ? merged : [event];
}

/** Where the browser thinks that the pointer will be. */
function guessesOf(event: PointerEvent): readonly PointerEvent[] {
  return typeof event.getPredictedEvents === "function" ? event.getPredictedEvents() : [];
}

/** What the browser would make of presses itself. */
function preventOwnGestures(surface: HTMLElement): (() => void)[] {
  const prevent = (event: Event): void => event.preventDefault();
  return [
    // No selection, no focus on the canvas.
    listen(surface, "mousedown", prevent),
    listen(surface, "contextmenu", prevent),
    // WebKit's magnifier and its own pinch do not heed `touch-action`.
    listen(surface, "touchstart", prevent, { passive: false }),
  ];
}

/** Calls `press` where the middle button goes down on this element, which hears nothing of it then. */
function listenToMiddleButton(over: HTMLElement, press: (event: PointerEvent) => void): () => void {
  const onDown = (event: PointerEvent): void => {
    if (!isMiddleButton(event)) return;
    event.stopPropagation();
    press(event);
  };
  return listen(over, "pointerdown", onDown, { capture: true });
}

function isMiddleButton({ pointerType, button }: PointerEvent): boolean {
  return pointerType === "mouse" && button === 1;
}

/** `PointerEvent.button` numbers them in another order than their bits in `buttons`; -1 is none. */
function bitOf(button: number): number {
  return [1, 4, 2, 8, 16, 32][button] ?? 0;
}

function beganBy({ pointerType, button, buttons }: PointerEvent): number {
  if (pointerType === "touch") return 0;
  return pointerType === "pen" ? buttons & (PEN_TIP | PEN_ERASER) : bitOf(button);
}

/**
 * What the button began has ended while another one is down. A pen's side button may take the place of the
 * tip in what is reported: then the pen still presses.
 */
function hasEnded(event: PointerEvent, { input, began }: Down): boolean {
  if (began === 0 || (event.buttons & began) !== 0) return false;
  return input !== "pen" || (bitOf(event.button) & began) !== 0 || event.pressure === 0;
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
