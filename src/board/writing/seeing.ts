import type * as Y from "yjs";
import { itemId, writeOf } from "../document/item-id.ts";
import type { ItemId } from "../document/board.ts";
import { layerKey } from "../document/keys.ts";
import type { Mark } from "../document/marks.ts";
import { LAYER_FIELDS } from "../document/schema.ts";
import type { AttributeTable, PlacedLayer } from "../reading/attribute-table.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import type { Blame } from "./history.ts";
import type { Ranges } from "./ranges.ts";

export interface SeeingDeps {
  readonly doc: Y.Doc;
  readonly attrs: Y.Map<unknown>;
  readonly cover: Pick<MarkCover, "hides" | "makers">;
  readonly attributes: Pick<AttributeTable, "layerOf">;
}

/**
 * What nobody can see of some items since another session keeps it away. What this session keeps away itself
 * counts as seen: that is a step of its own.
 */
export interface Seeing {
  /** The layer is hidden, by another session. */
  isHiddenByOthers(layer: PlacedLayer): boolean;
  /** Some of the items, visible or not, are on layers that are not hidden so; also where there are no items. */
  isOnShownLayer(items: Ranges): boolean;
  /** One of these is not hidden, neither by marks nor so. */
  someIsSeen(items: Ranges): boolean;
  /** Tells who hid the layers that items are on. */
  blameLayers(items: Ranges, blame: Blame): void;
  /** Tells whose marks of these kinds hide, erase or cut some of it. */
  blameMakers(of: Ranges, kinds: readonly Mark["kind"][], blame: Blame): void;
  /** Tells who wrote a value that stands. */
  blameWriter(key: string, blame: Blame): void;
}

export function createSeeing({ doc, attrs, cover, attributes }: SeeingDeps): Seeing {
  function hiderOf({ id, hidden }: PlacedLayer): number | undefined {
    return hidden ? writerOf(layerKey(id, LAYER_FIELDS.hidden.key)) : undefined;
  }

  /** The other session whose value stands. */
  function writerOf(key: string): number | undefined {
    const client = attrs._map.get(key)?.id.client;
    return client === doc.clientID ? undefined : client;
  }

  function isHiddenByOthers(layer: PlacedLayer): boolean {
    return hiderOf(layer) !== undefined;
  }

  function isOnShown(id: ItemId): boolean {
    return !isHiddenByOthers(attributes.layerOf(id));
  }

  return {
    isHiddenByOthers,
    isOnShownLayer: (items) => items.size === 0 || anyId(items, isOnShown),
    someIsSeen: (items) =>
      anyId(items, (id) => {
        const { client, clock } = writeOf(id);
        return !cover.hides(client, clock) && isOnShown(id);
      }),
    blameLayers(items, blame) {
      anyId(items, (id) => {
        const client = hiderOf(attributes.layerOf(id));
        if (client !== undefined) blame([client]);
        return false;
      });
    },
    blameMakers(of, kinds, blame) {
      blame([...cover.makers(of, kinds)].filter((client) => client !== doc.clientID));
    },
    blameWriter(key, blame) {
      const client = writerOf(key);
      if (client !== undefined) blame([client]);
    },
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
