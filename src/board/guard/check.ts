import * as Y from "yjs";
import { markOf } from "../marks.ts";
import type { ScannedDeletion, ScannedStruct, ScannedUpdate, WriteId } from "./scan.ts";

/**
 * - `ready`: everything it builds on is there, and it does only what its session may do.
 * - `known`: it says nothing new.
 * - `waiting`: something it builds on is missing.
 * - `refused`: no honest session writes this.
 */
export type Verdict =
  | { readonly kind: "ready" | "known" | "waiting" }
  | { readonly kind: "refused"; readonly reason: string };

/** What the guard knows of the document beyond Yjs's own store. */
export interface CheckContext {
  readonly doc: Y.Doc;
  /** The id under which this page draws; undefined while the stored board is loaded. */
  readonly ownClient: number | undefined;
  /** The newest entry of `items` that a session made, in the document. */
  lastPush(client: number): Y.Item | undefined;
}

/** Where in the schema a write belongs. */
type Place =
  | { readonly in: "items" }
  | { readonly in: "text"; readonly text: WriteId }
  | { readonly in: "marks" | "meta"; readonly key: string };

/** Steps to the right through `items` that one update may cost; honest ones are inserted near its end. */
const MAX_STEPS = 500_000;

class Refusal extends Error {}
class Missing extends Error {}

/** Compares an update with the document, and changes nothing. Never throws. */
export function checkUpdate(update: ScannedUpdate, context: CheckContext): Verdict {
  try {
    return createCheck(update, context).run();
  } catch (error) {
    if (error instanceof Missing) return { kind: "waiting" };
    return {
      kind: "refused",
      reason: error instanceof Refusal ? error.message : "it does not fit the board",
    };
  }
}

function createCheck(update: ScannedUpdate, { doc, ownClient, lastPush }: CheckContext) {
  const { store } = doc;
  const sections = sectionsOf(update.structs);
  /** Places of writes of this update, found once. */
  const places = new Map<ScannedStruct, Place>();
  /** The last character that this update adds to a text, and the last value under a key. */
  const textEnds = new Map<string, WriteId>();
  const pushes = new Map<number, WriteId>();
  const pushOrigins = new Set<string>();
  let steps = 0;

  function stateOf(client: number): number {
    return Y.getState(store, client);
  }

  function isStored({ client, clock }: WriteId): boolean {
    return clock < stateOf(client);
  }

  function storedItem(id: WriteId): Y.Item {
    const item = Y.getItem(store, Y.createID(id.client, id.clock));
    // Garbage has no place any more: nothing can be inserted beside it.
    if (!(item instanceof Y.Item)) throw new Refusal("a reference to what is gone");
    return item;
  }

  function scanned(id: WriteId): ScannedStruct {
    const found = findIn(sections.get(id.client), id.clock);
    if (!found) throw new Missing();
    return found;
  }

  function placeOfId(id: WriteId): Place {
    return isStored(id) ? placeOfItem(storedItem(id)) : placeOf(scanned(id));
  }

  function placeOfItem(item: Y.Item): Place {
    const { parent, parentSub } = item;
    const roots = doc.share;
    if (parent === roots.get("items") && parentSub === null) return { in: "items" };
    if (parent === roots.get("marks") && parentSub !== null) return { in: "marks", key: parentSub };
    if (parent === roots.get("meta") && parentSub !== null) return { in: "meta", key: parentSub };
    if (parent instanceof Y.Text && parent._item && parentSub === null)
      return { in: "text", text: parent._item.id };
    throw new Refusal("a place that no board has");
  }

  /** Follows the origins to a write that says where it is; a chain, so no recursion. */
  function placeOf(struct: ScannedStruct): Place {
    const chain: ScannedStruct[] = [];
    let place: Place | undefined;
    for (let at = struct; !place;) {
      place = places.get(at);
      if (place) break;
      chain.push(at);
      if (chain.length > update.structs.length) throw new Refusal("references in a circle");
      if (at.parent !== undefined) {
        place = placeOfParent(at.parent, at.key);
        break;
      }
      const beside = at.origin ?? at.rightOrigin!;
      if (isStored(beside)) place = placeOfItem(storedItem(beside));
      else at = scanned(beside);
    }
    for (const each of chain) places.set(each, place);
    return place;
  }

  function placeOfParent(parent: string | WriteId, key: string | undefined): Place {
    if (parent === "items" && key === undefined) return { in: "items" };
    if ((parent === "marks" || parent === "meta") && key !== undefined) return { in: parent, key };
    if (typeof parent === "string" || key !== undefined) throw new Refusal("a place that no board has");
    const isText = isStored(parent)
      ? storedItem(parent).content instanceof Y.ContentType
      : scanned(parent).content === "text" && scanned(parent).clock === parent.clock;
    if (!isText) throw new Refusal("a parent that holds nothing");
    return { in: "text", text: parent };
  }

  function checkStruct(struct: ScannedStruct): void {
    for (const id of [struct.origin, struct.rightOrigin]) {
      if (id && !isStored(id)) scanned(id);
    }
    const place = placeOf(struct);
    if (struct.rightOrigin) throw new Refusal("an insertion in front of something");
    if (place.in === "items") checkPush(struct);
    else if (place.in === "text") checkAppend(struct, place.text);
    else checkValue(struct, place.in, place.key);
  }

  /** A session adds to the end of what it sees: never again before, nor beside, what it added last. */
  function checkPush(struct: ScannedStruct): void {
    if (struct.content !== "text") throw new Refusal("an item that no board has");
    const { client, origin } = struct;
    const inUpdate = pushes.get(client);
    const stored = lastPush(client);
    const last = inUpdate ?? stored?.id;
    pushes.set(client, struct);
    if (origin && last && sameId(origin, last)) return;
    const originKey = `${client} ${origin ? idText(origin) : ""}`;
    if (pushOrigins.has(originKey) || (last && !origin)) throw new Refusal("an item out of order");
    pushOrigins.add(originKey);
    // Yjs walks over everything to the right of the origin, one by one.
    const first = origin === undefined ? (doc.share.get("items")?._start ?? null) : null;
    let at = first ?? (origin && isStored(origin) ? storedItem(origin).right : null);
    for (; at; at = at.right) {
      if (at === stored && !inUpdate) throw new Refusal("an item out of order");
      if (++steps > MAX_STEPS) throw new Refusal("too much to compare");
    }
  }

  /** Only the session that made a stroke adds to it, and only at its end. */
  function checkAppend(struct: ScannedStruct, text: WriteId): void {
    if (struct.content !== "string") throw new Refusal("a stroke holds characters only");
    if (struct.client !== text.client) throw new Refusal("ink in another session's stroke");
    const end = textEnds.get(idText(text)) ?? storedEnd(text);
    textEnds.set(idText(text), { client: struct.client, clock: struct.clock + struct.length - 1 });
    if (!end ? struct.origin !== undefined : !struct.origin || !sameId(struct.origin, end)) {
      throw new Refusal("ink that is not at the end of its stroke");
    }
  }

  function storedEnd(text: WriteId): WriteId | undefined {
    if (!isStored(text)) return undefined;
    const { content } = storedItem(text);
    if (!(content instanceof Y.ContentType)) throw new Refusal("a parent that holds nothing");
    // A stroke is a handful of runs: what its session appended in one go is one.
    let last = content.type._start;
    while (last?.right) last = last.right;
    return last?.lastId;
  }

  function checkValue(struct: ScannedStruct, map: "marks" | "meta", key: string): void {
    const { content, client, origin } = struct;
    if (map === "meta") {
      if (key !== "format" || (content !== "integer" && content !== "deleted"))
        throw new Refusal("an unknown setting");
    } else {
      const { client: owner, isSwitch } = markOf(key);
      if (owner !== client) throw new Refusal("a mark of another session");
      const fits = isSwitch ? content === "boolean" || content === "deleted" : content === "binary";
      if (!fits || (!isSwitch && origin)) throw new Refusal("not a mark");
    }
    if (struct.length !== 1) throw new Refusal("a value of many");
    // Without an origin Yjs walks over all earlier values of the key.
    const valueKey = `${map} ${key} ${client}`;
    const earlier = textEnds.get(valueKey) ?? (origin ? undefined : storedValueOf(map, key, client));
    textEnds.set(valueKey, struct);
    if (earlier && !origin) throw new Refusal("a first value twice");
  }

  function storedValueOf(map: "marks" | "meta", key: string, client: number): WriteId | undefined {
    let value = doc.getMap(map)._map.get(key) ?? null;
    while (value && value.id.client !== client) value = value.left;
    return value?.id;
  }

  /** Only a value that was replaced is ever deleted. */
  function checkDeletion({ client, clock, length }: ScannedDeletion): boolean {
    const end = clock + length;
    const section = sections.get(client);
    const reach = Math.max(stateOf(client), endOf(section));
    if (end > reach) throw new Missing();
    let isNews = false;
    for (let at = clock; at < end;) {
      if (at < stateOf(client)) {
        const struct = store.clients.get(client)![Y.findIndexSS(store.clients.get(client)!, at)]!;
        if (!struct.deleted) {
          isNews = true;
          if (!(struct instanceof Y.Item) || struct.parentSub === null)
            throw new Refusal("a deletion of ink");
        }
        at = struct.id.clock + struct.length;
      } else {
        const struct = scanned({ client, clock: at });
        isNews = true;
        const place = placeOf(struct);
        if (place.in === "items" || place.in === "text") throw new Refusal("a deletion of ink");
        at = struct.clock + struct.length;
      }
    }
    return isNews;
  }

  return {
    run(): Verdict {
      for (const [client, section] of sections) {
        const state = stateOf(client);
        if (client === ownClient && endOf(section) > state)
          throw new Refusal("writes in this session's name");
        if (section[0]!.clock > state) throw new Missing();
      }
      let isNews = false;
      for (const struct of update.structs) {
        if (struct.clock + struct.length <= stateOf(struct.client)) continue;
        isNews = true;
        if (struct.clock >= stateOf(struct.client)) checkStruct(struct);
        else checkRest(struct);
      }
      for (const deletion of update.deletions) if (checkDeletion(deletion)) isNews = true;
      return { kind: isNews ? "ready" : "known" };
    },
  };

  /** The known part of a run decides where the rest goes; only characters come in such runs. */
  function checkRest(struct: ScannedStruct): void {
    const place = placeOfId(struct);
    if (place.in !== "text" || struct.content !== "string") throw new Refusal("a write that grew");
    const before = { client: struct.client, clock: stateOf(struct.client) - 1 };
    const end = textEnds.get(idText(place.text)) ?? storedEnd(place.text);
    if (!end || !sameId(end, before)) throw new Refusal("ink that is not at the end of its stroke");
    textEnds.set(idText(place.text), { client: struct.client, clock: struct.clock + struct.length - 1 });
  }
}

function sectionsOf(structs: readonly ScannedStruct[]): Map<number, ScannedStruct[]> {
  const sections = new Map<number, ScannedStruct[]>();
  for (const struct of structs) {
    const section = sections.get(struct.client);
    if (section) section.push(struct);
    else sections.set(struct.client, [struct]);
  }
  return sections;
}

function endOf(section: readonly ScannedStruct[] | undefined): number {
  const last = section?.at(-1);
  return last ? last.clock + last.length : 0;
}

/** The write of a section that contains a clock. */
function findIn(section: readonly ScannedStruct[] | undefined, clock: number): ScannedStruct | undefined {
  let low = 0;
  let high = section?.length ?? 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const struct = section![middle]!;
    if (struct.clock + struct.length <= clock) low = middle + 1;
    else high = middle;
  }
  const struct = section?.[low];
  return struct && struct.clock <= clock ? struct : undefined;
}

function sameId(a: WriteId, b: WriteId): boolean {
  return a.client === b.client && a.clock === b.clock;
}

function idText({ client, clock }: WriteId): string {
  return `${client}.${clock}`;
}
