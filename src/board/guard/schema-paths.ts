import * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import { readKey } from "../document/keys.ts";
import { MAP_NAMES, TEXTS } from "../document/schema.ts";
import type { MapName } from "../document/schema.ts";
import type { Row } from "../document/schema-rows.ts";
import { sameId, scannedAt, storedAt } from "./session-writes.ts";
import type { WritesBySession } from "./session-writes.ts";
import { Missing, Refusal } from "./refusal.ts";
import type { ScannedStruct, ScannedUpdate } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/** Where in the schema a write belongs. */
export type SchemaPath = { readonly in: "items" } | TextPath | ValuePath;

/** Among the characters of a stroke or of a label. */
export interface TextPath {
  readonly in: keyof typeof TEXTS;
  readonly text: WriteId;
}

export interface ValuePath {
  readonly in: MapName;
  readonly key: string;
}

const ITEMS: SchemaPath = { in: "items" };

/** Finds writes and their paths, in the document and in an update. All throw Refusal and Missing. */
export interface SchemaPaths {
  isStored(id: WriteId): boolean;
  /** The item of the document that contains an id. */
  storedItem(id: WriteId): Y.Item;
  /** The write of the update that contains an id. */
  scanned(id: WriteId): ScannedStruct;
  pathOf(struct: ScannedStruct): SchemaPath;
  pathOfItem(item: Y.Item): SchemaPath;
  pathOfId(id: WriteId): SchemaPath;
  pathOfParent(parent: string | WriteId, key: string | undefined): SchemaPath;
  /** The stored text of a stroke or label. */
  textOf(id: WriteId): Y.Text;
}

export function createSchemaPaths(
  { structs }: ScannedUpdate,
  sessions: WritesBySession,
  roots: Roots,
): SchemaPaths {
  /** Paths of writes of the update, found once. */
  const paths = new Map<ScannedStruct, SchemaPath>();

  function isStored({ client, clock }: WriteId): boolean {
    return clock < sessions.of(client).state;
  }

  function storedItem(id: WriteId): Y.Item {
    const item = storedAt(sessions.of(id.client), id.clock);
    // Garbage has no path any more: nothing can be inserted beside it.
    if (!(item instanceof Y.Item)) throw new Refusal("a reference to what is gone");
    return item;
  }

  function scanned(id: WriteId): ScannedStruct {
    const found = scannedAt(sessions.of(id.client), id.clock);
    if (!found) throw new Missing(id);
    return found;
  }

  function pathOfItem({ parent, parentSub }: Y.Item): SchemaPath {
    if (parent === roots.items && parentSub === null) return ITEMS;
    if (parent instanceof Y.Text && parent._item && parentSub === null) {
      return { in: parent._item.parentSub === null ? "ink" : "words", text: parent._item.id };
    }
    const map = MAP_NAMES.find((name) => roots[name] === parent);
    if (map === undefined || parentSub === null) throw new Refusal("a place that no board has");
    return { in: map, key: parentSub };
  }

  /** Follows the origins to a write that says where it is; a chain, so no recursion. */
  function pathOf(struct: ScannedStruct): SchemaPath {
    const chain: ScannedStruct[] = [];
    let path: SchemaPath | undefined;
    for (let at = struct; !path;) {
      path = paths.get(at);
      if (path) break;
      chain.push(at);
      if (chain.length > structs.length) throw new Refusal("references in a circle");
      const beside = at.origin ?? at.rightOrigin;
      if (!beside) path = pathOfParent(at.parent!, at.key);
      else if (isStored(beside)) path = pathOfItem(storedItem(beside));
      else at = scanned(beside);
    }
    for (const each of chain) paths.set(each, path);
    return path;
  }

  function pathOfParent(parent: string | WriteId, key: string | undefined): SchemaPath {
    if (typeof parent !== "string") {
      if (key !== undefined) throw new Refusal("a place that no board has");
      return { in: isLabel(parent) ? "words" : "ink", text: parent };
    }
    if (parent === "items" && key === undefined) return ITEMS;
    const map = MAP_NAMES.find((name) => name === parent);
    if (map === undefined || key === undefined) throw new Refusal("a place that no board has");
    return { in: map, key };
  }

  /** Of a text: whether it is the words of an item, and not its ink. */
  function isLabel(text: WriteId): boolean {
    if (isStored(text)) return textOf(text)._item?.parentSub !== null;
    const made = scanned(text);
    if (made.content !== "text") throw new Refusal("a parent that holds nothing");
    return made.key !== undefined;
  }

  function textOf(id: WriteId): Y.Text {
    const held = storedItem(id).content;
    if (!(held instanceof Y.ContentType) || !(held.type instanceof Y.Text))
      throw new Refusal("a parent that holds nothing");
    return held.type;
  }

  return {
    isStored,
    storedItem,
    scanned,
    pathOf,
    pathOfItem,
    pathOfId: (id) => (isStored(id) ? pathOfItem(storedItem(id)) : pathOf(scanned(id))),
    pathOfParent,
    textOf,
  };
}

export function isSamePath(a: SchemaPath, b: SchemaPath): boolean {
  if ("text" in a) return "text" in b && sameId(a.text, b.text);
  if ("key" in a) return "key" in b && a.in === b.in && a.key === b.key;
  return a.in === b.in;
}

/** Who may write at a path. */
export function writerOf(path: SchemaPath): Row["writer"] {
  if ("text" in path) return TEXTS[path.in].writer;
  const field = "key" in path ? readKey(path.in, path.key)?.field : undefined;
  return field?.writer ?? "anybody";
}
