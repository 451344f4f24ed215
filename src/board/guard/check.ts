import type * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import { TEXTS } from "../document/schema.ts";
import type { DocumentKind } from "../document/schema-rows.ts";
import { LIMITS } from "../document/limits.ts";
import type { Resource } from "../document/limits.ts";
import type { Size } from "../document/size.ts";
import type { StateVector } from "../document/state.ts";
import type { WriteId } from "../document/write-id.ts";
import type { Checking } from "./checking.ts";
import { createDeletions } from "./deletions.ts";
import { createKnownWrites } from "./known-writes.ts";
import { takeInOrder } from "./order.ts";
import { listOf } from "./entries.ts";
import type { List } from "./entries.ts";
import { createPlacing } from "./placing.ts";
import { createReferences } from "./references.ts";
import { Missing, NoRoom, NoTime, Refusal, TooMuch } from "./refusal.ts";
import type { ScannedStruct, ScannedUpdate } from "./scan.ts";
import { createSchemaPaths } from "./schema-paths.ts";
import { storedFrom, writesBySession } from "./session-writes.ts";
import type { WritesBySession } from "./session-writes.ts";
import { createTexts } from "./texts.ts";
import { createValues } from "./values.ts";

/**
 * - `ready`: everything it builds on is there, and it does only what its session may do.
 * - `known`: it says nothing new.
 * - `waiting`: something that it builds on is not there yet; `missing` is the first such write.
 * - `refused`: no honest session writes this.
 * - `full`: the board has no room for it; `of`: what of it is too much, where that may get less.
 * - `later`: it could be taken in, but not at the same time as what was taken in already.
 * - `divide`: it may be taken in as two updates, each in a task of its own: what is below the clocks `at`, which
 *   does not build on the rest, and the rest.
 */
export type Verdict =
  /** `isCostly`: it makes Yjs compare far more than an honest update does. */
  | { readonly kind: "ready"; readonly size: Size; readonly isCostly: boolean }
  | { readonly kind: "known" }
  | { readonly kind: "waiting"; readonly missing: WriteId }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "full"; readonly of: Resource | undefined }
  /** `for`: what of it was too much, to compare or of marks. */
  | { readonly kind: "later"; readonly for: "steps" | "marks" }
  | { readonly kind: "divide"; readonly at: StateVector };

/** What all updates that are applied in one go have in common. */
export interface Work {
  /** How many steps of comparing are left. */
  left: number;
  /** How many were made. */
  made: number;
  /** How many bytes of marks stand or fall so far. */
  switched: number;
}

export interface CheckContext {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly holds: DocumentKind;
  /** The id under which this page draws; undefined while the stored board is loaded. */
  readonly ownClient: number | undefined;
  readonly work: Work;
  /** It comes from a contact, and not from storage. */
  readonly isForeign: boolean;
  /** What is too much for one task may be `later` or `divide`. */
  readonly mayWait: boolean;
  /** How many layers, or pages, were ever made. */
  madeCount(): number;
}

/** Of what is made with an entry of its own in `attrs`. */
const MOST_MADE = { page: LIMITS.layers, index: LIMITS.pages } as const;

const COSTLY_STEPS = 20_000;
/** So much is compared in one task, but for a single write, which may make more. */
const TASK_STEPS = 25_000;

/** Compares an update with the document, and changes nothing but `work`. Never throws. */
export function checkUpdate(update: ScannedUpdate, context: CheckContext): Verdict {
  try {
    return createCheck(update, context).run();
  } catch (error) {
    if (error instanceof Missing) return { kind: "waiting", missing: error.id };
    if (error instanceof NoRoom) return { kind: "full", of: undefined };
    if (error instanceof NoTime) return { kind: "later", for: "steps" };
    const reason = error instanceof Refusal ? error.message : "it does not fit the board";
    return { kind: "refused", reason };
  }
}

/** Counts what an update makes the guard and Yjs compare. */
function createCounter({ work, mayWait }: CheckContext) {
  let steps = 0;
  let placed = 0;
  return {
    steps: () => steps,
    /** From now on the places of so many writes are looked for: what is too much then can be divided. */
    placing(writes: number): void {
      placed = writes;
    },
    /** Throws NoTime, TooMuch and Refusal. */
    spend(count: number): void {
      steps += count;
      work.made += count;
      work.left -= count;
      if (mayWait && work.made > TASK_STEPS) {
        if (work.made > steps) throw new NoTime();
        if (placed > 1) throw new TooMuch();
      }
      if (work.left < 0) throw new Refusal("too much to compare");
    },
  };
}

/** In the middle of its writes, in an order in which others can get them. */
function middleOf(
  sessions: WritesBySession,
  about: ReadonlyMap<ScannedStruct, readonly WriteId[]>,
  writes: number,
): StateVector {
  const ends = new Map<number, number>();
  let left = writes >> 1;
  const isWhole = takeInOrder(
    sessions,
    (struct) => about.get(struct),
    ({ client, clock, length }) => {
      if (left-- > 0) ends.set(client, clock + length);
    },
  );
  if (!isWhole) throw new Refusal("references in a circle");
  return ends;
}

function maySwitch(work: Work, switched: number): boolean {
  const most = LIMITS.switchedBytes.takes;
  if (switched > most) throw new Refusal("too many marks that stand or fall at once");
  if (work.switched + switched > most) return false;
  work.switched += switched;
  return true;
}

function createCheck(update: ScannedUpdate, context: CheckContext) {
  const { doc, roots, holds, ownClient, work, isForeign } = context;
  const counter = createCounter(context);
  const { spend } = counter;
  const sessions = writesBySession(update, doc.store);
  const paths = createSchemaPaths(update, sessions, roots);
  const { isStored, storedItem, scanned, pathOf } = paths;
  const tally = { content: 0, marks: 0, switched: 0 };
  const lists = new Map<ScannedStruct, List>();
  const items = listOf(roots.items);
  const checking: Checking = {
    roots,
    holds,
    sessions,
    paths,
    tally,
    isForeign,
    spend,
    put: (struct, list) => void lists.set(struct, list),
  };
  const references = createReferences({
    roots,
    sessions,
    ownClient,
    madeCount: context.madeCount,
    maxMade: isForeign ? MOST_MADE[holds].takes : Infinity,
  });
  const texts = createTexts(checking);
  const values = createValues(checking, references);
  const placing = createPlacing({
    stored: (id) => (isStored(id) ? storedItem(id) : undefined),
    scanned,
    after: ({ id: { client, clock } }) => storedFrom(sessions.of(client), clock),
    spend,
  });
  const known = createKnownWrites(checking, texts, values);
  const deletions = createDeletions(checking, values, ownClient);
  let hasEntries = false;
  let writes = 0;

  function checkStruct(struct: ScannedStruct): void {
    const { origin, rightOrigin } = struct;
    if (origin && !isStored(origin)) scanned(origin);
    if (rightOrigin && !isStored(rightOrigin)) scanned(rightOrigin);
    const path = pathOf(struct);
    if (holds === "index" && !("key" in path)) throw new Refusal("ink or words in the index");
    if (rightOrigin && !("text" in path && TEXTS[path.in].writer === "anybody"))
      throw new Refusal("an insertion in front of something");
    if (path.in === "items") checkEntry(struct);
    else if ("text" in path) texts.check(struct, path);
    else values.check(struct, path);
  }

  /** Anybody may add strokes anywhere among the others; what it costs to find the place is limited. */
  function checkEntry(struct: ScannedStruct): void {
    if (struct.content !== "text") throw new Refusal("an item that no board has");
    hasEntries = true;
  }

  function checkOrder(): void {
    const about = references.whole();
    const hasPlaces = hasEntries || lists.size > 0;
    if (hasPlaces || about.size > 0 || sessions.writing.length > 1) {
      const nothing = (): undefined => undefined;
      counter.placing(writes);
      const isWhole = takeInOrder(sessions, nothing, (struct) => {
        const isEntry = struct.content === "text" && struct.key === undefined;
        const list = isEntry ? items : lists.get(struct);
        if (list) placing.place(struct, sessions.of(struct.client).state, list);
      });
      // Yjs does not know what a write is about, so it is not in its order.
      const canBeSent = about.size === 0 || takeInOrder(sessions, (struct) => about.get(struct), nothing);
      if (!isWhole || !canBeSent) throw new Refusal("references in a circle");
    }
    if (deletions.replaced.some((id) => placing.isLast(id))) throw new Refusal("a deletion of what stands");
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
          if (struct.clock + struct.length <= session.state) {
            known.whole(struct);
            continue;
          }
          if (struct.clock < session.state) known.beginning(struct, session);
          else checkStruct(struct);
          writes++;
        }
      }
      for (const deletion of update.deletions) deletions.check(deletion, writes > 0);
      if (writes === 0) return { kind: "known" };
      try {
        checkOrder();
      } catch (error) {
        if (error instanceof TooMuch)
          return { kind: "divide", at: middleOf(sessions, references.whole(), writes) };
        throw error;
      }
      if (isForeign && !maySwitch(work, tally.switched)) return { kind: "later", for: "marks" };
      const { content, marks } = tally;
      return {
        kind: "ready",
        size: { sessions: newSessions, writes, content, marks, standingMarks: marks },
        isCostly: counter.steps() > COSTLY_STEPS,
      };
    },
  };
}
