import type { Matrix } from "../../base/matrix.ts";
import {
  BACKGROUND_KEY,
  decodeBackground,
  decodeColor,
  decodeMatrix,
  decodePlace,
  decodeSmall,
  decodeStackPlace,
  decodeText,
  subjectOf,
} from "../document/attributes.ts";
import type { ItemField, LayerField, StackPlace, Subject } from "../document/attributes.ts";
import { FIRST_LAYER } from "../document/board.ts";
import type { Background, ItemId, Layer, LayerId } from "../document/board.ts";

/** What became of an item since it was drawn; undefined: nothing of this kind. */
export interface ItemAttributes {
  matrix?: Matrix | undefined;
  color?: number | undefined;
  stack?: StackPlace | undefined;
  /** As it is written; the layer may be gone, or not known yet. */
  layer?: LayerId | undefined;
}

/** A layer as it is written. */
interface LayerRecord {
  name?: string | undefined;
  place?: number | undefined;
  hidden?: number | undefined;
  locked?: number | undefined;
  opacity?: number | undefined;
  removed?: number | undefined;
}

/** A layer with its place among the others, which only counts against theirs. */
export interface PlacedLayer extends Layer {
  readonly place: number;
}

/** The `attrs` map, read, and kept in step with it. */
export interface AttributeTable {
  of(id: ItemId): ItemAttributes | undefined;
  /** Those that have a place of their own in the order. */
  stacked(): Iterable<ItemId>;
  /** Bottom first. */
  layers(): readonly PlacedLayer[];
  /** The layer that an item is on: the first one, where its own is gone or unknown. */
  layerOf(id: ItemId): PlacedLayer;
  background(): Background;
  /** Takes in a value of the map; says what it is about. */
  set(key: string, value: unknown): Subject | undefined;
}

const FULL = 100;

export function createAttributeTable(entries: Iterable<readonly [string, unknown]>): AttributeTable {
  const items = new Map<ItemId, ItemAttributes>();
  const stacked = new Set<ItemId>();
  const records = new Map<LayerId, LayerRecord>([[FIRST_LAYER, {}]]);
  let layers: readonly PlacedLayer[] | undefined;
  let byId = new Map<LayerId, PlacedLayer>();
  let background: Background = "plain";

  function set(key: string, value: unknown): Subject | undefined {
    const subject = subjectOf(key);
    const bytes = value instanceof Uint8Array ? value : new Uint8Array(0);
    if (subject?.of === "item") {
      const known = items.get(subject.id) ?? {};
      items.set(subject.id, known);
      setItem(known, subject.field, bytes);
      if (known.stack) stacked.add(subject.id);
      else stacked.delete(subject.id);
    } else if (subject?.of === "layer") {
      const record = records.get(subject.id) ?? {};
      records.set(subject.id, record);
      setLayer(record, subject.field, bytes);
      layers = undefined;
    } else if (key === BACKGROUND_KEY) {
      background = decodeBackground(bytes);
    }
    return subject;
  }

  function allLayers(): readonly PlacedLayer[] {
    if (layers) return layers;
    const placed: PlacedLayer[] = [];
    for (const [id, record] of records) {
      const exists = id === FIRST_LAYER || (record.place !== undefined && record.removed !== 1);
      if (exists) placed.push(layerOf(id, record));
    }
    layers = placed.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
    byId = new Map(layers.map((layer) => [layer.id, layer] as const));
    return layers;
  }

  for (const [key, value] of entries) set(key, value);

  return {
    of: (id) => items.get(id),
    stacked: () => stacked,
    layers: allLayers,
    layerOf(id) {
      allLayers();
      const layer = items.get(id)?.layer;
      return (layer === undefined ? undefined : byId.get(layer)) ?? byId.get(FIRST_LAYER)!;
    },
    background: () => background,
    set,
  };
}

function setItem(attributes: ItemAttributes, field: ItemField, bytes: Uint8Array): void {
  if (field === "t") attributes.matrix = decodeMatrix(bytes);
  else if (field === "c") attributes.color = decodeColor(bytes);
  else if (field === "z") attributes.stack = decodeStackPlace(bytes);
  else attributes.layer = decodeText(bytes);
}

function setLayer(record: LayerRecord, field: LayerField, bytes: Uint8Array): void {
  if (field === "n") record.name = decodeText(bytes);
  else if (field === "o") record.place = decodePlace(bytes);
  else if (field === "h") record.hidden = decodeSmall(bytes);
  else if (field === "k") record.locked = decodeSmall(bytes);
  else if (field === "a") record.opacity = decodeSmall(bytes);
  else record.removed = decodeSmall(bytes);
}

function layerOf(id: LayerId, { name, place, hidden, locked, opacity }: LayerRecord): PlacedLayer {
  return {
    id,
    name: name ?? "",
    place: place ?? 0,
    hidden: hidden === 1,
    locked: locked === 1,
    opacity: Math.min(opacity ?? FULL, FULL) / FULL,
  };
}
