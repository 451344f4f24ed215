/*
 * What one document lacks, session by session: how far each is known to have written, and when it is time to
 * ask for what of that is not here. Rules: PROTOCOL.md, S4.
 */
import { LIMITS } from "../../board/document/limits.ts";
import type { Clock } from "../../env/clock.ts";
import type { Range } from "../wire/state-codec.ts";
import { putOff, updateHoles } from "./holes.ts";
import type { Hole, Span } from "./holes.ts";
import type { Link } from "./link.ts";
import type { Waits } from "./waits.ts";
import type { WaitingUpdate } from "./waiting.ts";

/** What one session wrote and is not all here. */
export interface Lack {
  /** How far its session has written: what is asked for. */
  end: number;
  readonly from: Link;
  /** The holes in it: what waits already need not come again. None: all of it waits for somebody else's writes. */
  holes: readonly Hole[];
  /** How much of it was here when it was last looked at, and how much waits for the rest. */
  written: number;
  held: number;
  /** Questions since something of it came. */
  tries: number;
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
  /** When the first hole is to be asked for, or, where there is none, everything; Infinity: nothing is lacking. */
  askAt(): number;
  /** When all that is lacking is here and has waited for one another for too long: each for a part of what another holds. */
  wedgedAt(): number;
  /** Somebody asked for these writes: what is covered wholly is not to be asked for before then. */
  cover(ranges: readonly Range[], until: number): void;
  /** Everything is asked for; `asked` is told each hole. */
  askedForAll(asked: (hole: Hole) => void): void;
  clear(): void;
}

export interface LacksDeps {
  readonly clock: Clock;
  readonly waits: Waits;
  /** How much is here of what a session wrote. */
  written(client: number): number;
  /** Updates that came too early. */
  waiting(): readonly WaitingUpdate<Link>[];
  /** What they bring of a session. */
  waitingOf(client: number): readonly Range[];
  /** No more is taken of this session, which has written up to `end`. */
  refuses(client: number, end: number): boolean;
  /** When to ask first for what may only be late for so long. */
  firstAt(delay: number): number;
}

/** What waits for what is here as well is taken in at once, unless they wait for one another. */
const WEDGED_MS = 4000;
/** A contact may claim anything. */
const MAX_LACKS = LIMITS.lacks.takes;
/** Of one session in a question. */
const MAX_HOLES = 8;

export function createLacks(deps: LacksDeps): Lacks {
  const { clock, waits, written, waiting, waitingOf, refuses, firstAt } = deps;
  const lacks = new Map<number, Lack>();

  function add(client: number, end: number, from: Link, delay: number): boolean {
    if (refuses(client, end)) return false;
    const known = lacks.get(client);
    if (known ? known.end >= end : lacks.size >= MAX_LACKS || written(client) >= end) return false;
    const lack = known ?? {
      end,
      from,
      holes: [],
      written: written(client),
      held: heldOf(client),
      tries: 0,
      wedgedSince: undefined,
    };
    lack.end = end;
    if (!known) lacks.set(client, lack);
    look(client, lack, delay);
    return true;
  }

  /** How much of a session is here and waits. */
  function heldOf(client: number): number {
    return waitingOf(client).reduce((sum, { from, to }) => sum + to - from, 0);
  }

  function spansOf(client: number, { end }: Lack): Span[] {
    const there = [...waitingOf(client)].sort((a, b) => a.from - b.from);
    const spans: Span[] = [];
    let from = written(client);
    for (const range of [...there, { from: end, to: end }]) {
      const to = Math.min(range.from, end);
      if (to > from) spans.push({ from, to });
      from = Math.max(from, range.to);
    }
    return spans.slice(0, MAX_HOLES);
  }

  function look(client: number, lack: Lack, delay: number): void {
    const now = clock.now();
    lack.holes = updateHoles(lack.holes, spansOf(client, lack), {
      now,
      askAt: firstAt(delay),
      restAt: now + waits.answer(),
      isTelling: delay === waits.late(),
      came,
    });
    if (lack.holes.length > 0) lack.wedgedSince = undefined;
    else lack.wedgedSince ??= now;
  }

  function came({ since, askedAt, isTelling, tries }: Hole, isWhole: boolean): void {
    if (askedAt !== undefined) waits.answered(clock.now() - askedAt, tries === 1 && isTelling);
    else if (isWhole && isTelling) waits.wasLate(clock.now() - since);
  }

  function review(): void {
    for (const { missing, from } of waiting()) add(missing.client, missing.clock + 1, from, waits.late());
    for (const [client, lack] of lacks) {
      const [now, held] = [written(client), heldOf(client)];
      const isMore = now + held > lack.written + lack.held;
      if (now !== lack.written || held !== lack.held) {
        Object.assign(lack, { written: now, held, ...(isMore ? { tries: 0, wedgedSince: undefined } : {}) });
        look(client, lack, waits.late());
      }
      if (now >= lack.end || refuses(client, lack.end)) lacks.delete(client);
    }
  }

  function wedgedAt(): number {
    let since = Infinity;
    for (const { holes, wedgedSince = Infinity } of lacks.values()) {
      if (holes.length > 0) return Infinity;
      since = Math.min(since, wedgedSince);
    }
    return since + WEDGED_MS;
  }

  return {
    all: lacks,
    add,
    review,
    askAt() {
      let at = wedgedAt();
      for (const { holes } of lacks.values()) for (const { askAt } of holes) at = Math.min(at, askAt);
      return at;
    },
    wedgedAt,
    cover(ranges, until) {
      for (const [client, { holes }] of lacks) {
        const isCovered = ({ from, to }: Hole): boolean =>
          ranges.some((range) => range.client === client && range.from <= from && range.to >= to);
        putOff(holes.filter(isCovered), until);
      }
    },
    askedForAll(asked) {
      for (const lack of lacks.values()) {
        lack.tries++;
        for (const hole of lack.holes) asked(hole);
        if (lack.wedgedSince !== undefined) lack.wedgedSince = clock.now();
      }
    },
    clear: () => lacks.clear(),
  };
}
