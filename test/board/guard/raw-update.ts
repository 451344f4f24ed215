import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import type { WriteId } from "../../../src/board/document/write-id.ts";

/** The content of a write: its reference number in the update format, and its bytes. */
export interface RawContent {
  ref: number;
  bytes: Uint8Array;
}

/** One write, spelled as whoever makes the bytes likes. */
export interface RawStruct {
  origin?: WriteId | undefined;
  rightOrigin?: WriteId | undefined;
  /** Written where neither origin is given. */
  parent?: string | WriteId | undefined;
  key?: string | undefined;
  content: RawContent;
}

export interface RawSection {
  client: number;
  clock: number;
  structs: RawStruct[];
  /** How many writes the bytes claim; default: as many as there are. */
  claimed?: number;
}

export interface RawDeletions {
  client: number;
  ranges: { clock: number; length: number }[];
  claimed?: number;
}

/** An update (Yjs, V1) that can say anything. */
export interface RawUpdate {
  sections: RawSection[];
  deletions: RawDeletions[];
  claimedSections?: number;
}

/** Contents by the names that yjs gives them (structs/Item.js, contentRefs). */
export const content = {
  gc: (length: number): RawContent => ({ ref: 0, bytes: varUint(length) }),
  deleted: (length: number): RawContent => ({ ref: 1, bytes: varUint(length) }),
  json: (...values: string[]): RawContent => ({
    ref: 2,
    bytes: write((encoder) => {
      encoding.writeVarUint(encoder, values.length);
      for (const value of values) encoding.writeVarString(encoder, value);
    }),
  }),
  binary: (value: Uint8Array): RawContent => ({
    ref: 3,
    bytes: write((encoder) => encoding.writeVarUint8Array(encoder, value)),
  }),
  string: (text: string): RawContent => ({
    ref: 4,
    bytes: write((encoder) => encoding.writeVarString(encoder, text)),
  }),
  embed: (json: string): RawContent => ({
    ref: 5,
    bytes: write((encoder) => encoding.writeVarString(encoder, json)),
  }),
  format: (key: string, json: string): RawContent => ({
    ref: 6,
    bytes: write((encoder) => {
      encoding.writeVarString(encoder, key);
      encoding.writeVarString(encoder, json);
    }),
  }),
  /** 0 array, 1 map, 2 text, 3 XML element, 4 XML fragment, 5 XML hook, 6 XML text. */
  type: (type: number, name?: string): RawContent => ({
    ref: 7,
    bytes: write((encoder) => {
      encoding.writeVarUint(encoder, type);
      if (name !== undefined) encoding.writeVarString(encoder, name);
    }),
  }),
  any: (...values: unknown[]): RawContent => ({
    ref: 8,
    bytes: write((encoder) => {
      encoding.writeVarUint(encoder, values.length);
      for (const value of values) encoding.writeAny(encoder, value as never);
    }),
  }),
  doc: (guid: string): RawContent => ({
    ref: 9,
    bytes: write((encoder) => {
      encoding.writeVarString(encoder, guid);
      encoding.writeAny(encoder, {});
    }),
  }),
  skip: (length: number): RawContent => ({ ref: 10, bytes: varUint(length) }),
  text: (): RawContent => content.type(2),
};

export function encodeRaw({ sections, deletions, claimedSections }: RawUpdate): Uint8Array {
  return write((encoder) => {
    encoding.writeVarUint(encoder, claimedSections ?? sections.length);
    for (const { client, clock, structs, claimed } of sections) {
      encoding.writeVarUint(encoder, claimed ?? structs.length);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      for (const struct of structs) writeStruct(encoder, struct);
    }
    encoding.writeVarUint(encoder, deletions.length);
    for (const { client, ranges, claimed } of deletions) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, claimed ?? ranges.length);
      for (const { clock, length } of ranges) {
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarUint(encoder, length);
      }
    }
  });
}

/** One session's writes and nothing else. */
export function section(client: number, clock: number, ...structs: RawStruct[]): Uint8Array {
  return encodeRaw({ sections: [{ client, clock, structs }], deletions: [] });
}

/** Deletions and nothing else. */
export function deletion(client: number, ...ranges: [clock: number, length: number][]): Uint8Array {
  return encodeRaw({
    sections: [],
    deletions: [{ client, ranges: ranges.map(([clock, length]) => ({ clock, length })) }],
  });
}

/** An honest update taken apart, to be changed and written again. */
export function decodeRaw(update: Uint8Array): RawUpdate {
  const { structs, ds } = Y.decodeUpdate(update);
  const sections: RawSection[] = [];
  for (const struct of structs) {
    const { client, clock } = struct.id;
    let last = sections.at(-1);
    if (last?.client !== client) {
      last = { client, clock, structs: [] };
      sections.push(last);
    }
    last.structs.push(struct instanceof Y.Item ? rawItem(struct) : { content: content.gc(struct.length) });
  }
  const deletions = [...ds.clients].map(([client, ranges]) => ({
    client,
    ranges: ranges.map(({ clock, len }) => ({ clock, length: len })),
  }));
  return { sections, deletions };
}

function rawItem(item: Y.Item): RawStruct {
  const encoder = new Y.UpdateEncoderV1();
  item.content.write(encoder, 0);
  const struct: RawStruct = {
    content: { ref: item.content.getRef(), bytes: encoding.toUint8Array(encoder.restEncoder) },
  };
  if (item.origin) struct.origin = idOf(item.origin);
  if (item.rightOrigin) struct.rightOrigin = idOf(item.rightOrigin);
  // Without a document, the parent of a decoded item is what the bytes say of it.
  const parent: unknown = item.parent;
  if (typeof parent === "string") struct.parent = parent;
  else if (parent instanceof Y.ID) struct.parent = idOf(parent);
  if (item.parentSub !== null) struct.key = item.parentSub;
  return struct;
}

function idOf({ client, clock }: Y.ID): WriteId {
  return { client, clock };
}

function writeStruct(encoder: encoding.Encoder, struct: RawStruct): void {
  const { origin, rightOrigin, parent, key } = struct;
  const { ref, bytes } = struct.content;
  const flags = (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (key === undefined ? 0 : 0x20);
  const isItem = ref !== 0 && ref !== 10;
  encoding.writeUint8(encoder, isItem ? flags | ref : ref);
  if (isItem) {
    for (const id of [origin, rightOrigin]) if (id) writeId(encoder, id);
    if (!origin && !rightOrigin) {
      encoding.writeVarUint(encoder, typeof parent === "object" ? 0 : 1);
      if (typeof parent === "object") writeId(encoder, parent);
      else encoding.writeVarString(encoder, parent ?? "");
      if (key !== undefined) encoding.writeVarString(encoder, key);
    }
  }
  encoding.writeUint8Array(encoder, bytes);
}

function writeId(encoder: encoding.Encoder, { client, clock }: WriteId): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

function write(fill: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  fill(encoder);
  return encoding.toUint8Array(encoder);
}

function varUint(value: number): Uint8Array {
  return write((encoder) => encoding.writeVarUint(encoder, value));
}
