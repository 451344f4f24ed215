/** What a wheel or trackpad asks for, in CSS pixels of the canvas. */
export type WheelMove =
  | { readonly type: "pan"; readonly dx: number; readonly dy: number }
  | { readonly type: "zoom"; readonly factor: number };

export interface WheelInput {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0 pixels, 1 lines, 2 pages, as `WheelEvent.deltaMode`. */
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  /** Milliseconds, of any fixed origin. */
  readonly timeStamp: number;
}

const LINE = 20;
const PAGE = 400;
/** One notch of a wheel is 100 to 120 pixels, one step of a trackpad pinch 1 to 10: both feel right. */
const ZOOM_PER_PIXEL = 0.006;
const MAX_ZOOM_PIXELS = 60;

/** So long without an event, in milliseconds, and the next one begins another gesture. */
const PAUSE_MS = 200;
/** A step of a trackpad's pinch is no longer than this, in pixels. */
const MAX_PINCH_STEP = 30;

type Meaning = "pan" | "sideways" | "zoom";

/** Reads wheel events in the order in which they come. */
export interface WheelReader {
  read(event: WheelInput): WheelMove;
  /** The Control key, as the latest key event knows it: without it, `ctrlKey` is a trackpad's pinch. */
  setControl(isDown: boolean): void;
}

/**
 * Pans by the wheel's deltas; with Control (how browsers report a trackpad's pinch) or Command it zooms.
 * A wheel that has swing keeps its meaning until it pauses, whatever key comes down or goes up meanwhile.
 */
export function createWheelReader(): WheelReader {
  let meaning: Meaning = "pan";
  let last = -Infinity;
  let controlIsDown = false;

  return {
    read(event) {
      const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? PAGE : 1;
      const dx = event.deltaX * unit;
      const dy = event.deltaY * unit;
      const isPinch = event.ctrlKey && !controlIsDown && Math.abs(dy) <= MAX_PINCH_STEP;
      if (isPinch || event.timeStamp - last > PAUSE_MS) {
        // Some systems turn a wheel with Shift by themselves, others leave it to the page.
        const turned = event.shiftKey && dx === 0;
        meaning = event.ctrlKey || event.metaKey ? "zoom" : turned ? "sideways" : "pan";
      }
      last = event.timeStamp;
      if (meaning === "zoom") {
        const pixels = Math.min(Math.max(dy, -MAX_ZOOM_PIXELS), MAX_ZOOM_PIXELS);
        return { type: "zoom", factor: Math.exp(-pixels * ZOOM_PER_PIXEL) };
      }
      if (meaning === "sideways" && dx === 0) return { type: "pan", dx: -dy, dy: 0 };
      return { type: "pan", dx: 0 - dx, dy: 0 - dy };
    },
    setControl: (isDown) => void (controlIsDown = isDown),
  };
}
