/*
 * What a session did to a board, write by write in the order of its clocks, as far as the document still knows:
 *
 * - Every item, and every word that was typed; of ink that is still under a pen, all that there is of it.
 * - Every mark that was not emptied (document/marks.ts). Its switch is set in turns, so of all its former values
 *   it is known what they were.
 * - Of an attribute the value that stands, and when it was given. Its former values are gone: until then the item is
 *   shown as it was drawn.
 *
 * So it is not known how an item looked between two changes of the same attribute, nor what a mark had hidden that
 * was emptied: where others have taken its place, it is hidden since these, and where it was undone, it never was.
 */
import * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import type { ItemId } from "../document/board.ts";
import { itemId } from "../document/item-id.ts";
import { readKey, subjectOf } from "../document/keys.ts";
import type { Subject } from "../document/keys.ts";
import { decodeSwitch, isEmptyMark, markOf } from "../document/marks.ts";
import { ITEM_FIELDS, LAYER_FIELDS } from "../document/schema.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import { isPlacedTool } from "../reading/shown-item.ts";

/** A write that made the board another. */
export interface Deed {
  readonly client: number;
  readonly clock: number;
  /** The clock of the session's next deed: what is between them changed nothing that is known. */
  readonly end: number;
  /** By the calendar of its author; where the write itself does not say it, that of what the session did before. */
  readonly moment: number | undefined;
  /** What its author had seen of the same: Yjs puts it behind that. */
  readonly behind: Y.ID | null;
  readonly does: Does;
}

export type Does =
  | { readonly of: "item"; readonly id: ItemId }
  | { readonly of: "words"; readonly id: ItemId }
  | { readonly of: "mark"; readonly key: string; readonly value: Uint8Array }
  | { readonly of: "switch"; readonly key: string; readonly isUndone: boolean }
  | {
      readonly of: "attribute";
      readonly key: string;
      readonly subject: Subject;
      readonly value: Uint8Array;
    };

export interface DeedsDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly reader: Pick<BoardReader, "list" | "moments">;
}

/** So many writes are read between two stops. */
const AT_A_TIME = 256;

/** The deeds of a session below a clock. Stops now and then, when the document may become another. */
export function* readDeeds(
  { doc, roots, reader }: DeedsDeps,
  client: number,
  until: number,
): Generator<void, Deed[]> {
  const deeds: (Deed & { end: number })[] = [];
  const structs = doc.store.clients.get(client) ?? [];
  for (let clock = 0; clock < until;) {
    let at = Y.findIndexSS(structs, clock);
    for (let left = AT_A_TIME; left > 0 && clock < until; left--, at++) {
      const struct = structs[at]!;
      clock = struct.id.clock + struct.length;
      if (struct instanceof Y.Item) addDeeds(struct);
    }
    yield;
  }
  return deeds;

  function addDeeds(write: Y.Item): void {
    const all = doneBy(write, roots, reader);
    for (const [i, does] of all.entries()) {
      const before = deeds.at(-1);
      const clock = write.id.clock + i;
      const moment = (write.deleted ? undefined : momentOf(does)) ?? before?.moment;
      if (before) before.end = clock;
      deeds.push({ client, clock, end: until, moment, behind: write.origin, does });
    }
  }

  function momentOf(does: Does): number | undefined {
    const { moments } = reader;
    switch (does.of) {
      case "item":
        return moments.ofItem(does.id);
      case "mark":
      case "switch":
        return moments.ofMark(does.key);
      case "attribute":
        return moments.ofAttribute(does.key);
      default:
        return undefined;
    }
  }
}

/** None where it made nothing look otherwise, or nobody knows what; several where writes of one key were merged. */
function doneBy(write: Y.Item, roots: Roots, reader: DeedsDeps["reader"]): Does[] {
  const { parent, parentSub: key, content } = write;
  if (parent === roots.items) {
    const { client, clock } = write.id;
    return content instanceof Y.ContentType ? [{ of: "item", id: itemId(client, clock) }] : [];
  }
  if (parent === roots.marks && key !== null) return doneByMark(write, key, roots);
  if (parent === roots.attrs && key !== null) return doneByAttribute(write, key, roots, reader);
  const label = parent instanceof Y.Text && !write.deleted ? parent._item : null;
  if (label?.parent !== roots.labels || label.parentSub === null) return [];
  const { client, n } = readKey("labels", label.parentSub) ?? {};
  return client === undefined || n === undefined ? [] : [{ of: "words", id: itemId(client, n) }];
}

function doneByMark(write: Y.Item, key: string, { marks }: Roots): Does[] {
  const { mark, isSwitch } = markOf(key);
  const value = marks.get(mark);
  if (!(value instanceof Uint8Array) || isEmptyMark(value)) return [];
  if (!isSwitch) return write.deleted ? [] : [{ of: "mark", key, value }];
  // Backwards from the value that stands.
  let later = 0;
  for (let next = write.right; next; next = next.right) later += next.length;
  const isUndone = decodeSwitch(marks.get(key));
  return Array.from({ length: write.length }, (_, i) => {
    const isSame = (later + write.length - 1 - i) % 2 === 0;
    return { of: "switch", key, isUndone: isSame ? isUndone : !isUndone };
  });
}

function doneByAttribute(
  write: Y.Item,
  key: string,
  { attrs }: Roots,
  { list }: DeedsDeps["reader"],
): Does[] {
  const subject = subjectOf(key);
  const value = attrs.get(key);
  if (!subject || !(value instanceof Uint8Array)) return [];
  const isIt = isGivenAtOnce(subject, list) ? write.left === null : !write.deleted;
  return isIt ? [{ of: "attribute", key, subject, value }] : [];
}

/**
 * What never was without the attribute has the one that stands for as long as others are not known: a layer its
 * place, and pasted words and pictures where they are, for they are drawn at the origin.
 */
function isGivenAtOnce(subject: Subject, list: BoardReader["list"]): boolean {
  if (subject.of === "layer") return subject.field === LAYER_FIELDS.place.key;
  if (subject.of !== "item" || subject.field !== ITEM_FIELDS.matrix.key) return false;
  const drawn = list.entry(subject.id)?.stroke;
  const at = drawn && isPlacedTool(drawn.header.tool) ? drawn.points[0] : undefined;
  return at?.x === 0 && at.y === 0;
}
