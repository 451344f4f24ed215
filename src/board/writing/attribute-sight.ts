/*
 * What can be seen of an attribute, and who keeps it from being seen.
 */
import { FIRST_LAYER } from "../document/board.ts";
import type { ItemId, LayerId } from "../document/board.ts";
import { writeOf } from "../document/item-id.ts";
import { layerKey } from "../document/keys.ts";
import type { Subject } from "../document/keys.ts";
import { ITEM_FIELDS, LAYER_FIELDS } from "../document/schema.ts";
import type { AttributeTable } from "../reading/attribute-table.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import type { Blame } from "./outcome.ts";
import { HIDING, rangesOf } from "./ranges.ts";
import type { Seeing } from "./seeing.ts";

export interface AttributeSightDeps {
  readonly attributes: Pick<AttributeTable, "layerOf" | "layerWith" | "meantLayer">;
  readonly cover: Pick<MarkCover, "hides">;
  readonly seeing: Seeing;
  /** The value that stands, without its stamp; empty where there is none. */
  valueAt(key: string): Uint8Array;
}

export interface AttributeSight {
  /** Somebody hid the item that it is of, or removed the layer. */
  isGone(subject: Subject): boolean;
  /** Whether anybody sees when the subject gets this value. */
  isSeen(subject: Subject, value: Uint8Array): boolean;
  /** Tells whose doing it is that one of the values, or the other, is not what can be seen. */
  blame(key: string, subject: Subject, values: readonly Uint8Array[], blame: Blame): void;
}

const { place: PLACE, removed: REMOVED, hidden: HIDDEN } = LAYER_FIELDS;
const LAYER = ITEM_FIELDS.layer;

export function createAttributeSight(deps: AttributeSightDeps): AttributeSight {
  const { attributes, cover, seeing, valueAt } = deps;

  /** Its place makes a layer, and it may be removed. */
  function isLayerGone(id: LayerId, field: string): boolean {
    const isRemoved = REMOVED.codec.decode(valueAt(layerKey(id, REMOVED.key))) === true;
    const isMade = id === FIRST_LAYER || PLACE.codec.decode(valueAt(layerKey(id, PLACE.key))) !== undefined;
    if (field === PLACE.key) return isRemoved;
    return field === REMOVED.key ? !isMade : isRemoved || !isMade;
  }

  function blameOfItem(id: ItemId, blame: Blame): void {
    const items = rangesOf([id]);
    seeing.blameMakers(items, HIDING, blame);
    seeing.blameLayers(items, blame);
  }

  return {
    isGone(subject) {
      if (subject.of === "page") return false;
      if (subject.of === "layer") return isLayerGone(subject.id, subject.field);
      const { client, clock } = writeOf(subject.id);
      return cover.hides(client, clock);
    },
    isSeen(subject, value) {
      if (subject.of !== "item") return true;
      const { id, field } = subject;
      const now = attributes.layerOf(id);
      if (field !== LAYER.key) return !seeing.isHiddenOn(now, id);
      const then = attributes.layerWith(id, LAYER.codec.decode(value));
      const areHidden = now.hidden && then.hidden;
      return now !== then && !(areHidden && (seeing.isHiddenOn(now, id) || seeing.isHiddenOn(then, id)));
    },
    blame(key, subject, values, blame) {
      seeing.blameOwner(key, blame);
      if (subject.of === "layer") {
        for (const { key: end } of [PLACE, REMOVED]) seeing.blameOwner(layerKey(subject.id, end), blame);
      }
      if (subject.of !== "item") return;
      for (const value of subject.field === LAYER.key ? values : []) {
        const layer = attributes.meantLayer(subject.id, LAYER.codec.decode(value));
        for (const { key: end } of [REMOVED, HIDDEN]) seeing.blameOwner(layerKey(layer, end), blame);
      }
      blameOfItem(subject.id, blame);
    },
  };
}
