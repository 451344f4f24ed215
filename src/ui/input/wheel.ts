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
}

const LINE = 20;
const PAGE = 400;
/** One notch of a wheel is 100 to 120 pixels, one step of a trackpad pinch 1 to 10: both feel right. */
const ZOOM_PER_PIXEL = 0.006;
const MAX_ZOOM_PIXELS = 60;

/** Pans by the wheel's deltas; with Ctrl (how browsers report a trackpad pinch) or Command it zooms. */
export function readWheel(input: WheelInput): WheelMove {
  const unit = input.deltaMode === 1 ? LINE : input.deltaMode === 2 ? PAGE : 1;
  const dx = input.deltaX * unit;
  const dy = input.deltaY * unit;
  if (input.ctrlKey || input.metaKey) {
    const pixels = Math.min(Math.max(dy, -MAX_ZOOM_PIXELS), MAX_ZOOM_PIXELS);
    return { type: "zoom", factor: Math.exp(-pixels * ZOOM_PER_PIXEL) };
  }
  // Some systems turn a wheel with Shift by themselves, others leave it to the page.
  if (input.shiftKey && dx === 0) return { type: "pan", dx: -dy, dy: 0 };
  return { type: "pan", dx: 0 - dx, dy: 0 - dy };
}
