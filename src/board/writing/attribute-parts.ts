/*
 * Attributes as parts of a step. A value is put back where the present one is that which the step left, whoever
 * wrote it: a contact's undo puts back what was there before, and that may be this person's doing again.
 */
import type * as Y from "yjs";
import { getItem } from "yjs";
import { equalBytes } from "../../base/bytes.ts";
import { splitAttribute, stampAttribute } from "../document/attribute-stamps.ts";
import { NO_VALUE } from "../document/attributes.ts";
import { itemKey, subjectOf } from "../document/keys.ts";
import type { Subject } from "../document/keys.ts";
import { ITEM_FIELDS } from "../document/schema.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import type { Stack } from "../reading/painting-order.ts";
import { createAttributeSight } from "./attribute-sight.ts";
import { tellWhether } from "./outcome.ts";
import type { Blame, Outcome, Way } from "./outcome.ts";
import type { AttributePart, PartActions } from "./part.ts";
import type { Seeing } from "./seeing.ts";
import type { SessionWriter } from "./session-writer.ts";

export interface AttributePartsDeps {
  readonly doc: Y.Doc;
  readonly attrs: Y.Map<unknown>;
  readonly reader: Pick<BoardReader, "cover" | "attributes" | "stacks">;
  readonly seeing: Seeing;
  readonly session: Pick<SessionWriter, "stamp">;
}

export interface AttributeParts extends PartActions<AttributePart> {
  /** Writes a value, within a transaction. */
  give(key: string, value: Uint8Array): void;
  /** The same, to be taken back. */
  write(key: string, value: Uint8Array): AttributePart;
}

export function createAttributeParts(deps: AttributePartsDeps): AttributeParts {
  const { doc, attrs, reader, seeing, session } = deps;
  const { attributes, cover, stacks } = reader;
  const sight = createAttributeSight({ attributes, cover, seeing, valueAt });
  const isOtherOrder = createOrderCheck();

  function give(key: string, value: Uint8Array): void {
    attrs.set(key, stampAttribute(value, session.stamp()));
  }

  function valueAt(key: string): Uint8Array {
    const value = attrs.get(key);
    return value instanceof Uint8Array ? splitAttribute(key, value).value : NO_VALUE;
  }

  /** Somebody else wrote another value, without knowing of this one, and theirs counts. */
  function isOverruled({ key, putBack }: AttributePart): boolean {
    if (!putBack) return false;
    const { id, value } = putBack;
    let now: Y.ID | null | undefined = attrs._map.get(key)?.id;
    while (now) {
      const item: Y.Item | Y.GC = getItem(doc.store, now);
      // Values that were replaced are merged where one session wrote them one after another.
      if (item.id.client === id.client && item.id.clock <= id.clock && id.clock <= now.clock) return false;
      now = "origin" in item ? item.origin : null;
    }
    return !equalBytes(valueAt(key), value);
  }

  /** What came of a place in the order that was given back: where others were moved too it may change nothing. */
  function lookAtOrder(blame: Blame): () => Outcome {
    const before = stacks();
    return () => {
      if (isOtherOrder(before, stacks())) return "done";
      const ids = before.flatMap((stack) => stack.map(({ id }) => id));
      for (const id of ids) seeing.blameOwner(itemKey(id, ITEM_FIELDS.stack.key), blame);
      return "shared";
    };
  }

  const from = ({ before, after }: AttributePart, way: Way): Uint8Array => (way === "undo" ? after : before);
  const to = ({ before, after }: AttributePart, way: Way): Uint8Array => (way === "undo" ? before : after);

  /** An undo that somebody overruled has not been. */
  function isNext(part: AttributePart, way: Way): boolean {
    return (way === "redo") === (isOverruled(part) ? !part.isUndone : part.isUndone);
  }

  function isPossible(part: AttributePart, way: Way): boolean {
    const { key } = part;
    return equalBytes(valueAt(key), from(part, way)) && isNext(part, way) && !sight.isGone(subjectAt(key));
  }

  function blameOthers(part: AttributePart, way: Way, blame: Blame): void {
    const { key, before, after, formerOwner } = part;
    sight.blame(key, subjectAt(key), [before, after], blame);
    // What this was done to is not there as long as its author has taken it back.
    if (way === "redo" && formerOwner !== undefined && formerOwner !== doc.clientID) blame([formerOwner]);
  }

  function put(part: AttributePart, way: Way, blame: Blame): () => Outcome {
    const { key, formerOwner } = part;
    const value = to(part, way);
    if (!isPossible(part, way)) {
      // It may be done already: where a step is taken back once more, for what others held fast before.
      if ((way === "undo" && !isNext(part, way)) || equalBytes(valueAt(key), value)) return () => "done";
      const areOthers = tellWhether(blame, (tell) => blameOthers(part, way, tell));
      return () => (areOthers ? "skipped" : "done");
    }
    const subject = subjectAt(key);
    const isPlace = subject.of === "item" && subject.field === ITEM_FIELDS.stack.key;
    const look = isPlace ? lookAtOrder(blame) : undefined;
    give(key, value);
    if (way === "undo") seeing.setOwner(key, formerOwner);
    part.isUndone = way === "undo";
    const { client, clock } = attrs._map.get(key)!.id;
    part.putBack = { id: { client, clock }, value };
    return look ?? (() => "done");
  }

  return {
    give,
    write(key, after) {
      const before = valueAt(key);
      const formerOwner = seeing.ownerOf(key);
      give(key, after);
      return { kind: "attribute", key, before, after, formerOwner, isUndone: false, putBack: undefined };
    },
    isOver: () => false,
    forget: () => undefined,
    can: (part, way) => isPossible(part, way) && sight.isSeen(subjectAt(part.key), to(part, way)),
    blame: blameOthers,
    undo: (part, blame) => put(part, "undo", blame),
    redo: (part, blame) => put(part, "redo", blame),
    revoke(part) {
      const { key, before, after, formerOwner } = part;
      if (!isNext(part, "undo") || !equalBytes(valueAt(key), after)) return;
      give(key, before);
      seeing.setOwner(key, formerOwner);
      part.isUndone = true;
    },
  };
}

/** What an attribute is of. */
function subjectAt(key: string): Subject {
  return subjectOf(key) ?? { of: "page", field: "b" };
}

/** Whether two orders differ; those of one step are compared once. */
function createOrderCheck(): (before: readonly Stack[], after: readonly Stack[]) => boolean {
  let known: { readonly before: unknown; readonly after: unknown; readonly isOther: boolean } | undefined;
  return (before, after) => {
    if (known?.before !== before || known.after !== after) {
      known = { before, after, isOther: orderOf(before) !== orderOf(after) };
    }
    return known.isOther;
  };
}

function orderOf(stacks: readonly Stack[]): string {
  return stacks.map((stack) => stack.map(({ id }) => id).join()).join(";");
}
