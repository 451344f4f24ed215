import type { Point } from "../../base/geometry.ts";
import type { InkInput, InkSample } from "../../ink/stroke.ts";

/** What a pointing device did on the canvas. Places are CSS pixels in the canvas. */
export type GestureInput =
  | {
      readonly type: "down";
      readonly id: number;
      readonly input: InkInput;
      /**
       * `erase`: a pen's eraser end or its side button; `pan`: the middle button, the space bar is down,
       * or what moves the canvas by choice; `none`: a button without a meaning.
       */
      readonly button: "draw" | "erase" | "pan" | "none";
      readonly sample: InkSample;
      /** How broadly a touch touches, in CSS pixels, where the device measures it. */
      readonly size?: number;
      /** The same press closes a panel or stops the canvas: it leaves ink only if it becomes a real stroke. */
      readonly dismissing: boolean;
    }
  | {
      readonly type: "move";
      readonly id: number;
      readonly samples: readonly InkSample[];
      /** As of `down`: a palm becomes broad as it comes to rest. */
      readonly size?: number;
      /** Where the browser expects the pointer to go next: to be shown, never to be kept. */
      readonly predicted?: readonly InkSample[];
    }
  /** Lifted at `time`: what is on the canvas stays, the person saw it there. */
  | { readonly type: "up"; readonly id: number; readonly time: number }
  /** Taken away by the system, which knows a palm from a finger: a provisional stroke goes too. */
  | { readonly type: "cancel"; readonly id: number }
  /** A pen is above the canvas, or on it, or anywhere else on the page; `isDown`: it comes down there. */
  | { readonly type: "pen-near"; readonly time: number; readonly isDown: boolean };

/** What is to be done about it, in this order. */
export type GestureAction =
  /** `provisional`: show it, but keep it out of the document until `stroke-commit`. */
  | {
      readonly type: "stroke-start";
      readonly input: InkInput;
      readonly sample: InkSample;
      readonly provisional: boolean;
      /** With the pen's own eraser, whatever the tool in hand. */
      readonly erasing: boolean;
    }
  | {
      readonly type: "stroke-move";
      readonly samples: readonly InkSample[];
      readonly predicted: readonly InkSample[];
    }
  | { readonly type: "stroke-commit" }
  /** `time`: when it was lifted, on the clock of the samples; undefined where something else ends it. */
  | { readonly type: "stroke-end"; readonly time?: number }
  /** Forget the stroke: it was provisional, so nobody has seen it, or the person breaks it off. */
  | { readonly type: "stroke-drop" }
  /** The stroke was a palm's: nothing of it stays, not in the document either, nor in the history. */
  | { readonly type: "stroke-revoke" }
  /** So were the strokes that have ended already and whose first samples are of these times. */
  | { readonly type: "palm"; readonly begun: readonly number[] }
  /** Another finger lies beside the one that draws, or does so no more: what is drawn is to be regular. */
  | { readonly type: "constrain"; readonly on: boolean }
  /** Fingers tapped together; no stroke is under way. */
  | { readonly type: "tap"; readonly fingers: 2 | 3 }
  /** The latest tap was a palm's, and what it did is to be taken back. */
  | { readonly type: "untap" }
  /** Three fingers moved to that side together, and were lifted. */
  | { readonly type: "swipe"; readonly direction: "left" | "right" }
  /** Bring the place on the board that is under `from` to `to`, and scale around it. */
  | { readonly type: "navigate"; readonly from: Point; readonly to: Point; readonly scale: number }
  /** Fingers let go of a canvas in motion: it goes on by itself, at first with this speed (pixels a millisecond). */
  | { readonly type: "fling"; readonly velocity: Point };
