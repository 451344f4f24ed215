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
import { ITEM_FIELDS } from "../document/schema.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import type { Stack } from "../reading/painting-order.ts";
import { createAttributeSight } from "./attribute-sight.ts";
import { tellWhether } from "./history.ts";
import type { Blame, Outcome, Way } from "./history.ts";
import type { Part } from "./part.ts";
import type { Seeing } from "./seeing.ts";
import type { SessionWriter } from "./session-writer.ts";

export interface AttributePartsDeps {
  readonly doc: Y.Doc;
  readonly attrs: Y.Map<unknown>;
  readonly reader: Pick<BoardReader, "cover" | "attributes" | "stacks">;
  readonly seeing: Seeing;
  readonly session: Pick<SessionWriter, "stamp">;
}

export interface AttributeParts {
  /** Writes a value, within a transaction. */
  give(key: string, value: Uint8Array): void;
  /** The same, to be taken back. */
  attribute(key: string, value: Uint8Array): Part;
}

/** What an undo or a redo wrote. */
interface PutBack {
  readonly id: Y.ID;
  readonly value: Uint8Array;
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
  function isOverruled(key: string, { id, value }: PutBack): boolean {
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

  function attribute(key: string, after: Uint8Array): Part {
    const subject = subjectOf(key) ?? { of: "page", field: "b" };
    const before = valueAt(key);
    const formerOwner = seeing.ownerOf(key);
    let isUndone = false;
    let putBack: PutBack | undefined;
    give(key, after);

    const from = (way: Way): Uint8Array => (way === "undo" ? after : before);
    const to = (way: Way): Uint8Array => (way === "undo" ? before : after);

    /** An undo that somebody overruled has not been. */
    function isNext(way: Way): boolean {
      const isOver = putBack !== undefined && isOverruled(key, putBack);
      return (way === "redo") === (isOver ? !isUndone : isUndone);
    }

    function isPossible(way: Way): boolean {
      return equalBytes(valueAt(key), from(way)) && isNext(way) && !sight.isGone(subject);
    }

    function blameOthers(way: Way, blame: Blame): void {
      sight.blame(key, subject, [before, after], blame);
      // What this was done to is not there as long as its author has taken it back.
      if (way === "redo" && formerOwner !== undefined && formerOwner !== doc.clientID) blame([formerOwner]);
    }

    function put(way: Way, blame: Blame): () => Outcome {
      if (!isPossible(way)) {
        // It may be done already: where a step is taken back once more, for what others held fast before.
        if ((way === "undo" && !isNext(way)) || equalBytes(valueAt(key), to(way))) return () => "done";
        const areOthers = tellWhether(blame, (tell) => blameOthers(way, tell));
        return () => (areOthers ? "skipped" : "done");
      }
      const isPlace = subject.of === "item" && subject.field === ITEM_FIELDS.stack.key;
      const look = isPlace ? lookAtOrder(blame) : undefined;
      give(key, to(way));
      if (way === "undo") seeing.setOwner(key, formerOwner);
      isUndone = way === "undo";
      putBack = { id: attrs._map.get(key)!.id, value: to(way) };
      return look ?? (() => "done");
    }

    return {
      isOver: () => false,
      forget: () => undefined,
      can: (way) => isPossible(way) && sight.isSeen(subject, to(way)),
      blame: blameOthers,
      undo: (blame) => put("undo", blame),
      redo: (blame) => put("redo", blame),
      revoke() {
        if (!isNext("undo") || !equalBytes(valueAt(key), after)) return;
        give(key, before);
        seeing.setOwner(key, formerOwner);
        isUndone = true;
      },
    };
  }

  return { give, attribute };
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
