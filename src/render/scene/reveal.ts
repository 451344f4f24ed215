/*
 * How much of a contact's stroke is to be shown at this moment: of one that grows, and of one that is played.
 */
import type { ItemId } from "../../board/document/board.ts";
import { pointOn, segmentBetween } from "../../ink/curve.ts";
import type { InkPoint } from "../../ink/stroke.ts";

/**
 * Lets a contact's ink flow. It arrives several points at a time, a few times a second; what came is
 * shown little by little, in about the time until more comes.
 */
export interface Reveal {
  /** A contact's stroke has so many points now. */
  arrived(id: ItemId, count: number): void;
  /** Nothing of it is shown until it is played, or all are let go. */
  keepBack(id: ItemId): void;
  /** It is kept back, and nothing of it is shown. */
  keepsBack(id: ItemId): boolean;
  /** What was kept back, and has so many points, flows within so many milliseconds. */
  play(id: ItemId, count: number, ms: number): void;
  /** Something of it is still to flow. */
  flows(id: ItemId): boolean;
  /** Shows at once what is kept back and what is played; returns that. */
  letGo(): ItemId[];
  forget(id: ItemId): void;
  /** Of an item's points, those to be shown now, with the tip between two of them; all where it rests. */
  shown(id: ItemId, points: readonly InkPoint[]): readonly InkPoint[];
  /** Whether something of this item is still held back. */
  holds(id: ItemId): boolean;
  /** Lets go of those that have caught up; returns them. */
  settle(): ItemId[];
  /** Nothing is held back. */
  resting(): boolean;
}

/** Milliseconds. No point is ever held back longer. */
const LONGEST = 250;
const SHORTEST = 40;

interface Flow {
  /** Points, fractions of the way to the next included: shown at `since`, and to be shown at `until`. */
  readonly from: number;
  readonly to: number;
  readonly since: number;
  readonly until: number;
  /** When the longest waiting of its points arrived. */
  readonly oldest: number;
}

/** @param now milliseconds that never go back. */
export function createReveal(now: () => number): Reveal {
  const flows = new Map<ItemId, Flow>();
  const keptBack = new Set<ItemId>();
  /** Those of the flows that are played. */
  const played = new Set<ItemId>();

  const position = ({ from, to, since, until }: Flow): number => {
    const part = (now() - since) / (until - since);
    return part >= 1 ? to : from + (to - from) * part;
  };

  const flowsNow = (id: ItemId): boolean => {
    const flow = flows.get(id);
    return flow !== undefined && now() < flow.until;
  };

  const forget = (id: ItemId): void => {
    flows.delete(id);
    keptBack.delete(id);
    played.delete(id);
  };

  return {
    arrived(id, count) {
      const time = now();
      const flow = flows.get(id);
      // What comes first is there at once: it says where the pen is.
      if (!flow) {
        flows.set(id, { from: count, to: count, since: time, until: time, oldest: time });
        return;
      }
      const pause = Math.min(Math.max(time - flow.since, SHORTEST), LONGEST);
      const oldest = time < flow.until ? flow.oldest : time;
      const until = Math.max(Math.min(time + pause, oldest + LONGEST), time);
      flows.set(id, { from: position(flow), to: count, since: time, until, oldest });
    },
    keepBack(id) {
      forget(id);
      keptBack.add(id);
    },
    keepsBack: (id) => keptBack.has(id),
    play(id, count, ms) {
      if (!keptBack.delete(id)) return;
      const time = now();
      flows.set(id, { from: 1, to: count, since: time, until: time + ms, oldest: time });
      played.add(id);
    },
    flows: flowsNow,
    letGo() {
      const all = [...keptBack, ...played];
      for (const id of all) forget(id);
      return all;
    },
    forget,
    shown(id, points) {
      const flow = flows.get(id);
      const at = flow ? position(flow) : points.length;
      const whole = Math.max(Math.floor(at), 1);
      const next = points[whole];
      if (!flow || !next || at >= flow.to) return flow ? points.slice(0, flow.to) : points;
      const last = points[whole - 1]!;
      const segment = segmentBetween(points[whole - 2], last, next, points[whole + 1]);
      return [...points.slice(0, whole), pointOn(segment, at - whole)];
    },
    holds: (id) => keptBack.has(id) || flowsNow(id),
    settle() {
      return [...flows].filter(([, { until }]) => now() >= until).map(([id]) => id);
    },
    resting: () => [...flows.values()].every(({ until }) => now() >= until),
  };
}
