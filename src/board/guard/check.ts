import * as Y from "yjs";
import { MAX_STROKE_CHARS } from "../../ink/stroke.ts";
import type { Roots } from "../document.ts";
import { reachOf } from "../mark-reach.ts";
import { decodeMark } from "../marks.ts";
import { takeInOrder } from "./order.ts";
import { partiesOf, sameId } from "./parties.ts";
import type { Party } from "./parties.ts";
import { createPlaces, isSamePlace } from "./places.ts";
import type { Place } from "./places.ts";
import { createPlacing } from "./placing.ts";
import { Missing, Refusal } from "./refusal.ts";
import type { ScannedDeletion, ScannedStruct, ScannedUpdate, WriteId } from "./scan.ts";
import type { Size } from "./size.ts";

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
/** `session.n` of marks.ts, each number in its one spelling, and `.u` where it is the mark's switch. */
const MARK_KEY = /^(0|[1-9a-z][0-9a-z]{0,6})\.(?:0|[1-9a-z][0-9a-z]{0,9})(\.u)?$/;

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
  const parties = partiesOf(update, doc.store);
  const { isStored, storedItem, scanned, placeOf, placeOfItem, placeOfParent, textOf } = createPlaces(
    update,
    parties,
    roots,
  );
  /** What this update adds to the current session's texts: by the text's clock, its end and its length. */
  let texts = new Map<number, { end: number; length: number }>();
  /** The last value that this update gives a key. */
  const values = { marks: new Map<string, WriteId>(), meta: new Map<string, WriteId>() };
  const spokenFor = new Set<number>();
  /** What the marks of this update hide of what comes with them. */
  const reaches = new Map<ScannedStruct, readonly WriteId[]>();
  const placing = createPlacing({
    items: roots.items,
    stored: (id) => (isStored(id) ? storedItem(id) : undefined),
    spend,
  });
  let hasEntries = false;
  let steps = 0;
  let content = 0;
  let marks = 0;
  let writes = 0;

  function spend(count: number): void {
    steps += count;
    work.left -= count;
    if (work.left < 0) throw new Refusal("too much to compare");
  }

  function checkStruct(struct: ScannedStruct): void {
    if (struct.rightOrigin) throw new Refusal("an insertion in front of something");
    if (struct.origin && !isStored(struct.origin)) scanned(struct.origin);
    const place = placeOf(struct);
    if (place.in === "items") checkEntry(struct);
    else if (place.in === "text") checkAppend(struct, place.text);
    else if (place.in === "marks") checkMark(struct, place.key);
    else checkSetting(struct, place.key);
    writes++;
  }

  /** Anybody may add strokes anywhere among the others; what it costs to find the place is limited. */
  function checkEntry(struct: ScannedStruct): void {
    if (struct.content !== "text") throw new Refusal("an item that no board has");
    hasEntries = true;
  }

  /** Only the session that made a stroke adds to it, and only at its end. */
  function checkAppend(struct: ScannedStruct, text: WriteId): void {
    if (struct.content !== "string") throw new Refusal("a stroke holds characters only");
    if (struct.client !== text.client) throw new Refusal("ink in another session's stroke");
    const grown = texts.get(text.clock);
    let before = grown?.length ?? 0;
    let isEnd: boolean;
    if (grown) {
      isEnd = struct.origin?.client === struct.client && struct.origin.clock === grown.end;
    } else if (isStored(text)) {
      const type = textOf(text);
      before = type.length;
      isEnd = struct.origin ? isEndOf(type, struct.origin) : type._start === null;
    } else {
      isEnd = struct.origin === undefined;
    }
    if (!isEnd) throw new Refusal("ink that is not at the end of its stroke");
    grow(struct, text, before, struct.length);
  }

  function isEndOf(type: Y.Text, id: WriteId): boolean {
    if (!isStored(id)) return false;
    const item = storedItem(id);
    return item.parent === type && item.right === null && id.clock === item.id.clock + item.length - 1;
  }

  function grow(struct: ScannedStruct, text: WriteId, before: number, added: number): void {
    if (before + added > MAX_STROKE_CHARS) throw new Refusal("a stroke that does not end");
    texts.set(text.clock, { end: struct.clock + struct.length - 1, length: before + added });
    content += added;
  }

  /** A mark is set once, its switch as often as its session likes, each time after the last. */
  function checkMark(struct: ScannedStruct, key: string): void {
    const [, owner, suffix] = MARK_KEY.exec(key) ?? [];
    if (owner === undefined || Number.parseInt(owner, 36) !== struct.client)
      throw new Refusal("a mark of another session");
    const last = values.marks.get(key) ?? lastValue(roots.marks, key)?.lastId;
    if (!sameId(struct.origin, last)) throw new Refusal("a mark that was not last");
    if (suffix === undefined) {
      if (!struct.value || last) throw new Refusal("not a mark");
      checkReach(struct, struct.value);
      content += struct.value.length;
      marks += struct.value.length;
    } else if (struct.content !== "boolean" && struct.content !== "deleted") {
      throw new Refusal("not a mark's switch");
    }
    values.marks.set(key, lastIdOf(struct));
  }

  /** A mark hides what its session saw, never what is yet to be drawn. */
  function checkReach(struct: ScannedStruct, value: Uint8Array): void {
    const mark = decodeMark(value);
    const reach: WriteId[] = [];
    for (const [client, end] of mark ? reachOf(mark) : []) {
      const party = parties.of(client);
      if (end <= party.state) continue;
      if (client === ownClient || (client === struct.client && end > struct.clock))
        throw new Refusal("a mark on ink that is yet to be drawn");
      if (end > party.end) throw new Missing({ client, clock: end - 1 });
      reach.push({ client, clock: end - 1 });
    }
    if (reach.length > 0) reaches.set(struct, reach);
  }

  /** `format`, written by whoever finds none; each session at most once. */
  function checkSetting(struct: ScannedStruct, key: string): void {
    const { client } = struct;
    if (key !== "format") throw new Refusal("an unknown setting");
    if ((struct.content !== "integer" && struct.content !== "deleted") || struct.length !== 1)
      throw new Refusal("not a version");
    let isFirst = !spokenFor.has(client);
    let passed = spokenFor.size;
    for (let value = lastValue(roots.meta, key); value; value = value.left) {
      if (value.id.client === client) isFirst = false;
      passed++;
    }
    spend(passed);
    if (!isFirst) throw new Refusal("a version said twice");
    spokenFor.add(client);
    values.meta.set(key, struct);
  }

  /** Yjs looks up what a write refers to even where it has the write already. */
  function checkKnown({ origin, rightOrigin, parent }: ScannedStruct): void {
    for (const id of [origin, rightOrigin, parent]) {
      if (typeof id === "object" && !isStored(id)) throw new Refusal("another write of one name");
    }
  }

  /** Of a write whose beginning is known: it must be what is known, and go on where that ends. */
  function checkRest(struct: ScannedStruct, { state, client }: Party): void {
    const stored = storedItem(struct);
    const place = placeOfItem(stored);
    const isCut = stored.id.clock < struct.clock;
    const origin = isCut ? { client, clock: struct.clock - 1 } : stored.origin;
    if (struct.rightOrigin || !sameId(struct.origin, origin)) throw new Refusal("another write of one name");
    if (!origin && !isSamePlace(place, placeOfParent(struct.parent!, struct.key)))
      throw new Refusal("another write of one name");
    const last = storedItem({ client, clock: state - 1 });
    if (last.right !== null || last.parent !== stored.parent || last.parentSub !== stored.parentSub)
      throw new Refusal("a write that grew");
    if (place.in === "text" && struct.content === "string") {
      grow(struct, place.text, textOf(place.text).length, struct.clock + struct.length - state);
    } else if (place.in === "marks" && struct.content === "deleted" && last.deleted) {
      values.marks.set(place.key, lastIdOf(struct));
    } else {
      throw new Refusal("a write that grew");
    }
    writes++;
  }

  /**
   * Only a value that was replaced is ever deleted, and Yjs deletes it with what replaces it: a
   * deletion that comes without is no news yet, and of anything else it is no honest one.
   */
  function checkDeletion({ client, clock, length }: ScannedDeletion): void {
    const party = parties.of(client);
    const end = Math.min(clock + length, Math.max(party.state, party.end));
    if (end < clock + length) {
      if (client === ownClient) throw new Refusal("a deletion of what is yet to be written");
      if (writes > 0) throw new Missing({ client, clock: clock + length - 1 });
    }
    let at = clock;
    if (at < party.state) {
      let index = Y.findIndexSS(party.stored as (Y.Item | Y.GC)[], at);
      for (; at < end && index < party.stored.length; index++) {
        const struct = party.stored[index]!;
        if (!struct.deleted) checkReplaced(placeOfItem(struct as Y.Item), undefined, client);
        at = struct.id.clock + struct.length;
      }
    }
    while (at < end) {
      const struct = scanned({ client, clock: at });
      if (struct.content !== "deleted") checkReplaced(placeOf(struct), lastIdOf(struct), client);
      at = struct.clock + struct.length;
    }
  }

  /** `id` is undefined for a value that is in the document and stands. */
  function checkReplaced(place: Place, id: WriteId | undefined, client: number): void {
    if (place.in === "items" || place.in === "text") throw new Refusal("a deletion of ink");
    const last = values[place.in].get(place.key);
    if (last && !(id && sameId(last, id))) return;
    if (writes > 0 || (place.in === "marks" && client === ownClient))
      throw new Refusal("a deletion of what stands");
  }

  function checkOrder(): void {
    if (!hasEntries && reaches.size === 0 && parties.writing.length === 1) return;
    const nothing = (): undefined => undefined;
    const isWhole = takeInOrder(parties, nothing, (struct) => {
      if (struct.content === "text") placing.place(struct);
    });
    // Yjs does not know what a mark refers to, so it is not in its order.
    const canBeSent = reaches.size === 0 || takeInOrder(parties, (struct) => reaches.get(struct), nothing);
    if (!isWhole || !canBeSent) throw new Refusal("references in a circle");
  }

  return {
    run(): Verdict {
      let sessions = 0;
      for (const { client, section, state, end } of parties.writing) {
        if (client === ownClient && end > state) throw new Refusal("writes in this session's name");
        if (section[0]!.clock > state) throw new Missing({ client, clock: section[0]!.clock - 1 });
        if (state === 0) sessions++;
      }
      for (const party of parties.writing) {
        texts = new Map();
        for (const struct of party.section) {
          if (struct.clock >= party.state) checkStruct(struct);
          else if (struct.clock + struct.length > party.state) checkRest(struct, party);
          else checkKnown(struct);
        }
      }
      for (const deletion of update.deletions) checkDeletion(deletion);
      if (writes === 0) return { kind: "known" };
      checkOrder();
      return { kind: "ready", size: { sessions, writes, content, marks }, isCostly: steps > COSTLY_STEPS };
    },
  };
}

function lastValue(map: Y.Map<unknown>, key: string): Y.Item | null {
  return map._map.get(key) ?? null;
}

function lastIdOf({ client, clock, length }: ScannedStruct): WriteId {
  return { client, clock: clock + length - 1 };
}
