/*
 * The sessions of which this copy takes no more, because the board is full. A session's writes come one after
 * the other: where one has no room, nothing that follows it can come, nor what builds on it. So none of it is
 * asked for, and the contacts are told, who leave it out of their answers. Rules: PROTOCOL.md, S18.
 *
 *   (taken) --it has no room, or builds on what has none--> refused --there is room, or some came--> (taken)
 */
import { LIMITS, RESOURCES } from "../../board/document/limits.ts";
import type { Resource } from "../../board/document/limits.ts";
import type { Size } from "../../board/document/size.ts";
import type { Range } from "../wire/state-codec.ts";

/** What is known of a refused session. */
export interface RefusedSession<From> {
  /** How far it has written. */
  readonly end: number;
  /** How much of it was here when it was refused. */
  readonly at: number;
  /** Who showed it. */
  readonly from: From;
}

export interface RefusedSessions<From> {
  /** These writes cannot be taken. `of`: what there is too much of; undefined where they build on what is refused. */
  add(ranges: readonly Range[], from: From, of?: Resource): void;
  has(client: number): boolean;
  /** As `has`; keeps in mind that the session has written up to `end`. */
  knows(client: number, end: number): boolean;
  all(): ReadonlyMap<number, RefusedSession<From>>;
  /** Forgets those of which something came after all and, where there is room again, all: these may be asked for. */
  review(): ReadonlyMap<number, RefusedSession<From>>;
}

export interface RefusedDeps {
  size(): Size;
  /** How much is here of what a session wrote. */
  written(client: number): number;
}

/** There is room again when so much of what was too much is gone. */
const ROOM_AGAIN = 1 / 64;

export function createRefusedSessions<From>({ size, written }: RefusedDeps): RefusedSessions<From> {
  const refused = new Map<number, RefusedSession<From>>();
  /** What there was too much of, and how much of it at least. */
  const full = new Map<Resource, number>();

  function isRoomAgain(): boolean {
    const now = size();
    return RESOURCES.some((of) => now[of] < (full.get(of) ?? 0) * (1 - ROOM_AGAIN));
  }

  function raise(client: number, end: number, from: From): void {
    const known = refused.get(client);
    if (!known && refused.size >= LIMITS.refusedSessions.takes) return;
    const { at, end: before, from: by } = known ?? { at: written(client), end: written(client), from };
    if (end > before) refused.set(client, { end, at, from: by });
  }

  return {
    add(ranges, from, of) {
      for (const { client, to } of ranges) raise(client, to, from);
      if (of) full.set(of, Math.min(full.get(of) ?? Infinity, size()[of]));
    },
    has: (client) => refused.has(client),
    knows(client, end) {
      const known = refused.get(client);
      if (known) raise(client, end, known.from);
      return known !== undefined;
    },
    all: () => refused,
    review() {
      const isRoom = refused.size > 0 && isRoomAgain();
      const again = new Map([...refused].filter(([client, { at }]) => isRoom || written(client) > at));
      for (const client of again.keys()) refused.delete(client);
      if (refused.size === 0) full.clear();
      return again;
    },
  };
}
