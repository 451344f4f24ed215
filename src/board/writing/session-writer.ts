import type * as Y from "yjs";
import type { Calendar } from "../../env/calendar.ts";
import type { Clock } from "../../env/clock.ts";
import { MAX_SLOT, TIME_LIMIT } from "../../ink/header.ts";
import type { ItemOrigin } from "../../ink/header.ts";
import { FIRST_LAYER } from "../document/board.ts";
import type { LayerId } from "../document/board.ts";
import { PLAIN_FORMAT } from "../document/document.ts";
import type { Roots } from "../document/document.ts";
import { MINUTES, TEXT } from "../document/attributes.ts";
import {
  beginningKey,
  layerSlotKey,
  MINUTE_MS,
  readSessionRecord,
  TIME_UNIT_MS,
} from "../document/session-records.ts";

/** What tells a session the time. */
export interface TimePorts {
  readonly clock: Pick<Clock, "now">;
  readonly calendar: Calendar;
}

/** From when on times count, and what the calendar said then. */
interface Beginning {
  readonly at: number;
  readonly minutes: number;
  isWritten: boolean;
}

/** What a session has said of itself in a document. */
export interface SessionState {
  readonly slots: Map<LayerId, number>;
  beginning: Beginning | undefined;
  /** How many were written. */
  beginnings: number;
  /** The times of all items since the beginning, together. */
  reached: number;
}

export function newSession(): SessionState {
  return { slots: new Map([[FIRST_LAYER, 0]]), beginning: undefined, beginnings: 0, reached: 0 };
}

export interface SessionWriterDeps {
  readonly state?: SessionState;
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly time: TimePorts;
}

/**
 * What this session says of itself, and the times and layer slots that count from there
 * (document/session-records.ts). All but `now` write what is needed first: to be called within a local
 * transaction, right before what they are for.
 */
export interface SessionWriter {
  /** The board is to say that something on it needs this format. */
  needFormat(format: number): void;
  /** The moment, as `origin` takes it. */
  now(): number;
  /** The time of something that is done now. */
  stamp(): number;
  /** What an item says that began at `begun` and comes after all that were made before. */
  origin(slot: number, begun: number): ItemOrigin;
  /** The slot of a layer that is there; undefined where this session has drawn on too many others. */
  slotOf(layer: LayerId): number | undefined;
}

/** A calendar that says whole minutes is up to one behind. */
const STRAYED_MINUTES = 2;

export function createSessionWriter(deps: SessionWriterDeps): SessionWriter {
  const { state = newSession(), doc, roots, time } = deps;
  const { sessions, meta } = roots;
  const { clock, calendar } = time;
  const { slots } = state;
  let { beginning = beginNow() } = state;
  state.beginning = beginning;

  // What was written under this id is not written again, also where the document was opened anew.
  let beginnings = 0;
  for (const [key, value] of sessions) {
    const record = readSessionRecord(key, value);
    if (record?.client !== doc.clientID) continue;
    if (record.of === "layer") slots.set(record.layer, record.slot);
    else beginnings++;
  }
  state.beginnings = Math.max(state.beginnings, beginnings);

  function beginNow(): Beginning {
    return { at: clock.now(), minutes: calendar.minutes(), isWritten: false };
  }

  function timeOf(moment: number): number {
    return Math.max(Math.round((moment - beginning.at) / TIME_UNIT_MS), 0);
  }

  function isOutdated(): boolean {
    const now = clock.now();
    const passed = (now - beginning.at) / MINUTE_MS;
    const strayed = Math.abs(calendar.minutes() - beginning.minutes - passed);
    return timeOf(now) >= TIME_LIMIT || strayed >= STRAYED_MINUTES;
  }

  function needFormat(format: number): void {
    if (!(Number(meta.get("format")) >= format)) meta.set("format", format);
  }

  function begin(): void {
    if (isOutdated()) beginning = beginNow();
    state.beginning = beginning;
    needFormat(PLAIN_FORMAT);
    if (beginning.isWritten) return;
    beginning.isWritten = true;
    state.reached = 0;
    sessions.set(beginningKey(doc.clientID, state.beginnings++), MINUTES.encode(beginning.minutes));
  }

  return {
    needFormat,
    now: () => clock.now(),
    stamp() {
      begin();
      return timeOf(clock.now());
    },
    origin(slot, begun) {
      begin();
      const passed = Math.max(timeOf(begun) - state.reached, 0);
      state.reached += passed;
      return { slot, time: passed };
    },
    slotOf(layer) {
      const known = slots.get(layer);
      if (known !== undefined || slots.size > MAX_SLOT) return known;
      begin();
      const slot = slots.size;
      slots.set(layer, slot);
      sessions.set(layerSlotKey(doc.clientID, slot), TEXT.encode(layer));
      return slot;
    },
  };
}
