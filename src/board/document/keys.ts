import { MAX_CLIENT, MAX_CLOCK, PAGES_OF_SESSION, shortId } from "./write-id.ts";
import { FIRST_LAYER } from "./board.ts";
import type { ItemId, LayerId } from "./board.ts";
import { itemId, writeOf } from "./item-id.ts";
import { MAPS, PAGE_FIELDS } from "./schema.ts";
import type { MapName } from "./schema.ts";
import type { Row, SubjectRow } from "./schema-rows.ts";

/*
 * The keys of a board's maps, as the schema has them: the prefix and the id of what a value is about, a
 * dot, the field's own key. Numbers are base 36 and in their one spelling.
 */

/** What a key says. */
export interface KeyPath {
  readonly subject: SubjectRow;
  readonly field: Row;
  /** The session and the clock or count that the key names; undefined where it names none. */
  readonly client: number | undefined;
  readonly n: number | undefined;
  /** The key whose first value, by the session `client`, makes what this is about. */
  readonly makerKey: string | undefined;
}

const CLIENT = "(0|[1-9a-z][0-9a-z]{0,6})";
const IDS = {
  write: `${CLIENT}\\.(0|[1-9a-z][0-9a-z]{0,5})`,
  count: `${CLIENT}\\.(0|[1-9a-z][0-9a-z]{0,9})`,
  page: "([1-9a-z][0-9a-z]{0,6})\\.(0|[1-9a-z][0-9a-z]{0,3})",
  none: "",
};

/** Where the second number of an id ends. */
const ENDS = { write: MAX_CLOCK, count: Infinity, page: PAGES_OF_SESSION } as const;

/** A subject of the schema, made ready for reading keys. */
interface Reader {
  readonly subject: SubjectRow;
  readonly pattern: RegExp;
  readonly fields: ReadonlyMap<string, Row>;
  /** The field whose first value makes the subject. */
  readonly maker: Row | undefined;
}

const READERS: Readonly<Record<MapName, readonly Reader[]>> = {
  marks: MAPS.marks.subjects.map(readerOf),
  sessions: MAPS.sessions.subjects.map(readerOf),
  meta: MAPS.meta.subjects.map(readerOf),
  attrs: MAPS.attrs.subjects.map(readerOf),
  labels: MAPS.labels.subjects.map(readerOf),
};

function readerOf(subject: SubjectRow): Reader {
  const rows = Object.values(subject.fields);
  const base = subject.prefix + IDS[subject.id];
  const ends = rows.map(({ key }) => (key === "" || base === "" ? key : `\\.${key}`));
  return {
    subject,
    pattern: new RegExp(`^${base}(${ends.join("|")})$`),
    fields: new Map(rows.map((row) => [row.key, row] as const)),
    maker: rows.find(({ writer, makes }) => writer === "maker first" || makes),
  };
}

/** What a key of a map says; undefined for one that no board of this version has. */
export function readKey(map: MapName, key: string): KeyPath | undefined {
  for (const { subject, pattern, fields, maker } of READERS[map]) {
    const match = pattern.exec(key);
    if (!match) continue;
    const end = match.at(-1)!;
    const field = fields.get(end.startsWith(".") ? end.slice(1) : end)!;
    if (subject.id === "none") {
      return { subject, field, client: undefined, n: undefined, makerKey: undefined };
    }
    const client = Number.parseInt(match[1]!, 36);
    const n = Number.parseInt(match[2]!, 36);
    if (client > MAX_CLIENT || n >= ENDS[subject.id]) return undefined;
    const makerKey = maker && `${key.slice(0, key.length - field.key.length)}${maker.key}`;
    return { subject, field, client, n, makerKey };
  }
  return undefined;
}

/** What an attribute is about; `field`: the key of its field. */
export type Subject =
  | { readonly of: "item"; readonly id: ItemId; readonly field: string }
  | { readonly of: "layer"; readonly id: LayerId; readonly field: string }
  | { readonly of: "page"; readonly field: string };

/** Undefined for a key that this version does not know. */
export function subjectOf(key: string): Subject | undefined {
  const path = readKey("attrs", key);
  if (!path) return undefined;
  const { subject, field, client, n } = path;
  if (subject.of === "item") return { of: "item", id: itemId(client!, n!), field: field.key };
  if (subject.of === "page") return { of: "page", field: field.key };
  return subject.of === "layer"
    ? { of: "layer", id: idIn(key, path) ?? FIRST_LAYER, field: field.key }
    : undefined;
}

/** What a key of the index says of a page, and of which: `id` is undefined for the first one. */
export interface EntryKey {
  readonly id: string | undefined;
  /** The key of its field. */
  readonly field: string;
}

/** Undefined for a key of anything else. */
export function readEntryKey(key: string): EntryKey | undefined {
  const path = readKey("attrs", key);
  return path?.subject.of === "entry" ? { id: idIn(key, path), field: path.field.key } : undefined;
}

/** The id that a key names, as it stands there. */
function idIn(key: string, { subject, field, client }: KeyPath): string | undefined {
  return client === undefined ? undefined : key.slice(subject.prefix.length, -field.key.length - 1);
}

export const BACKGROUND_KEY = `p.${PAGE_FIELDS.background.key}`;

export function itemKey(id: ItemId, field: string): string {
  return `i${labelKey(id)}.${field}`;
}

export function layerKey(id: LayerId, field: string): string {
  return `l${id}.${field}`;
}

/** `page`: its id; the first page's is empty. */
export function entryKey(page: string, field: string): string {
  return `q${page}.${field}`;
}

/** An item's id as keys have it. */
export function labelKey(id: ItemId): string {
  const { client, clock } = writeOf(id);
  return shortId(client, clock);
}
