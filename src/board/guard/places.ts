import * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import { sameId, scannedAt, storedAt } from "./parties.ts";
import type { Parties } from "./parties.ts";
import { Missing, Refusal } from "./refusal.ts";
import type { ScannedStruct, ScannedUpdate } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/** Where in the schema a write belongs; `words` are the characters of a label. */
export type Place = { readonly in: "items" } | TextPlace | { readonly in: MapName; readonly key: string };

export type TextPlace =
  | { readonly in: "text"; readonly text: WriteId }
  | { readonly in: "words"; readonly text: WriteId };

const MAPS = ["marks", "meta", "attrs", "labels"] as const;
type MapName = (typeof MAPS)[number];

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
  placeOfId(id: WriteId): Place;
  placeOfParent(parent: string | WriteId, key: string | undefined): Place;
  /** The stored text of a stroke or label. */
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
    if (parent instanceof Y.Text && parent._item && parentSub === null) {
      return { in: parent._item.parentSub === null ? "text" : "words", text: parent._item.id };
    }
    const map = MAPS.find((name) => roots[name] === parent);
    if (map === undefined || parentSub === null) throw new Refusal("a place that no board has");
    return { in: map, key: parentSub };
  }

  /** Follows the origins to a write that says where it is; a chain, so no recursion. */
  function placeOf(struct: ScannedStruct): Place {
    const chain: ScannedStruct[] = [];
    let place: Place | undefined;
    for (let at = struct; !place;) {
      place = places.get(at);
      if (place) break;
      chain.push(at);
      if (chain.length > structs.length) throw new Refusal("references in a circle");
      const beside = at.origin ?? at.rightOrigin;
      if (!beside) place = placeOfParent(at.parent!, at.key);
      else if (isStored(beside)) place = placeOfItem(storedItem(beside));
      else at = scanned(beside);
    }
    for (const each of chain) places.set(each, place);
    return place;
  }

  function placeOfParent(parent: string | WriteId, key: string | undefined): Place {
    if (typeof parent !== "string") {
      if (key !== undefined) throw new Refusal("a place that no board has");
      return { in: isLabel(parent) ? "words" : "text", text: parent };
    }
    if (parent === "items" && key === undefined) return ITEMS;
    const map = MAPS.find((name) => name === parent);
    if (map === undefined || key === undefined) throw new Refusal("a place that no board has");
    return { in: map, key };
  }

  /** Of a text: whether it is the words of an item, and not its ink. */
  function isLabel(text: WriteId): boolean {
    if (isStored(text)) return textOf(text)._item?.parentSub !== null;
    const made = scanned(text);
    if (made.content !== "text") throw new Refusal("a parent that holds nothing");
    return made.key !== undefined;
  }

  function textOf(id: WriteId): Y.Text {
    const held = storedItem(id).content;
    if (!(held instanceof Y.ContentType) || !(held.type instanceof Y.Text))
      throw new Refusal("a parent that holds nothing");
    return held.type;
  }

  return {
    isStored,
    storedItem,
    scanned,
    placeOf,
    placeOfItem,
    placeOfId: (id) => (isStored(id) ? placeOfItem(storedItem(id)) : placeOf(scanned(id))),
    placeOfParent,
    textOf,
  };
}

export function isSamePlace(a: Place, b: Place): boolean {
  if ("text" in a) return "text" in b && sameId(a.text, b.text);
  if ("key" in a) return "key" in b && a.in === b.in && a.key === b.key;
  return a.in === b.in;
}
