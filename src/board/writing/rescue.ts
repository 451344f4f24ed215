import * as Y from "yjs";
import { END } from "../../ink/codec.ts";
import { decodeHeader } from "../../ink/header.ts";
import type { StrokeHeader } from "../../ink/stroke.ts";
import { splitAttribute, stampAttribute } from "../document/attribute-stamps.ts";
import { FIRST_LAYER } from "../document/board.ts";
import type { LayerId } from "../document/board.ts";
import { rootsOf } from "../document/document.ts";
import { idOf, itemId } from "../document/item-id.ts";
import { itemKey, labelKey, readKey } from "../document/keys.ts";
import { MAX_LABEL_CHARS } from "../document/labels.ts";
import { needsOf } from "../document/needs.ts";
import { ITEM_FIELDS } from "../document/schema.ts";
import { charactersOf } from "../reading/label-text.ts";
import { createMarkCover } from "../reading/mark-cover.ts";
import { createSessionTable } from "../reading/session-table.ts";
import type { Changes } from "./changes.ts";
import type { ItemMaker } from "./item-maker.ts";
import type { SessionWriter } from "./session-writer.ts";

/*
 * A document that broke may hold what this session did and nobody else has. It is done once more in the
 * document that takes its place, under this page's next session: with that session's layer slots, and as of
 * now, which is moments later.
 */

/** What a session did and no other document has. */
export interface UnsyncedWrites {
  readonly items: readonly LostItem[];
  /** Values that it gave to what was there before, and that stand. */
  readonly attributes: ReadonlyMap<string, Uint8Array>;
}

interface LostItem {
  readonly header: StrokeHeader;
  /** What follows the header. */
  readonly ink: string;
  /** On which it was drawn. */
  readonly layer: LayerId;
  /** As they are stored, without those that are erased; undefined for a stroke. */
  readonly words: string | undefined;
  readonly attributes: ReadonlyMap<string, Uint8Array>;
}

/** What a session did from the clock `from` on and what of it can be seen. */
export function unsyncedWrites(doc: Y.Doc, client: number, from: number): UnsyncedWrites {
  const { items: array, marks, attrs, labels, sessions } = rootsOf(doc);
  const table = createSessionTable(sessions.entries());
  const cover = createMarkCover(marks.entries());
  const items: LostItem[] = [];
  const attributes = new Map<string, Uint8Array>();

  function addItem(text: Y.Text, clock: number): void {
    const whole = text.toJSON();
    const head = decodeHeader(whole);
    if (!head) return;
    const id = itemId(client, clock);
    const given = new Map<string, Uint8Array>();
    for (const { key } of Object.values(ITEM_FIELDS)) {
      const value = attrs.get(itemKey(id, key));
      if (value instanceof Uint8Array) given.set(key, splitAttribute(itemKey(id, key), value).value);
    }
    const label = labels.get(labelKey(id));
    const characters = label instanceof Y.Text ? charactersOf(label, cover) : undefined;
    // What several sessions put in would be too much from one.
    const words = characters?.slice(0, MAX_LABEL_CHARS).map(({ unit }) => unit);
    items.push({
      header: head.header,
      ink: whole.slice(head.length),
      layer: table.layerAt(client, head.origin?.slot ?? 0) ?? FIRST_LAYER,
      words: words?.join(""),
      attributes: given,
    });
  }

  for (const struct of doc.store.clients.get(client) ?? []) {
    if (!(struct instanceof Y.Item) || struct.deleted || struct.id.clock < from) continue;
    const { content, id, parent, parentSub } = struct;
    if (parent === array && content instanceof Y.ContentType && content.type instanceof Y.Text) {
      if (!cover.hides(client, id.clock)) addItem(content.type, id.clock);
    } else if (parent === attrs && parentSub !== null && content instanceof Y.ContentBinary) {
      attributes.set(parentSub, splitAttribute(parentSub, content.content).value);
    }
  }
  return { items, attributes };
}

export interface ReplayDeps {
  readonly doc: Y.Doc;
  readonly maker: ItemMaker;
  readonly session: SessionWriter;
  readonly transact: Changes["transact"];
}

/** Does it once more, as this session's; what was under the pen has ended. */
export function replayWrites(
  { doc, maker, session, transact }: ReplayDeps,
  { items, attributes }: UnsyncedWrites,
): void {
  if (items.length + attributes.size === 0) return;
  const { labels } = rootsOf(doc);

  function draw({ header, ink, layer, words, attributes: given }: LostItem): void {
    const start = { layer, begun: maker.now() };
    const { client, clock } = idOf(maker.make(header, ink.endsWith(END) ? ink : ink + END, start))!;
    const id = itemId(client, clock);
    if (words !== undefined) labels.set(labelKey(id), new Y.Text(words));
    for (const [field, value] of given) give({ doc, session }, itemKey(id, field), value);
  }

  transact(() => {
    for (const item of items) draw(item);
    replayAttributes({ doc, session }, attributes);
  });
}

/** Gives once more what was given to what there is, within a transaction. */
export function replayAttributes(
  deps: Pick<ReplayDeps, "doc" | "session">,
  attributes: UnsyncedWrites["attributes"],
): void {
  for (const [key, value] of attributes) if (isWritable(deps.doc, key, value)) give(deps, key, value);
}

function give({ doc, session }: Pick<ReplayDeps, "doc" | "session">, key: string, value: Uint8Array): void {
  rootsOf(doc).attrs.set(key, stampAttribute(value, session.stamp()));
}

/** What it is about may be lost too; and what only the lost session may write, this one may not. */
function isWritable(doc: Y.Doc, key: string, value: Uint8Array): boolean {
  const path = readKey("attrs", key);
  return (
    path !== undefined &&
    path.field.writer !== "maker" &&
    needsOf(path, value).every((need) =>
      "end" in need ? need.end <= Y.getState(doc.store, need.client) : rootsOf(doc).attrs.has(need.made),
    )
  );
}
