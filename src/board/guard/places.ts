import * as Y from "yjs";
import type { Roots } from "../document.ts";
import { sameId, scannedAt, storedAt } from "./parties.ts";
import type { Parties } from "./parties.ts";
import { Missing, Refusal } from "./refusal.ts";
import type { ScannedStruct, ScannedUpdate, WriteId } from "./scan.ts";

/** Where in the schema a write belongs. */
export type Place =
  | { readonly in: "items" }
  | { readonly in: "text"; readonly text: WriteId }
  | { readonly in: "marks" | "meta"; readonly key: string };

const ITEMS: Place = { in: "items" };

/** Finds writes and their places, in the document and in an update. All throw Refusal and Missing. */
export interface Places {
  isStored(id: WriteId): boolean;
  /** The item of the document that contains an id. */
  storedItem(id: WriteId): Y.Item;
  /** The write of the update that contains an id. */
  scanned(id: WriteId): ScannedStruct;
  placeOf(struct: ScannedStruct): Place;
  placeOfItem(item: Y.Item): Place;
  placeOfParent(parent: string | WriteId, key: string | undefined): Place;
  /** The stored text of a stroke. */
  textOf(id: WriteId): Y.Text;
}

export function createPlaces({ structs }: ScannedUpdate, parties: Parties, roots: Roots): Places {
  /** Places of writes of the update, found once. */
  const places = new Map<ScannedStruct, Place>();

  function isStored({ client, clock }: WriteId): boolean {
    return clock < parties.of(client).state;
  }

  function storedItem(id: WriteId): Y.Item {
    const item = storedAt(parties.of(id.client), id.clock);
    // Garbage has no place any more: nothing can be inserted beside it.
    if (!(item instanceof Y.Item)) throw new Refusal("a reference to what is gone");
    return item;
  }

  function scanned(id: WriteId): ScannedStruct {
    const found = scannedAt(parties.of(id.client), id.clock);
    if (!found) throw new Missing(id);
    return found;
  }

  function placeOfItem({ parent, parentSub }: Y.Item): Place {
    if (parent === roots.items && parentSub === null) return ITEMS;
    if (parent === roots.marks && parentSub !== null) return { in: "marks", key: parentSub };
    if (parent === roots.meta && parentSub !== null) return { in: "meta", key: parentSub };
    if (parent instanceof Y.Text && parent._item && parentSub === null)
      return { in: "text", text: parent._item.id };
    throw new Refusal("a place that no board has");
  }

  /** Follows the origins to a write that says where it is; a chain, so no recursion. */
  function placeOf(struct: ScannedStruct): Place {
    // Nothing but an entry of the items holds a text, and each write is checked for itself.
    if (struct.content === "text" && struct.origin && !isStored(struct.origin)) {
      if (scanned(struct.origin).content === "text") return ITEMS;
    }
    if (struct.origin === undefined) return placeOfParent(struct.parent!, struct.key);
    const chain: ScannedStruct[] = [];
    let place: Place | undefined;
    for (let at = struct; !place;) {
      place = places.get(at);
      if (place) break;
      chain.push(at);
      if (chain.length > structs.length) throw new Refusal("references in a circle");
      if (at.origin === undefined) place = placeOfParent(at.parent!, at.key);
      else if (isStored(at.origin)) place = placeOfItem(storedItem(at.origin));
      else at = scanned(at.origin);
    }
    for (const each of chain) places.set(each, place);
    return place;
  }

  function placeOfParent(parent: string | WriteId, key: string | undefined): Place {
    if (parent === "items" && key === undefined) return ITEMS;
    if ((parent === "marks" || parent === "meta") && key !== undefined) return { in: parent, key };
    if (typeof parent === "string" || key !== undefined) throw new Refusal("a place that no board has");
    if (isStored(parent)) textOf(parent);
    else if (scanned(parent).content !== "text") throw new Refusal("a parent that holds nothing");
    return { in: "text", text: parent };
  }

  function textOf(id: WriteId): Y.Text {
    const held = storedItem(id).content;
    if (!(held instanceof Y.ContentType) || !(held.type instanceof Y.Text))
      throw new Refusal("a parent that holds nothing");
    return held.type;
  }

  return { isStored, storedItem, scanned, placeOf, placeOfItem, placeOfParent, textOf };
}

export function isSamePlace(a: Place, b: Place): boolean {
  if (a.in === "text") return b.in === "text" && sameId(a.text, b.text);
  if (a.in === "items") return b.in === "items";
  return a.in === b.in && a.key === b.key;
}
