import { TEXT, MINUTES } from "./attributes.ts";
import type { LayerId } from "./board.ts";
import { readKey } from "./keys.ts";
import { shortId } from "./write-id.ts";

/*
 * What a session says of itself: values of the `sessions` map, written once each, by that session only, and
 * never replaced.
 *
 * - `b<session>.<n>`: when it began, in minutes of its calendar. It is written before the first thing that
 *   has a time, and again, with the next n, when its clock has counted 36 hours, or strays from the calendar
 *   by two minutes (a phone that slept). From there on times count anew.
 * - `l<session>.<slot>`: the layer that a slot of its items' headers names, written before the first item
 *   there. Slot 0 is the first layer, and is never written.
 *
 * Numbers in keys are base 36. A time is a number of sixteenths of a second, 0 .. TIME_LIMIT - 1. To learn
 * when something was done, take the latest `b` that the same session wrote before it (by clock), and add
 *
 * - of an item: the start times of all items that the session made from there on, up to and with this one:
 *   each says how long after the one before it began. Where a second finger's stroke comes out of order it
 *   counts as begun together with that before, and the next one makes up for it.
 * - of a mark, its switch and an attribute: the one stamp that stands at the end of its value.
 *
 * Whatever has no such record before it, or no time, was written by format 1 or 2: nobody knows when. Calendars
 * are wrong and may lie: nothing is ever ordered by a moment (reading/moments.ts).
 */

/** Of the calendar, in milliseconds. */
export const MINUTE_MS = 60_000;
/** Of times, in milliseconds. */
export const TIME_UNIT_MS = 1000 / 16;

/** What a value of the `sessions` map says. */
export type SessionRecord =
  | { readonly of: "beginning"; readonly client: number; readonly minutes: number }
  | { readonly of: "layer"; readonly client: number; readonly slot: number; readonly layer: LayerId };

export function beginningKey(client: number, n: number): string {
  return `b${shortId(client, n)}`;
}

export function layerSlotKey(client: number, slot: number): string {
  return `l${shortId(client, slot)}`;
}

/** Undefined for what no board has, or cannot be read. */
export function readSessionRecord(key: string, value: unknown): SessionRecord | undefined {
  const { subject, client, n } = readKey("sessions", key) ?? {};
  if (!(value instanceof Uint8Array) || client === undefined || n === undefined) return undefined;
  if (subject?.prefix === "b") {
    const minutes = MINUTES.decode(value);
    return minutes === undefined ? undefined : { of: "beginning", client, minutes };
  }
  const layer = TEXT.decode(value);
  return layer === undefined ? undefined : { of: "layer", client, slot: n, layer };
}
