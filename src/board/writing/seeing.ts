import type * as Y from "yjs";
import { itemId, writeOf } from "../document/item-id.ts";
import type { ItemId } from "../document/board.ts";
import { itemKey, layerKey } from "../document/keys.ts";
import type { Mark } from "../document/marks.ts";
import { ITEM_FIELDS, LAYER_FIELDS } from "../document/schema.ts";
import type { AttributeTable, PlacedLayer } from "../reading/attribute-table.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import { charactersOf } from "../reading/label-text.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import type { Blame } from "./outcome.ts";
import type { Ranges } from "./ranges.ts";

/** By attribute, the write of this session that put a value back, and for whom. */
export type PutBackOwners = Map<string, { readonly clock: number; readonly owner: number | undefined }>;

export interface SeeingDeps {
  readonly doc: Y.Doc;
  readonly attrs: Y.Map<unknown>;
  readonly cover: Pick<MarkCover, "hides" | "erases" | "makers">;
  readonly attributes: Pick<AttributeTable, "of" | "layerOf" | "meantLayer">;
  readonly labelOf: BoardReader["labelOf"];
  readonly putBack: PutBackOwners;
}

/**
 * What nobody can see of some items since another session keeps it away. What this session alone keeps away
 * counts as seen: that is a step of its own.
 */
export interface Seeing {
  /** The item would be on a hidden layer there, since another session hid it, moved the item, or removed its own. */
  isHiddenOn(layer: PlacedLayer, id: ItemId): boolean;
  /** Some of the items, visible or not, are on layers that are not hidden so; also where there are no items. */
  isOnShownLayer(items: Ranges): boolean;
  /** One of these is not hidden, neither by marks nor so. */
  someIsSeen(items: Ranges): boolean;
  /** Tells who hid the layers that items are on, or moved them there. */
  blameLayers(items: Ranges, blame: Blame): void;
  /** Tells whose marks of these kinds hide, erase or cut some of it. */
  blameMakers(of: Ranges, kinds: readonly Mark["kind"][], blame: Blame): void;
  /** The sessions besides this one that have written in a text, and whose words stand there. */
  othersWritingIn(text: ItemId): readonly number[];
  /** Tells whose value stands. */
  blameOwner(key: string, blame: Blame): void;
  /** Whose value stands: who wrote it first; undefined where there is none. */
  ownerOf(key: string): number | undefined;
  /** The value that this session has just written is one that it put back for another. */
  setOwner(key: string, owner: number | undefined): void;
}

export function createSeeing(deps: SeeingDeps): Seeing {
  const { doc, attrs, cover, attributes, putBack } = deps;

  function hiderOf(layer: PlacedLayer, id: ItemId): number | undefined {
    if (!layer.hidden) return undefined;
    return (
      otherOwnerOf(layerKey(layer.id, LAYER_FIELDS.hidden.key)) ??
      otherOwnerOf(itemKey(id, ITEM_FIELDS.layer.key)) ??
      otherOwnerOf(layerKey(attributes.meantLayer(id, attributes.of(id).layer), LAYER_FIELDS.removed.key))
    );
  }

  function ownerOf(key: string): number | undefined {
    const id = attrs._map.get(key)?.id;
    const known = putBack.get(key);
    return known && id?.client === doc.clientID && id.clock === known.clock ? known.owner : id?.client;
  }

  function otherOwnerOf(key: string): number | undefined {
    const owner = ownerOf(key);
    return owner === doc.clientID ? undefined : owner;
  }

  function isHiddenOn(layer: PlacedLayer, id: ItemId): boolean {
    return hiderOf(layer, id) !== undefined;
  }

  function isOnShown(id: ItemId): boolean {
    return !isHiddenOn(attributes.layerOf(id), id);
  }

  return {
    isHiddenOn,
    isOnShownLayer: (items) => items.size === 0 || anyId(items, isOnShown),
    someIsSeen: (items) =>
      anyId(items, (id) => {
        const { client, clock } = writeOf(id);
        return !cover.hides(client, clock) && isOnShown(id);
      }),
    blameLayers(items, blame) {
      anyId(items, (id) => {
        const client = hiderOf(attributes.layerOf(id), id);
        if (client !== undefined) blame([client]);
        return false;
      });
    },
    blameMakers(of, kinds, blame) {
      blame([...cover.makers(of, kinds)].filter((client) => client !== doc.clientID));
    },
    othersWritingIn(text) {
      const label = deps.labelOf(text);
      const clients = new Set(label ? charactersOf(label, cover).map(({ client }) => client) : []);
      clients.delete(doc.clientID);
      return [...clients];
    },
    blameOwner(key, blame) {
      const client = otherOwnerOf(key);
      if (client !== undefined) blame([client]);
    },
    ownerOf,
    setOwner: (key, owner) => void putBack.set(key, { clock: attrs._map.get(key)!.id.clock, owner }),
  };
}

function anyId(items: Ranges, is: (id: ItemId) => boolean): boolean {
  for (const [client, list] of items) {
    for (const { start, end } of list) {
      for (let clock = start; clock < end; clock++) if (is(itemId(client, clock))) return true;
    }
  }
  return false;
}
