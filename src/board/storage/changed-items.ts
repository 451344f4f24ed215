/*
 * Of which items something is said besides their ink, be it that they are hidden, moved, cut, recoloured or
 * elsewhere: those that a board which comes piece by piece must not show before all of it is there (arrival.ts).
 * What is said once and taken back counts, too: it may be said again by what comes later.
 */
import * as Y from "yjs";
import { FIRST_LAYER } from "../document/board.ts";
import { rootsOf } from "../document/document.ts";
import type { ItemRanges } from "../document/arrival.ts";
import { writeOf } from "../document/item-id.ts";
import { readKey, subjectOf } from "../document/keys.ts";
import { CUT_STEPS, decodePlaces, mergeRanges } from "../document/marks.ts";
import type { ClockRange, MarkPlaces } from "../document/marks.ts";
import { LAYER_FIELDS, MAP_NAMES } from "../document/schema.ts";
import type { MapName } from "../document/schema.ts";
import { readSessionRecord } from "../document/session-records.ts";
import { MAX_CLOCK } from "../document/write-id.ts";

/** What of a layer can be seen on its items. */
const SEEN_OF_LAYER: readonly string[] = [LAYER_FIELDS.hidden.key, LAYER_FIELDS.opacity.key];

/** By a whole document. */
export function changedItems(doc: Y.Doc): ItemRanges {
  const roots = rootsOf(doc);
  const found = createFinding();
  for (const name of MAP_NAMES)
    for (const [key, value] of roots[name].entries()) found.note(name, key, value);
  return found.ranges();
}

/**
 * By a part of one. A value that takes another one's place does not say of what: the other one did, in this part or
 * in one before it.
 */
export function itemsChangedBy(structs: readonly (Y.Item | Y.GC | Y.Skip)[]): ItemRanges {
  const found = createFinding();
  const names: readonly string[] = MAP_NAMES;
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || struct.parentSub === null) continue;
    const parent: unknown = struct.parent;
    const { content } = struct;
    const value = content instanceof Y.ContentBinary ? content.content : undefined;
    if (typeof parent === "string" && names.includes(parent))
      found.note(parent as MapName, struct.parentSub, value);
  }
  return found.ranges();
}

function createFinding() {
  const bySession = new Map<number, ClockRange[]>();
  let everything = false;

  function add(client: number, start: number, end: number): void {
    const ranges = bySession.get(client);
    if (ranges) ranges.push({ start, end });
    else bySession.set(client, [{ start, end }]);
  }

  function addMark({ kind, clients, firsts, ends }: MarkPlaces): void {
    const steps = kind === "cut" ? CUT_STEPS : 1;
    for (const [i, client] of clients.entries()) {
      for (let at = firsts[i]!; at < firsts[i + 1]!; at += 2) {
        add(client, Math.floor(ends[at]! / steps), Math.ceil(ends[at + 1]! / steps));
      }
    }
  }

  function addAttribute(key: string): void {
    const subject = subjectOf(key);
    if (subject?.of === "item") {
      const { client, clock } = writeOf(subject.id);
      add(client, clock, clock + 1);
    } else if (subject?.of === "layer") {
      // What is on another one is found by what its session says.
      everything ||= subject.id === FIRST_LAYER && SEEN_OF_LAYER.includes(subject.field);
    }
  }

  return {
    note(name: MapName, key: string, value: unknown): void {
      if (name === "marks") {
        const mark = decodePlaces(value);
        if (mark) addMark(mark);
      } else if (name === "attrs") addAttribute(key);
      else if (name === "labels") {
        const { client, n } = readKey("labels", key) ?? {};
        if (client !== undefined && n !== undefined) add(client, n, n + 1);
      } else if (name === "sessions") {
        const record = readSessionRecord(key, value);
        if (record?.of === "layer") add(record.client, 0, MAX_CLOCK);
      }
    },
    ranges: (): ItemRanges => ({
      everything,
      bySession: new Map([...bySession].map(([client, ranges]) => [client, mergeRanges(ranges)])),
    }),
  };
}
