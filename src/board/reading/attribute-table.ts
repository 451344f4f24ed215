import { FIRST_LAYER } from "../document/board.ts";
import type { Background } from "../document/backgrounds.ts";
import type { ItemId, Layer, LayerId } from "../document/board.ts";
import { byPlace } from "../document/fractional-places.ts";
import { subjectOf } from "../document/keys.ts";
import type { Subject } from "../document/keys.ts";
import { LAYER_FIELDS, PAGE_FIELDS } from "../document/schema.ts";
import type { ItemAttributes } from "../document/schema.ts";
import type { Given, ValuesOf } from "../document/schema-rows.ts";
import { createFieldReader, withItemValue } from "../document/field-values.ts";

/** A layer as it is written. */
type LayerRecord = Given<ValuesOf<typeof LAYER_FIELDS>>;

/** A layer with its place among the others, which only counts against theirs. */
export interface PlacedLayer extends Layer {
  readonly place: number;
}

/** The `attrs` map, read, and kept in step with it. */
export interface AttributeTable {
  /** What became of an item since it was drawn; its layer may be gone, or not known yet. */
  of(id: ItemId): ItemAttributes;
  /** Those that have a place of their own in the order. */
  stacked(): Iterable<ItemId>;
  /** Bottom first. */
  layers(): readonly PlacedLayer[];
  /** How many were ever made, removed ones included. */
  madeLayers(): number;
  /** The layer that an item is on, moved there or drawn there: the first one, where that is gone or unknown. */
  layerOf(id: ItemId): PlacedLayer;
  /** That on which it would be, moved to this one; undefined: where it was drawn. */
  layerWith(id: ItemId, moved: LayerId | undefined): PlacedLayer;
  /** The same, whether or not it is there. */
  meantLayer(id: ItemId, moved: LayerId | undefined): LayerId;
  background(): Background;
  /** Takes in a value of the map; says what it is about. */
  set(key: string, value: unknown): Subject | undefined;
  /** The same, to be kept in step with something else. */
  copy(): AttributeTable;
}

/** What a table has read. */
interface Known {
  readonly items: ReadonlyMap<ItemId, ItemAttributes>;
  readonly stacked: ReadonlySet<ItemId>;
  readonly records: ReadonlyMap<LayerId, LayerRecord>;
  readonly background: Background;
}

const NONE: ItemAttributes = {};
const withLayerValue = createFieldReader(LAYER_FIELDS);

/** The layer on which an item was drawn; undefined: the first one. */
type DrawnOn = (id: ItemId) => LayerId | undefined;

/** `before`: what was read already. */
export function createAttributeTable(
  entries: Iterable<readonly [string, unknown]>,
  drawnOn: DrawnOn,
  before?: Known,
): AttributeTable {
  const items = new Map(before?.items);
  const stacked = new Set(before?.stacked);
  const records = new Map<LayerId, LayerRecord>(before?.records ?? [[FIRST_LAYER, {}]]);
  let layers: readonly PlacedLayer[] | undefined;
  let byId = new Map<LayerId, PlacedLayer>();
  let background: Background = before?.background ?? PAGE_FIELDS.background.default;

  function set(key: string, value: unknown): Subject | undefined {
    const subject = subjectOf(key);
    const bytes = value instanceof Uint8Array ? value : new Uint8Array(0);
    if (subject?.of === "item") {
      const given = withItemValue(items.get(subject.id) ?? {}, subject.field, bytes);
      items.set(subject.id, given);
      if (given.stack) stacked.add(subject.id);
      else stacked.delete(subject.id);
    } else if (subject?.of === "layer") {
      records.set(subject.id, withLayerValue(records.get(subject.id) ?? {}, subject.field, bytes));
      layers = undefined;
    } else if (subject) {
      background = PAGE_FIELDS.background.codec.decode(bytes) ?? PAGE_FIELDS.background.default;
    }
    return subject;
  }

  function allLayers(): readonly PlacedLayer[] {
    if (layers) return layers;
    const placed: PlacedLayer[] = [];
    for (const [id, record] of records) {
      const exists = id === FIRST_LAYER || (record.place !== undefined && !record.removed);
      if (exists) placed.push(layerOf(id, record));
    }
    layers = placed.sort(byPlace);
    byId = new Map(layers.map((layer) => [layer.id, layer] as const));
    return layers;
  }

  function layerWith(id: ItemId, moved: LayerId | undefined): PlacedLayer {
    const all = allLayers();
    if (all.length === 1) return all[0]!;
    return byId.get(meantLayer(id, moved)) ?? byId.get(FIRST_LAYER)!;
  }

  function meantLayer(id: ItemId, moved: LayerId | undefined): LayerId {
    return moved ?? drawnOn(id) ?? FIRST_LAYER;
  }

  for (const [key, value] of entries) set(key, value);

  return {
    of: (id) => items.get(id) ?? NONE,
    stacked: () => stacked,
    layers: allLayers,
    // The first one is there without.
    madeLayers: () => records.size - 1,
    layerOf: (id) => layerWith(id, items.get(id)?.layer),
    layerWith,
    meantLayer,
    background: () => background,
    set,
    copy: () => createAttributeTable([], drawnOn, { items, stacked, records, background }),
  };
}

function layerOf(id: LayerId, { name, place, hidden, locked, opacity }: LayerRecord): PlacedLayer {
  return {
    id,
    name: name ?? LAYER_FIELDS.name.default,
    place: place ?? LAYER_FIELDS.place.default,
    hidden: hidden ?? LAYER_FIELDS.hidden.default,
    locked: locked ?? LAYER_FIELDS.locked.default,
    opacity: opacity ?? LAYER_FIELDS.opacity.default,
  };
}
