import * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import { ITEM_KINDS } from "../document/schema.ts";
import type { AttributeTable } from "./attribute-table.ts";
import { createEntryLookup } from "./entry-lookup.ts";
import type { MarkCover } from "./mark-cover.ts";
import { createMarkFollowing } from "./mark-following.ts";
import type { PendingChange } from "./pending-change.ts";
import type { SessionTable } from "./session-table.ts";
import type { Entry, StrokeList } from "./stroke-list.ts";

/** What is read of a document, to be kept in step with it. */
export interface Reading {
  readonly list: StrokeList;
  readonly cover: MarkCover;
  readonly attributes: AttributeTable;
  readonly sessions: SessionTable;
  readonly pending: PendingChange;
  isVisible(entry: Entry): boolean;
}

export interface FollowingDeps extends Reading {
  readonly doc: Y.Doc;
  readonly roots: Roots;
}

function isWholeOnly({ stroke }: Entry): boolean {
  return stroke !== undefined && ITEM_KINDS[stroke.header.tool].points > 0;
}

/** Takes each change of the document into what is read of it, until the returned function is called. */
export function followDocument(deps: FollowingDeps): () => void {
  const { doc, roots, list, attributes, sessions, pending, isVisible } = deps;
  const { items, marks, attrs, labels } = roots;
  const lookup = createEntryLookup(doc, roots, list);

  const update = (entry: Entry): void => pending.show(entry, isVisible(entry));

  /** Those that are to be beside one which comes only now are elsewhere in the order. */
  function followNeighbours(added: readonly Entry[]): void {
    const came = new Set(added.map(({ id }) => id));
    for (const id of attributes.stacked()) {
      const entry = came.has(attributes.of(id).stack?.beside ?? "") ? list.entry(id) : undefined;
      if (entry) pending.alter(entry);
    }
  }

  /** They may be on another layer now. */
  function followLayers(entries: Iterable<Entry>): void {
    for (const entry of entries) {
      const layer = attributes.layerOf(entry.id).id;
      update(entry);
      if (entry.item && entry.item.layer !== layer) pending.alter(entry);
    }
  }

  /**
   * Not as an observer of the array and all in it: with each text that grows Yjs counts the items in front of it, to
   * tell where it is. What is new with the array's change is no change of its own.
   */
  const onItems = (transaction: Y.Transaction): void => {
    if (transaction.changed.has(items)) {
      const { added, removed } = list.splice(transaction);
      for (const entry of added) {
        pending.draw(entry);
        update(entry);
      }
      followNeighbours(added);
      removed.forEach(pending.drop);
    }
    for (const text of transaction.changed.keys()) {
      const entry = text instanceof Y.Text && text._item?.parent === items ? list.grow(text) : undefined;
      if (!entry) continue;
      pending.draw(entry);
      update(entry);
      // What needs all of its text is not there before.
      if (isWholeOnly(entry)) pending.alter(entry);
      else pending.extend(entry);
    }
  };

  const onMarks = createMarkFollowing({ ...deps, lookup, update });

  const onAttributes = ({ keys }: Y.YMapEvent<unknown>): void => {
    let layersChanged = false;
    for (const key of keys.keys()) {
      const subject = attributes.set(key, attrs.get(key));
      if (subject?.of === "item") {
        const entry = list.entry(subject.id);
        if (!entry) continue;
        update(entry);
        pending.alter(entry);
      } else if (subject?.of === "layer") layersChanged = true;
      else if (subject) pending.changeSettings();
    }
    if (!layersChanged) return;
    pending.changeSettings();
    followLayers(list.entries);
  };

  /** Honest sessions name a slot before they draw there: then none of their items is concerned. */
  const onSessions = ({ keys }: Y.YMapEvent<unknown>): void => {
    const clients = new Set<number>();
    for (const key of keys.keys()) {
      const record = sessions.set(key, roots.sessions.get(key));
      if (record?.of === "layer") clients.add(record.client);
    }
    if (clients.size > 0) followLayers(list.entries.filter(({ client }) => clients.has(client)));
  };

  const onLabels = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const { target, keys } of events) {
      const made = target === labels ? [...keys.keys()] : [target._item?.parentSub ?? ""];
      for (const key of made) {
        const entry = lookup.ofLabel(key);
        if (entry) pending.alter(entry);
      }
    }
  };

  marks.observe(onMarks);
  attrs.observe(onAttributes);
  roots.sessions.observe(onSessions);
  labels.observeDeep(onLabels);
  doc.on("afterTransaction", onItems);
  return () => {
    marks.unobserve(onMarks);
    attrs.unobserve(onAttributes);
    roots.sessions.unobserve(onSessions);
    labels.unobserveDeep(onLabels);
    doc.off("afterTransaction", onItems);
  };
}
