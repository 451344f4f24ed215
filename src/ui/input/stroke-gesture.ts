/*
 * A stroke as the gesture recogniser follows it: when it is sure to be one, and what comes of it.
 */
import { distance } from "../../base/geometry.ts";
import type { InkInput, InkSample } from "../../ink/stroke.ts";
import type { GestureAction, GestureInput } from "./gesture-events.ts";

/** Under either limit a finger's stroke is provisional: a second finger makes it the start of a pinch. */
export const PROVISIONAL_POINTS = 10;
export const PROVISIONAL_MS = 50;
/** A press that closes a panel and moves less than this is not a dot. In CSS pixels. */
const TAP_SLOP = 6;

/** A stroke under way, from its press to its lifting. */
export interface StrokeGesture {
  readonly id: number;
  readonly input: InkInput;
  readonly first: InkSample;
  /** Its press closed a panel or stopped the canvas. */
  readonly dismissing: boolean;
  last: InkSample;
  /** How many samples it has. */
  count: number;
  /** It may still become something else, and is kept out of the document. */
  provisional: boolean;
  /** How far it has been from its first sample, in CSS pixels. */
  reach: number;
  /** The other fingers that lie beside it since it was committed. */
  readonly beside: Set<number>;
}

/** The stroke that a press begins. */
export function createStrokeGesture({
  id,
  input,
  sample,
  dismissing,
}: GestureInput & { type: "down" }): StrokeGesture {
  return {
    id,
    input,
    first: sample,
    dismissing,
    last: sample,
    count: 1,
    provisional: input === "touch" || dismissing,
    reach: 0,
    beside: new Set(),
  };
}

/** Goes on with a stroke, and commits it once it is sure. `isDoubtful`: its finger may be tapping, or a palm. */
export function moveStroke(
  stroke: StrokeGesture,
  { samples, predicted = [] }: GestureInput & { type: "move" },
  isDoubtful: boolean,
): GestureAction[] {
  stroke.last = samples.at(-1)!;
  stroke.count += samples.length;
  for (const sample of samples) stroke.reach = Math.max(stroke.reach, distance(sample, stroke.first));
  const move: GestureAction = { type: "stroke-move", samples, predicted };
  if (!stroke.provisional || !isSure(stroke, isDoubtful)) return [move];
  stroke.provisional = false;
  return [move, { type: "stroke-commit" }];
}

function isSure(
  { input, first, last, count, reach, dismissing }: StrokeGesture,
  isDoubtful: boolean,
): boolean {
  if (dismissing && reach < TAP_SLOP) return false;
  if (input !== "touch") return true;
  return count >= PROVISIONAL_POINTS && last.time - first.time >= PROVISIONAL_MS && !isDoubtful;
}

/** Another finger is put down beside a committed stroke, or lifted there. */
export function setBeside({ beside }: StrokeGesture, id: number, isDown: boolean): GestureAction[] {
  const before = beside.size > 0;
  if (isDown) beside.add(id);
  else beside.delete(id);
  const on = beside.size > 0;
  return on === before ? [] : [{ type: "constrain", on }];
}

/**
 * What comes of a stroke whose pointer is lifted; `time`: undefined where the system takes it away;
 * `isDoubtful`: it may have been a palm's.
 */
export function endOfStroke(
  stroke: StrokeGesture,
  time: number | undefined,
  isDoubtful: boolean,
): GestureAction {
  const isTap = stroke.dismissing && stroke.reach < TAP_SLOP;
  const isPalm = stroke.provisional && (time === undefined || isDoubtful);
  if (isTap || isPalm) return { type: "stroke-drop" };
  return time === undefined ? { type: "stroke-end" } : { type: "stroke-end", time };
}
