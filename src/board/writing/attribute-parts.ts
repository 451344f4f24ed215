import type * as Y from "yjs";
import { equalBytes } from "../../base/bytes.ts";
import { splitAttribute, stampAttribute } from "../document/attribute-stamps.ts";
import { NO_VALUE } from "../document/attributes.ts";
import { writeOf } from "../document/item-id.ts";
import { subjectOf } from "../document/keys.ts";
import { inRanges } from "../document/marks.ts";
import type { WriteId } from "../document/write-id.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import type { Blame, Outcome } from "./history.ts";
import type { Part } from "./part.ts";
import type { Ranges } from "./ranges.ts";
import type { SessionWriter } from "./session-writer.ts";

export interface AttributePartsDeps {
  readonly doc: Y.Doc;
  readonly attrs: Y.Map<unknown>;
  readonly cover: Pick<MarkCover, "hides">;
  readonly session: Pick<SessionWriter, "stamp">;
  /** Tells which other sessions hide an item. */
  blameFor(item: WriteId, blame: Blame): void;
}

/** Gives an attribute a value, within a transaction. `made`: what the same step made. */
export type AttributeParts = (key: string, value: Uint8Array, made: readonly Ranges[]) => Part;

export function createAttributeParts({
  doc,
  attrs,
  cover,
  session,
  blameFor,
}: AttributePartsDeps): AttributeParts {
  function setAttribute(key: string, value: Uint8Array): void {
    attrs.set(key, stampAttribute(value, session.stamp()));
  }

  /** As it stands, without its stamp. */
  function attributeAt(key: string): Uint8Array {
    const value = attrs.get(key);
    return value instanceof Uint8Array ? splitAttribute(key, value).value : NO_VALUE;
  }

  function partOf(key: string, before: Uint8Array, after: Uint8Array, isGone: () => boolean): Part {
    const put = (expected: Uint8Array, value: Uint8Array, blame: Blame): (() => Outcome) => {
      const writer = attrs._map.get(key)?.id.client;
      // Only where the present value is the one that this step left: a contact's is not taken back,
      // nor is one that this session put back for a contact.
      const isMine = writer === doc.clientID && equalBytes(attributeAt(key), expected) && !isGone();
      if (isMine) setAttribute(key, value);
      else if (writer !== undefined && writer !== doc.clientID) blame([writer]);
      else blameForSubject(key, blame);
      return () => (isMine ? "done" : "skipped");
    };
    return {
      undo: (blame) => put(after, before, blame),
      redo: (blame) => put(before, after, blame),
    };
  }

  /** Whether somebody else has hidden the item that an attribute is of: what this session did later is taken back by now. */
  function isOfHidden(key: string, made: readonly Ranges[]): boolean {
    const subject = subjectOf(key);
    if (subject?.of !== "item") return false;
    const { client, clock } = writeOf(subject.id);
    // What the same step made is hidden and shown with it.
    return !made.some((ranges) => inRanges(ranges.get(client), clock)) && cover.hides(client, clock);
  }

  function blameForSubject(key: string, blame: Blame): void {
    const subject = subjectOf(key);
    if (subject?.of === "item") blameFor(writeOf(subject.id), blame);
  }

  return (key, value, made) => {
    const before = attributeAt(key);
    setAttribute(key, value);
    return partOf(key, before, value, () => isOfHidden(key, made));
  };
}
