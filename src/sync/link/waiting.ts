/*
 * Updates whose ground is missing: they came too early, or what came before them was lost. Each waits
 * for one write; by whose write that is they stand in rows, the earliest first, so that a new write is
 * compared with what may wait for it and with nothing else. Rules: PROTOCOL.md, S7.
 */
import { scanUpdate, WIRE_LIMITS } from "../../board/guard/scan.ts";
import { LIMITS } from "../../board/document/limits.ts";
import type { WriteId } from "../../board/document/write-id.ts";
import type { Clock } from "../../env/clock.ts";
import type { Range } from "../wire/state-codec.ts";

export interface WaitingUpdates<From> {
  /** `missing`: a write that it builds on; `from`: whose update it is. */
  add(update: Uint8Array, missing: WriteId, from: From): void;
  /**
   * Offers each fresh update whose dependencies may be there now to `settle`, which says what it still waits
   * for; undefined: it is dealt with and can go. Goes on as long as that makes others ready, up to a number of
   * bytes: says whether some are left.
   */
  retry(
    isThere: (id: WriteId) => boolean,
    settle: (update: Uint8Array, from: From) => WriteId | undefined,
  ): boolean;
  /** Gives up those that wait for what a session writes that is out, and says which they were. */
  giveUp(isOut: (client: number) => boolean): readonly WaitingUpdate<From>[];
  /** Those that are not too old. */
  entries(): readonly WaitingUpdate<From>[];
  /** What they bring of a session: there may be very many, of very many sessions. */
  ofSession(client: number): readonly Range[];
}

export interface WaitingUpdate<From> {
  /** A write that it builds on and that is not there. */
  readonly missing: WriteId;
  readonly from: From;
  /** What it brings. */
  readonly ranges: readonly Range[];
}

interface Entry<From> extends WaitingUpdate<From> {
  readonly update: Uint8Array;
  missing: WriteId;
  readonly at: number;
  /** How often it was looked at since. */
  tries: number;
}

/**
 * Whatever is dropped here is asked for again. Among many people who lose much one lost write holds up what
 * all of them draw after it, for as long as one hole comes after the other: what waited for 15 s only was
 * asked for twice.
 */
const MAX_UPDATES = LIMITS.waitingUpdates.takes;
const MAX_BYTES = LIMITS.waitingBytes.takes;
const MAX_AGE_MS = 60_000;
/** Of what waits, so much is looked at in one go: the page has other things to do. */
const BATCH_BYTES = 64 * 1024;

export function createWaitingUpdates<From>(clock: Clock): WaitingUpdates<From> {
  /** In the order in which they came. */
  const all = new Set<Entry<From>>();
  /** By the session of what they wait for; each row by the clock of that. */
  const rows = new Map<number, Entry<From>[]>();
  let bytes = 0;
  /** What they bring, by its session. */
  const brought = new Map<number, Range[]>();

  function enter(entry: Entry<From>): void {
    const { client, clock: at } = entry.missing;
    const row = rows.get(client) ?? [];
    let low = 0;
    for (let high = row.length; low < high;) {
      const middle = (low + high) >> 1;
      if (row[middle]!.missing.clock <= at) low = middle + 1;
      else high = middle;
    }
    row.splice(low, 0, entry);
    rows.set(client, row);
  }

  function leave(entry: Entry<From>): void {
    const row = rows.get(entry.missing.client)!;
    row.splice(row.indexOf(entry), 1);
    if (row.length === 0) rows.delete(entry.missing.client);
  }

  function drop(entry: Entry<From>): void {
    leave(entry);
    all.delete(entry);
    for (const range of entry.ranges) {
      const ofSession = brought.get(range.client)!;
      ofSession.splice(ofSession.indexOf(range), 1);
      if (ofSession.length === 0) brought.delete(range.client);
    }
    bytes -= entry.update.length;
  }

  function dropOld(): void {
    const oldest = clock.now() - MAX_AGE_MS;
    for (const entry of all) {
      if (entry.at >= oldest) return;
      drop(entry);
    }
  }

  return {
    add(update, missing, from) {
      // A copy: the update is a view of its message, which may be much longer.
      const entry = {
        update: update.slice(),
        missing,
        from,
        ranges: rangesOf(update),
        at: clock.now(),
        tries: 0,
      };
      all.add(entry);
      for (const range of entry.ranges) {
        const ofSession = brought.get(range.client);
        if (ofSession) ofSession.push(range);
        else brought.set(range.client, [range]);
      }
      enter(entry);
      bytes += update.length;
      for (const oldest of all) {
        if (all.size <= MAX_UPDATES && bytes <= MAX_BYTES) break;
        drop(oldest);
      }
    },
    retry(isThere, settle) {
      dropOld();
      let left = BATCH_BYTES;
      // Sessions of which something new may be there.
      const sessions = [...rows.keys()];
      for (let session = sessions.pop(); session !== undefined; session = sessions.pop()) {
        for (;;) {
          const first = rows.get(session)?.[0];
          if (!first || !isThere(first.missing)) break;
          if (left <= 0) return true;
          left -= first.update.length;
          first.tries++;
          const missing = settle(first.update, first.from);
          if (missing && first.tries < LIMITS.waitingTries.takes) {
            leave(first);
            first.missing = missing;
            enter(first);
            // Where it claims to wait for what is there, it waits for the next change.
            if (isThere(missing)) break;
          } else {
            drop(first);
            for (const { client } of first.ranges) if (rows.has(client)) sessions.push(client);
          }
        }
      }
      return false;
    },
    giveUp(isOut) {
      const gone = [...rows].flatMap(([client, row]) => (isOut(client) ? [...row] : []));
      for (const entry of gone) drop(entry);
      return gone;
    },
    entries() {
      dropOld();
      return [...all];
    },
    ofSession: (client) => brought.get(client) ?? [],
  };
}

/** What an update writes; none where it is none. Its structs come session by session, in a row. */
export function rangesOf(update: Uint8Array): Range[] {
  const ranges: Range[] = [];
  const scanned = scanUpdate(update, WIRE_LIMITS);
  for (const { client, clock, length } of scanned.ok ? scanned.update.structs : []) {
    const last = ranges.at(-1);
    if (last?.client === client) ranges[ranges.length - 1] = { ...last, to: clock + length };
    else ranges.push({ client, from: clock, to: clock + length });
  }
  return ranges;
}
