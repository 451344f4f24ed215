/*
 * What a pen proves afterwards: that what touches did just before it came was a palm's.
 */
import type { GestureAction, GestureInput } from "./gesture-events.ts";
import type { StrokeGesture } from "./stroke-gesture.ts";

/** A stroke of a touch that ends no longer than this before a pen comes was its palm, where it moved no further than a palm. */
const JUST_BEFORE_MS = 750;
/** A tap no longer than this before a pen comes was the palm's: no other hand is so quick. */
const TAP_BEFORE_MS = 350;
/** A stroke that is still down then was, where it began no longer than this before. */
const BEGAN_MS = 1000;
/** How far a palm moves before the pen is down, in CSS pixels. */
const PALM_REACH = 48;

/** Remembers what touches did, for as long as a pen may prove it a palm's. */
export interface PalmProofs {
  /** What of it is to be taken back now. */
  handle(input: GestureInput): GestureAction[];
  /** A stroke of a touch has ended, at `time` or when it moved last. */
  strokeEnded(stroke: StrokeGesture, time: number | undefined, isBroad: boolean): void;
  /** Fingers have tapped. */
  tapped(time: number): void;
}

interface EndedStroke {
  /** Names it: the time of its first sample. */
  readonly begun: number;
  readonly ended: number;
  readonly isLikePalm: boolean;
}

export function createPalmProofs(): PalmProofs {
  let strokes: readonly EndedStroke[] = [];
  let taps: readonly number[] = [];

  /** A pen that is above the canvas does not show yet that it is about to draw, but that no fingers tapped. */
  const takeBackTaps = (time: number): GestureAction[] => {
    const proven = taps.filter((tapped) => time - tapped < TAP_BEFORE_MS);
    taps = [];
    return proven.map(() => ({ type: "untap" }));
  };
  const takeBackStrokes = (time: number): GestureAction[] => {
    const proven = strokes.filter(({ ended, isLikePalm }) => isLikePalm && time - ended < JUST_BEFORE_MS);
    strokes = [];
    return proven.length > 0 ? [{ type: "palm", begun: proven.map(({ begun }) => begun) }] : [];
  };

  return {
    handle(input) {
      const comes = penOf(input);
      if (!comes) return [];
      // In the order opposite to that in which it was done, or what was undone could not be done again.
      return [...(comes.isDown ? takeBackStrokes(comes.time) : []), ...takeBackTaps(comes.time)];
    },
    strokeEnded({ first, last, reach }, time, isBroad) {
      const ended = time !== undefined && Number.isFinite(time) ? time : last.time;
      strokes = [
        ...strokes.filter((each) => ended - each.ended < JUST_BEFORE_MS),
        { begun: first.time, ended, isLikePalm: isBroad || reach < PALM_REACH },
      ];
    },
    tapped(time) {
      taps = [...taps.filter((each) => time - each < TAP_BEFORE_MS), time];
    },
  };
}

/** When a pen comes, and whether it comes down. */
function penOf(input: GestureInput): { readonly time: number; readonly isDown: boolean } | undefined {
  if (input.type === "pen-near") return input;
  return input.type === "down" && input.input === "pen"
    ? { time: input.sample.time, isDown: true }
    : undefined;
}

/** Whether a stroke of a touch that is still down was a palm's, as a pen comes down. */
export function isProvenPalm({ first, reach }: StrokeGesture, penTime: number, isBroad: boolean): boolean {
  return isBroad || reach < PALM_REACH || penTime - first.time < BEGAN_MS;
}
