/*
 * Tells palms from fingers: by what a pen does at the time, and by how broad, how many and how still touches
 * are. It only watches; what comes of it is decided by those who ask.
 */
import { distance, type Point } from "../../base/geometry.ts";
import type { GestureInput } from "./gesture-events.ts";

/** A hand that holds a pen rests on the screen for so long before and after the pen is there. */
const PEN_NEAR_MS = 500;
/** No finger touches as broadly as this, in CSS pixels; of thumbs some do, on what has no pen. */
const BROAD = 60;
const BROAD_WITHOUT_PEN = 80;
const MOST_FINGERS = 3;
/**
 * How far a touch moves that means it, in CSS pixels: where there is a pen at all, and where it was just here.
 * One that takes its time may be a palm for twice as far, and for ever if it takes longer than that.
 */
const MEANT_MOVE = 24;
const MEANT_MOVE_NEAR_PEN = 48;
const QUICK_MS = 250;
const DRIFT_MS = 1000;

export interface Palms {
  /** Takes every input before anybody else. */
  handle(input: GestureInput): void;
  /** A pen is on the canvas or above it, or was a moment before `time`. */
  isPenNear(time: number): boolean;
  isBroad(id: number): boolean;
  /** Nothing is to come of this touch any more. */
  isPalm(id: number): boolean;
  /** The touch has moved as far as one that is meant. Always, where there is no pen. */
  isMeant(id: number): boolean;
  /** It came when a pen was near, and has not shown yet that it is meant. */
  isDoubtful(id: number): boolean;
  /** From where it moves: where it landed, or where it rested last. Undefined where nothing waits for it to move. */
  landing(id: number): Point | undefined;
}

/** A finger or a palm that is down. */
interface TouchState {
  from: Point;
  /** When it was there. */
  since: number;
  /** It is meant when it moves so far; 0: in any case. */
  readonly slop: number;
  readonly isNearPen: boolean;
  /** It is broad where it touches so broadly. */
  readonly breadth: number;
  isBroad: boolean;
  isMeant: boolean;
  isPalm: boolean;
}

/** `hasPen`: there ever was a pen on this device. */
export function createPalms(hasPen: () => boolean): Palms {
  const touches = new Map<number, TouchState>();
  const pens = new Set<number>();
  let penTime = -Infinity;
  /** It was lifted with the input before, about which there may still be questions. */
  let lifted: number | undefined;

  const isPenNear = (time: number): boolean => pens.size > 0 || time - penTime < PEN_NEAR_MS;

  const seePen = (time: number): void => {
    if (Number.isFinite(time)) penTime = Math.max(penTime, time);
    for (const touch of touches.values()) if (!touch.isMeant) touch.isPalm = true;
  };
  const land = ({ id, sample, size = 0 }: GestureInput & { type: "down" }): void => {
    const isNearPen = isPenNear(sample.time);
    const slop = isNearPen ? MEANT_MOVE_NEAR_PEN : hasPen() ? MEANT_MOVE : 0;
    const breadth = slop > 0 ? BROAD : BROAD_WITHOUT_PEN;
    const isBroad = size >= breadth;
    const isPalm = slop > 0 && (isBroad || pens.size > 0);
    const { x, y, time } = sample;
    touches.set(id, {
      from: { x, y },
      since: time,
      slop,
      isNearPen,
      breadth,
      isBroad,
      isMeant: slop === 0,
      isPalm,
    });
    if (touches.size <= MOST_FINGERS) return;
    for (const touch of touches.values()) if (touch.slop > 0) touch.isPalm = true;
  };
  const move = (touch: TouchState, { samples, size = 0 }: GestureInput & { type: "move" }): void => {
    if (size >= touch.breadth) touch.isBroad = true;
    if (touch.isBroad && touch.slop > 0) touch.isPalm = true;
    for (const { x, y, time } of samples) {
      if (touch.isMeant) return;
      if (time - touch.since > DRIFT_MS) {
        touch.from = { x, y };
        touch.since = time;
      } else {
        const isQuick = time - touch.since <= QUICK_MS;
        touch.isMeant = distance(touch.from, { x, y }) >= (isQuick ? touch.slop : 2 * touch.slop);
      }
    }
  };

  return {
    handle(input) {
      if (lifted !== undefined) touches.delete(lifted);
      lifted = undefined;
      switch (input.type) {
        case "pen-near":
          return seePen(input.time);
        case "down":
          if (input.input === "touch") return land(input);
          if (input.input !== "pen") return;
          pens.add(input.id);
          return seePen(input.sample.time);
        case "move": {
          const touch = touches.get(input.id);
          if (touch) return move(touch, input);
          if (pens.has(input.id)) seePen(input.samples.at(-1)?.time ?? penTime);
          return;
        }
        case "up":
        case "cancel":
          if (pens.delete(input.id) && input.type === "up") seePen(input.time);
          lifted = input.id;
      }
    },
    isPenNear,
    isBroad: (id) => touches.get(id)?.isBroad ?? false,
    isPalm: (id) => touches.get(id)?.isPalm ?? false,
    isMeant: (id) => touches.get(id)?.isMeant ?? true,
    isDoubtful(id) {
      const touch = touches.get(id);
      return touch !== undefined && (touch.isPalm || (touch.isNearPen && !touch.isMeant));
    },
    landing(id) {
      const touch = touches.get(id);
      return touch && touch.slop > 0 ? touch.from : undefined;
    },
  };
}
