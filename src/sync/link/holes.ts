/*
 * What is lacking of one session's writes, hole by hole: each has its own time to be asked for, since one may have
 * just been seen while the answer to another is on its way. Rules: PROTOCOL.md, S4.
 */

/** Clocks of a session that are lacking: from the first up to, and without, the other. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Hole extends Span {
  readonly from: number;
  to: number;
  /** When it was seen first. */
  readonly since: number;
  /** When to ask for it: not while it may only be late, or its answer is on its way. */
  askAt: number;
  /** When it was asked for first; undefined: it was not, but perhaps by somebody else. */
  askedAt: number | undefined;
  /** That it comes by itself says how late messages are: it was seen when another one came, and nobody else asked. */
  isTelling: boolean;
  /** Questions for it, since a part of it came. */
  tries: number;
}

/** More are not told apart: the last one grows. */
const MAX_HOLES = 16;

export interface HolesDeps {
  readonly now: number;
  /** When to ask for what was not known to be lacking. */
  readonly askAt: number;
  /** When to ask for the rest of what has come in part. */
  readonly restAt: number;
  /** As of a hole. */
  readonly isTelling: boolean;
  /** The hole has come, or a part of it. */
  came(hole: Hole, isWhole: boolean): void;
}

/** The holes as they are now, the spans of which no two overlap, with what is known of them from before. */
export function updateHoles(before: readonly Hole[], spans: readonly Span[], deps: HolesDeps): Hole[] {
  const { now, askAt, restAt, isTelling } = deps;
  const holes: Hole[] = [];
  const left = new Map(before.map((hole) => [hole, 0]));

  function open(from: number, to: number): void {
    const last = holes.at(-1);
    // What is asked for later than what it continues goes along with that.
    if (last && (last.askAt >= askAt ? last.to === from : holes.length >= MAX_HOLES)) last.to = to;
    else holes.push({ from, to, since: now, askAt, askedAt: undefined, isTelling, tries: 0 });
  }

  for (const span of spans) {
    let from = span.from;
    for (const hole of before) {
      const start = Math.max(hole.from, span.from);
      const end = Math.min(hole.to, span.to);
      if (start >= end) continue;
      if (start > from) open(from, start);
      holes.push({ ...hole, from: start, to: end });
      left.set(hole, left.get(hole)! + end - start);
      from = end;
    }
    if (from < span.to) open(from, span.to);
  }
  for (const [hole, length] of left) {
    if (length === hole.to - hole.from) continue;
    deps.came(hole, length === 0);
    for (const rest of holes) {
      if (rest.from < hole.from || rest.to > hole.to) continue;
      rest.tries = 0;
      rest.askAt = Math.min(rest.askAt, restAt);
    }
  }
  return holes;
}

/** Somebody else asked for them. */
export function putOff(holes: readonly Hole[], at: number): void {
  for (const hole of holes) Object.assign(hole, { askAt: Math.max(hole.askAt, at), isTelling: false });
}
