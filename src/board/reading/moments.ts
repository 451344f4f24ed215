import * as Y from "yjs";
import { splitAttribute } from "../document/attribute-stamps.ts";
import type { ItemId } from "../document/board.ts";
import type { Roots } from "../document/document.ts";
import { writeOf } from "../document/item-id.ts";
import { markOf, stampOfMark } from "../document/marks.ts";
import { MINUTE_MS, readSessionRecord, TIME_UNIT_MS } from "../document/session-records.ts";
import type { StrokeList } from "./stroke-list.ts";

/**
 * When things were done, in milliseconds since 1970, by the calendars of those who did them: for words to
 * people, never to order anything by. Undefined where nobody knows: for what is not there, and for what
 * versions before format 3 wrote. How it is worked out: document/session-records.ts.
 */
export interface Moments {
  /** When the pen came down, or the item was made. */
  ofItem(id: ItemId): number | undefined;
  /** When the mark of a key was made, or its switch was set. */
  ofMark(key: string): number | undefined;
  /** When the value that stands was given to an attribute. */
  ofAttribute(key: string): number | undefined;
}

export interface MomentsDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly list: Pick<StrokeList, "entryOf">;
}

/** What one session wrote with a time, in the order of its clocks. */
interface Timeline {
  /** How much of the session it was made of. */
  readonly state: number;
  readonly beginnings: readonly { readonly clock: number; readonly moment: number }[];
  /** By the clock of an item. */
  readonly items: ReadonlyMap<number, number>;
}

export function createMoments({ doc, roots: { items, marks, attrs, sessions }, list }: MomentsDeps): Moments {
  const timelines = new Map<number, Timeline>();

  function timelineOf(client: number): Timeline {
    const state = Y.getState(doc.store, client);
    let timeline = timelines.get(client);
    if (timeline?.state !== state) {
      timeline = readTimeline(client, state);
      timelines.set(client, timeline);
    }
    return timeline;
  }

  function readTimeline(client: number, state: number): Timeline {
    const beginnings: { clock: number; moment: number }[] = [];
    const found = new Map<number, number>();
    let moment: number | undefined;
    for (const struct of doc.store.clients.get(client) ?? []) {
      if (!(struct instanceof Y.Item)) continue;
      const { clock } = struct.id;
      const begun = struct.parent === sessions ? beginningOf(struct) : undefined;
      const time = struct.parent === items ? list.entryOf(struct)?.stroke?.origin?.time : undefined;
      if (begun !== undefined) {
        moment = begun;
        beginnings.push({ clock, moment });
      } else if (time !== undefined && moment !== undefined) {
        moment += time * TIME_UNIT_MS;
        found.set(clock, moment);
      }
    }
    return { state, beginnings, items: found };
  }

  /** The moment of what the write of a map's value says of itself. */
  function stamped(write: Y.Item | undefined, stamp: number | undefined): number | undefined {
    if (!write || stamp === undefined) return undefined;
    const { client, clock } = write.id;
    const begun = timelineOf(client)
      .beginnings.filter((each) => each.clock < clock)
      .at(-1);
    return begun === undefined ? undefined : begun.moment + stamp * TIME_UNIT_MS;
  }

  return {
    ofItem(id) {
      const { client, clock } = writeOf(id);
      return timelineOf(client).items.get(clock);
    },
    ofMark: (key) => stamped(marks._map.get(key), stampOfMark(marks.get(key), markOf(key).isSwitch)),
    ofAttribute(key) {
      const value = attrs.get(key);
      const stamp = value instanceof Uint8Array ? splitAttribute(key, value).stamp : undefined;
      return stamped(attrs._map.get(key), stamp);
    },
  };
}

function beginningOf({ parentSub, content }: Y.Item): number | undefined {
  const value = content instanceof Y.ContentBinary ? content.content : undefined;
  const record = readSessionRecord(parentSub ?? "", value);
  return record?.of === "beginning" ? record.minutes * MINUTE_MS : undefined;
}
