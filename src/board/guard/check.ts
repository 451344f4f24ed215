import * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import type { Checking } from "./checking.ts";
import { takeInOrder } from "./order.ts";
import { lastIdOf, writesBySession, sameId, storedAt } from "./session-writes.ts";
import type { SessionWrites } from "./session-writes.ts";
import { createSchemaPaths, isSamePath } from "./schema-paths.ts";
import type { SchemaPath } from "./schema-paths.ts";
import { createPlacing, listOf, MOVED_PER_STEP } from "./placing.ts";
import type { List } from "./placing.ts";
import { createReferences } from "./references.ts";
import { Missing, Refusal } from "./refusal.ts";
import type { ScannedDeletion, ScannedStruct, ScannedUpdate } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";
import type { Size } from "./size.ts";
import { createTexts } from "./texts.ts";
import { createValues } from "./values.ts";

/**
 * - `ready`: everything it builds on is there, and it does only what its session may do.
 * - `known`: it says nothing new.
 * - `waiting`: something that it builds on is not there yet; `missing` is the first such write.
 * - `refused`: no honest session writes this.
 * - `full`: the board has no room for it.
 */
export type Verdict =
  /** `isCostly`: it makes Yjs compare far more than an honest update does. */
  | { readonly kind: "ready"; readonly size: Size; readonly isCostly: boolean }
  | { readonly kind: "known" }
  | { readonly kind: "waiting"; readonly missing: WriteId }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "full" };

/** How many steps of comparing are left; shared by all updates that are applied in one go. */
export interface Work {
  left: number;
}

export interface CheckContext {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  /** The id under which this page draws; undefined while the stored board is loaded. */
  readonly ownClient: number | undefined;
  readonly work: Work;
}

const COSTLY_STEPS = 20_000;

/** Compares an update with the document, and changes nothing but `work`. Never throws. */
export function checkUpdate(update: ScannedUpdate, context: CheckContext): Verdict {
  try {
    return createCheck(update, context).run();
  } catch (error) {
    if (error instanceof Missing) return { kind: "waiting", missing: error.id };
    const reason = error instanceof Refusal ? error.message : "it does not fit the board";
    return { kind: "refused", reason };
  }
}

function createCheck(update: ScannedUpdate, { doc, roots, ownClient, work }: CheckContext) {
  const sessions = writesBySession(update, doc.store);
  const paths = createSchemaPaths(update, sessions, roots);
  const { isStored, storedItem, scanned, pathOf, pathOfItem, pathOfParent } = paths;
  const tally = { content: 0, marks: 0 };
  const lists = new Map<ScannedStruct, List>();
  const items = listOf(roots.items);
  const checking: Checking = {
    roots,
    paths,
    tally,
    spend,
    put: (struct, list) => void lists.set(struct, list),
  };
  const references = createReferences(roots, sessions, ownClient);
  const texts = createTexts(checking);
  const values = createValues(checking, references);
  const placing = createPlacing({
    stored: (id) => (isStored(id) ? storedItem(id) : undefined),
    scanned,
    after: ({ id }) => writesFrom(id),
    spend,
  });
  /** Values that stand, and are deleted in this update. */
  const replaced: WriteId[] = [];
  let hasEntries = false;
  let steps = 0;
  let writes = 0;

  function spend(count: number): void {
    steps += count;
    work.left -= count;
    if (work.left < 0) throw new Refusal("too much to compare");
  }

  function writesFrom({ client, clock }: WriteId): number {
    const { stored } = sessions.of(client);
    return stored.length - Y.findIndexSS(stored as (Y.Item | Y.GC)[], clock);
  }

  function checkStruct(struct: ScannedStruct): void {
    const { origin, rightOrigin } = struct;
    if (origin && !isStored(origin)) scanned(origin);
    if (rightOrigin && !isStored(rightOrigin)) scanned(rightOrigin);
    const path = pathOf(struct);
    if (rightOrigin && path.in !== "words") throw new Refusal("an insertion in front of something");
    if (path.in === "items") checkEntry(struct);
    else if (path.in === "text") texts.append(struct, path.text);
    else if (path.in === "words") texts.words(struct, path);
    else values.check(struct, path);
    writes++;
  }

  /** Anybody may add strokes anywhere among the others; what it costs to find the place is limited. */
  function checkEntry(struct: ScannedStruct): void {
    if (struct.content !== "text") throw new Refusal("an item that no board has");
    hasEntries = true;
  }

  /** Yjs looks up what a write refers to even where it has the write already, and cuts it there. */
  function checkKnown({ origin, rightOrigin, parent }: ScannedStruct): void {
    for (const id of [origin, rightOrigin, parent]) {
      if (typeof id !== "object") continue;
      if (!isStored(id)) throw new Refusal("another write of one name");
      if (storedAt(sessions.of(id.client), id.clock).length > 1) spend(1 + writesFrom(id) / MOVED_PER_STEP);
    }
  }

  /** Of a write whose beginning is known: it must be what is known, and go on where that ends. */
  function checkRest(struct: ScannedStruct, { state, client }: SessionWrites): void {
    const stored = storedItem(struct);
    const path = pathOfItem(stored);
    const isCut = stored.id.clock < struct.clock;
    const origin = isCut ? { client, clock: struct.clock - 1 } : stored.origin;
    if (!sameId(struct.rightOrigin, stored.rightOrigin) || !sameId(struct.origin, origin))
      throw new Refusal("another write of one name");
    if (struct.parent !== undefined && !isSamePath(path, pathOfParent(struct.parent, struct.key)))
      throw new Refusal("another write of one name");
    const last = storedItem({ client, clock: state - 1 });
    if (last.parent !== stored.parent || last.parentSub !== stored.parentSub)
      throw new Refusal("a write that grew");
    // Only where several sessions write, something may have come in between.
    if (last.right !== null && (path.in === "marks" || path.in === "text"))
      throw new Refusal("a write that grew");
    if (!("text" in path)) {
      if (path.in === "items") throw new Refusal("a write that grew");
      values.rest(struct, path);
    } else {
      if (struct.content !== "string") throw new Refusal("a write that grew");
      texts.rest(struct, path, struct.clock + struct.length - state);
    }
    writes++;
  }

  /**
   * Only a value that was replaced is ever deleted, and Yjs deletes it with what replaces it: a
   * deletion that comes without is no news yet, and of anything else it is no honest one.
   */
  function checkDeletion({ client, clock, length }: ScannedDeletion): void {
    const session = sessions.of(client);
    const end = Math.min(clock + length, Math.max(session.state, session.end));
    if (end < clock + length) {
      if (client === ownClient) throw new Refusal("a deletion of what is yet to be written");
      if (writes > 0) throw new Missing({ client, clock: clock + length - 1 });
    }
    let at = clock;
    if (at < session.state) {
      let index = Y.findIndexSS(session.stored as (Y.Item | Y.GC)[], at);
      for (; at < end && index < session.stored.length; index++) {
        const struct = session.stored[index]!;
        if (!struct.deleted) checkReplaced(pathOfItem(struct as Y.Item), undefined, struct.id);
        at = struct.id.clock + struct.length;
      }
    }
    while (at < end) {
      const struct = scanned({ client, clock: at });
      if (struct.content !== "deleted") checkReplaced(pathOf(struct), lastIdOf(struct), struct);
      at = struct.clock + struct.length;
    }
  }

  /** `last` is undefined for a value that is in the document and stands. */
  function checkReplaced(path: SchemaPath, last: WriteId | undefined, id: WriteId): void {
    if (!("key" in path) || path.in === "labels") throw new Refusal("a deletion of ink or words");
    if (path.in !== "marks") replaced.push({ client: id.client, clock: id.clock });
    else if (!values.replacesMark(path.key, last) && (writes > 0 || id.client === ownClient))
      throw new Refusal("a deletion of what stands");
  }

  function checkOrder(): void {
    const reaches = references.whole();
    const hasPlaces = hasEntries || lists.size > 0;
    if (hasPlaces || reaches.size > 0 || sessions.writing.length > 1) {
      const nothing = (): undefined => undefined;
      const isWhole = takeInOrder(sessions, nothing, (struct) => {
        const isEntry = struct.content === "text" && struct.key === undefined;
        const list = isEntry ? items : lists.get(struct);
        if (list) placing.place(struct, sessions.of(struct.client).state, list);
      });
      // Yjs does not know what a write is about, so it is not in its order.
      const canBeSent = reaches.size === 0 || takeInOrder(sessions, (struct) => reaches.get(struct), nothing);
      if (!isWhole || !canBeSent) throw new Refusal("references in a circle");
    }
    if (replaced.some((id) => placing.isLast(id))) throw new Refusal("a deletion of what stands");
  }

  return {
    run(): Verdict {
      let newSessions = 0;
      for (const { client, section, state, end } of sessions.writing) {
        if (client === ownClient && end > state) throw new Refusal("writes in this session's name");
        if (section[0]!.clock > state) throw new Missing({ client, clock: section[0]!.clock - 1 });
        if (state === 0) newSessions++;
      }
      for (const session of sessions.writing) {
        texts.nextSession();
        for (const struct of session.section) {
          if (struct.clock >= session.state) checkStruct(struct);
          else if (struct.clock + struct.length > session.state) checkRest(struct, session);
          else checkKnown(struct);
        }
      }
      for (const deletion of update.deletions) checkDeletion(deletion);
      if (writes === 0) return { kind: "known" };
      checkOrder();
      return {
        kind: "ready",
        size: { sessions: newSessions, writes, ...tally },
        isCostly: steps > COSTLY_STEPS,
      };
    },
  };
}
