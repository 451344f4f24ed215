/*
 * What one document lacks, session by session: how far each is known to have written, and when it is time to
 * ask for what of that is not here. Rules: PROTOCOL.md, S4.
 */
import { LIMITS } from "../../board/document/limits.ts";
import type { Clock } from "../../env/clock.ts";
import type { Range } from "../wire/state-codec.ts";
import type { Link } from "./link.ts";
import type { WaitingUpdate } from "./waiting.ts";

/** What one session wrote and is not all here. */
export interface Lack {
  /** How far its session has written: what is asked for. */
  end: number;
  /** A sign of life told of more, which may be on its way until then. */
  more: { end: number; readonly at: number } | undefined;
  readonly from: Link;
  /** How much of it was here when it was last looked at, with what waits for the rest. */
  there: number;
  /** Questions since something of it came. */
  tries: number;
  /** When to ask for it: not while it may only be late, or somebody else asked. */
  askAt: number;
  /** Since when nothing of it has to come, and still it is not here; undefined: something has to. */
  wedgedSince: number | undefined;
}

export interface Lacks {
  /** By the session that wrote it. */
  readonly all: ReadonlyMap<number, Lack>;
  /** `from` has shown that a session wrote up to `end`; `delay`: so long it may only be late. Says whether that is news. */
  add(client: number, end: number, from: Link, delay: number): boolean;
  /** Takes in what waits, and forgets what has come. */
  review(): void;
  /** The holes in it: what waits already need not come again. */
  holesOf(client: number, lack: Lack): Range[];
  /** Whether anything of it has to come; else all of it waits for somebody else's writes. */
  hasHole(client: number, lack: Lack): boolean;
  /** Writes that are all here have waited for one another for long: each for a part of what another holds. */
  isWedged(lack: Lack): boolean;
  clear(): void;
}

export interface LacksDeps {
  readonly clock: Clock;
  /** How much is here of what a session wrote. */
  written(client: number): number;
  /** Updates that came too early. */
  waiting(): readonly WaitingUpdate<Link>[];
  /** What they bring of a session. */
  waitingOf(client: number): readonly Range[];
  /** No more is taken of this session, which has written up to `end`. */
  refuses(client: number, end: number): boolean;
  /** When to ask first for what may only be late for so long. */
  firstAt(delay?: number): number;
}

/** What is only late may come meanwhile. */
export const FIRST_MS = 400;
/** What waits for what is here as well is taken in at once, unless they wait for one another. */
const WEDGED_MS = 4000;
/** A contact may claim anything. */
const MAX_LACKS = LIMITS.lacks.takes;
/** Of one session in a question. */
const MAX_HOLES = 8;

export function createLacks({ clock, written, waiting, waitingOf, refuses, firstAt }: LacksDeps): Lacks {
  const lacks = new Map<number, Lack>();

  function add(client: number, end: number, from: Link, delay: number): boolean {
    if (refuses(client, end)) return false;
    const known = lacks.get(client);
    if (known ? known.end >= end : lacks.size >= MAX_LACKS || written(client) >= end) return false;
    if (!known) {
      const lack = {
        end,
        more: undefined,
        from,
        there: written(client) + held(client),
        tries: 0,
        askAt: firstAt(delay),
        wedgedSince: undefined,
      };
      lacks.set(client, lack);
    } else if (delay === FIRST_MS) known.end = end;
    else if (known.more) known.more.end = Math.max(known.more.end, end);
    else known.more = { end, at: firstAt(delay) };
    return true;
  }

  /** How much of a session is here and waits. */
  function held(client: number): number {
    return waitingOf(client).reduce((sum, { from, to }) => sum + to - from, 0);
  }

  function holesOf(client: number, { end }: Lack): Range[] {
    const there = [...waitingOf(client)].sort((a, b) => a.from - b.from);
    const holes: Range[] = [];
    let from = written(client);
    for (const range of [...there, { client, from: end, to: end }]) {
      const to = Math.min(range.from, end);
      if (to > from) holes.push({ client, from, to });
      from = Math.max(from, range.to);
    }
    return holes.slice(0, MAX_HOLES);
  }

  function hasHole(client: number, lack: Lack): boolean {
    if (holesOf(client, lack).length > 0) {
      lack.wedgedSince = undefined;
      return true;
    }
    lack.wedgedSince ??= clock.now();
    lack.askAt = firstAt();
    return false;
  }

  function isWedged({ wedgedSince }: Lack): boolean {
    return wedgedSince !== undefined && clock.now() - wedgedSince >= WEDGED_MS;
  }

  function review(): void {
    for (const { missing, from } of waiting()) add(missing.client, missing.clock + 1, from, FIRST_MS);
    for (const [client, lack] of lacks) {
      const { more } = lack;
      const now = written(client);
      const isDue = more !== undefined && (more.at <= clock.now() || now >= lack.end);
      if (isDue)
        Object.assign(lack, { end: more.end, more: undefined, askAt: Math.max(lack.askAt, more.at) });
      const there = now + held(client);
      if (now >= lack.end || refuses(client, lack.end)) lacks.delete(client);
      else if (there > lack.there) {
        // The rest may be on its way too.
        const askAt = isDue ? lack.askAt : Math.min(lack.askAt, firstAt());
        Object.assign(lack, { there, tries: 0, askAt, wedgedSince: undefined });
      }
    }
  }

  return { all: lacks, add, review, holesOf, hasHole, isWedged, clear: () => lacks.clear() };
}
