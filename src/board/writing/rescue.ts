import * as Y from "yjs";
import { END } from "../../ink/codec.ts";
import { LOCAL_ORIGIN, rootsOf } from "../document/document.ts";
import { needsOf } from "../document/needs.ts";
import { ITEM_FIELDS } from "../document/schema.ts";
import { MAX_LABEL_CHARS } from "../document/labels.ts";
import { charactersOf } from "../reading/label-text.ts";
import { createMarkCover } from "../reading/mark-cover.ts";
import { itemId } from "../document/item-id.ts";
import { itemKey, labelKey, readKey } from "../document/keys.ts";

/** What a session did and no other document has. */
export interface UnsyncedWrites {
  readonly items: readonly LostItem[];
  /** Values that it gave to what was there before, and that stand. */
  readonly attributes: ReadonlyMap<string, Uint8Array>;
}

interface LostItem {
  readonly ink: string;
  /** As they are stored, without those that are erased; undefined for a stroke. */
  readonly words: string | undefined;
  readonly attributes: ReadonlyMap<string, Uint8Array>;
}

/** What a session did from the clock `from` on and what of it can be seen. */
export function unsyncedWrites(doc: Y.Doc, client: number, from: number): UnsyncedWrites {
  const { items: array, marks, attrs, labels } = rootsOf(doc);
  const cover = createMarkCover(marks.entries());
  const items: LostItem[] = [];
  const attributes = new Map<string, Uint8Array>();

  function addItem(text: Y.Text, clock: number): void {
    const id = itemId(client, clock);
    const given = new Map<string, Uint8Array>();
    for (const { key } of Object.values(ITEM_FIELDS)) {
      const value = attrs.get(itemKey(id, key));
      if (value instanceof Uint8Array) given.set(key, value);
    }
    const label = labels.get(labelKey(id));
    const characters = label instanceof Y.Text ? charactersOf(label, cover) : undefined;
    // What several sessions put in would be too much from one.
    const words = characters?.slice(0, MAX_LABEL_CHARS).map(({ unit }) => unit);
    items.push({ ink: text.toJSON(), words: words?.join(""), attributes: given });
  }

  for (const struct of doc.store.clients.get(client) ?? []) {
    if (!(struct instanceof Y.Item) || struct.deleted || struct.id.clock < from) continue;
    const { content, id, parent, parentSub } = struct;
    if (parent === array && content instanceof Y.ContentType && content.type instanceof Y.Text) {
      if (!cover.hides(client, id.clock)) addItem(content.type, id.clock);
    } else if (parent === attrs && parentSub !== null && content instanceof Y.ContentBinary) {
      attributes.set(parentSub, content.content);
    }
  }
  return { items, attributes };
}

/** Does it once more, as this session's; what was under the pen has ended. */
export function replayWrites(doc: Y.Doc, { items, attributes }: UnsyncedWrites): void {
  if (items.length + attributes.size === 0) return;
  const roots = rootsOf(doc);

  function draw({ ink, words, attributes: given }: LostItem): void {
    const text = new Y.Text(ink.endsWith(END) ? ink : ink + END);
    roots.items.push([text]);
    const id = itemId(text._item!.id.client, text._item!.id.clock);
    if (words !== undefined) roots.labels.set(labelKey(id), new Y.Text(words));
    for (const [field, value] of given) roots.attrs.set(itemKey(id, field), value);
  }

  /** What it is about may be lost too; and what only the lost session may write, this one may not. */
  function isWritable(key: string, value: Uint8Array): boolean {
    const path = readKey("attrs", key);
    return (
      path !== undefined &&
      path.field.writer !== "maker" &&
      needsOf(path, value).every((need) =>
        "end" in need ? need.end <= Y.getState(doc.store, need.client) : roots.attrs.has(need.made),
      )
    );
  }

  doc.transact(() => {
    for (const item of items) draw(item);
    for (const [key, value] of attributes) if (isWritable(key, value)) roots.attrs.set(key, value);
  }, LOCAL_ORIGIN);
}
