import type { Point } from "../base/geometry.ts";
import type { InkInput, InkSample } from "../ink/stroke.ts";
import { listen } from "./dom.ts";
import type { GestureInput } from "./gesture.ts";
import type { WheelMove } from "./wheel.ts";
import { readWheel } from "./wheel.ts";

export interface PointerInput {
  /** Lifts every pointer that is down: the page goes away, or the canvas does. */
  release(): void;
  close(): void;
}

/** Pointer and wheel events on the canvas, as data for the gesture recogniser. */
export function createPointerInput({
  surface,
  onInput,
  onWheel,
  pressCloses,
  panKeyHeld,
}: {
  readonly surface: HTMLElement;
  readonly onInput: (input: GestureInput) => void;
  readonly onWheel: (at: Point, move: WheelMove) => void;
  /** Called on each press; true: the press closed a panel. */
  readonly pressCloses: () => boolean;
  readonly panKeyHeld: () => boolean;
}): PointerInput {
  /** Pointers that are down, with their latest sample. */
  const down = new Map<number, { readonly input: InkInput; latest: InkSample }>();

  const sampleOf = (event: PointerEvent, origin: DOMRect): InkSample => ({
    x: event.clientX - origin.left,
    y: event.clientY - origin.top,
    // Fingers and mice report a constant, or nonsense.
    pressure: event.pointerType === "pen" ? event.pressure : 0.5,
    time: event.timeStamp,
  });

  const lift = (id: number): void => {
    if (down.delete(id)) onInput({ type: "up", id });
  };
  const release = (only?: InkInput): void => {
    for (const [id, { input }] of [...down]) if (only === undefined || input === only) lift(id);
  };

  const onDown = (event: PointerEvent): void => {
    // No emulated mouse events, no selection, no focus on the canvas.
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    // The first finger of all: an up that never came must not count as a second finger.
    const input = inputOf(event);
    if (event.isPrimary && input === "touch") release("touch");
    const dismissing = pressCloses();
    const button = buttonOf(event, panKeyHeld());
    if (button === "none") return;
    const sample = sampleOf(event, surface.getBoundingClientRect());
    capture(surface, event.pointerId);
    down.set(event.pointerId, { input, latest: sample });
    onInput({ type: "down", id: event.pointerId, input, button, sample, dismissing });
  };

  const onMove = (event: PointerEvent): void => {
    const pointer = down.get(event.pointerId);
    if (!pointer) return;
    const origin = surface.getBoundingClientRect();
    // All readings since the last frame where the browser merged them: curves stay round.
    const merged = typeof event.getCoalescedEvents === "function" ? event.getCoalescedEvents() : [];
    const samples = (merged.length > 0 ? merged : [event]).map((each) => sampleOf(each, origin));
    pointer.latest = samples.at(-1)!;
    onInput({ type: "move", id: event.pointerId, samples });
  };

  const onUp = (event: PointerEvent): void => {
    const last = down.get(event.pointerId)?.latest;
    if (!last) return;
    const sample = { ...sampleOf(event, surface.getBoundingClientRect()), pressure: last.pressure };
    // A fast mouse is let go beyond its last movement.
    if (sample.x !== last.x || sample.y !== last.y) {
      onInput({ type: "move", id: event.pointerId, samples: [sample] });
    }
    lift(event.pointerId);
  };

  const onLost = (event: PointerEvent): void => lift(event.pointerId);
  const prevent = (event: Event): void => event.preventDefault();

  const stops = [
    listen(surface, "pointerdown", onDown),
    listen(surface, "pointermove", onMove),
    listen(surface, "pointerup", onUp),
    listen(surface, "pointercancel", onLost),
    listen(surface, "lostpointercapture", onLost),
    listen(surface, "contextmenu", prevent),
    // WebKit's magnifier and its own pinch do not heed `touch-action`.
    listen(surface, "touchstart", prevent, { passive: false }),
    listen(
      surface,
      "wheel",
      (event) => {
        event.preventDefault();
        const origin = surface.getBoundingClientRect();
        onWheel({ x: event.clientX - origin.left, y: event.clientY - origin.top }, readWheel(event));
      },
      { passive: false },
    ),
  ];
  return {
    release: () => release(),
    close() {
      release();
      for (const stop of stops) stop();
    },
  };
}

function inputOf(event: PointerEvent): InkInput {
  return event.pointerType === "touch" || event.pointerType === "pen" ? event.pointerType : "mouse";
}

function buttonOf(event: PointerEvent, panKey: boolean): "draw" | "pan" | "none" {
  if (event.pointerType === "mouse" && (event.button === 1 || (event.button === 0 && panKey))) return "pan";
  return event.button === 0 ? "draw" : "none";
}

function capture(surface: HTMLElement, id: number): void {
  try {
    surface.setPointerCapture(id);
  } catch {
    // The pointer is gone already; its up or cancel is on its way.
  }
}
