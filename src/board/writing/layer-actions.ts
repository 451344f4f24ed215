import type { PlacedLayer } from "../reading/attribute-table.ts";
import { LIMITS } from "../document/limits.ts";
import { FIRST_LAYER } from "../document/board.ts";
import type { Board, LayerId } from "../document/board.ts";
import type { UndoStep } from "./changes.ts";
import { layerValues } from "../document/field-values.ts";
import { placesFor } from "../document/fractional-places.ts";
import { LAYER_FIELDS } from "../document/schema.ts";
import { shortId } from "../document/write-id.ts";

type LayerBoard = Pick<Board, "addLayer" | "hasRoomForLayer" | "changeLayer" | "removeLayer">;

export interface LayerActionsDeps {
  /** How many layers this session has made: no two have one number. */
  readonly work: { layersMade: number };
  readonly own: { readonly clientID: number };
  layers(): readonly PlacedLayer[];
  /** How many were ever made. */
  madeLayers(): number;
  /** Runs a step of the history; says whether it did anything. */
  step(act: (step: UndoStep) => void): boolean;
}

/** What a person does to the layers. */
export function createLayerActions({ work, own, layers, madeLayers, step }: LayerActionsDeps): LayerBoard {
  const known = (id: LayerId): PlacedLayer | undefined => layers().find((layer) => layer.id === id);

  /** Puts a layer, new or not, right before the one that is at `at` among the others. */
  function put(act: UndoStep, id: LayerId, at: number): void {
    const others = layers().filter((other) => other.id !== id);
    for (const { id: each, place } of placesFor(id, others, at)) give(act, each, { place });
  }

  const hasRoomForLayer = (): boolean => madeLayers() < LIMITS.layers.writes;

  return {
    hasRoomForLayer,
    addLayer(name) {
      if (!hasRoomForLayer()) return FIRST_LAYER;
      const id = shortId(own.clientID, work.layersMade++);
      step((act) => {
        // Its place comes first: it makes the layer.
        put(act, id, layers().length);
        give(act, id, { name });
      });
      return id;
    },
    changeLayer(id, { name, hidden, locked, opacity, at }) {
      const layer = known(id);
      if (!layer) return false;
      return step((act) => {
        if (name !== undefined && name !== layer.name) give(act, id, { name });
        if (hidden !== undefined && hidden !== layer.hidden) give(act, id, { hidden });
        if (locked !== undefined && locked !== layer.locked) give(act, id, { locked });
        if (opacity !== undefined) giveOpacity(act, layer, opacity);
        if (at !== undefined && at !== layers().indexOf(layer)) {
          put(act, id, at);
        }
      });
    },
    removeLayer(id) {
      if (id === FIRST_LAYER || !known(id)) return false;
      return step((act) => give(act, id, { removed: true }));
    },
  };
}

function give(act: UndoStep, ...given: Parameters<typeof layerValues>): void {
  for (const [key, value] of layerValues(...given)) act.set(key, value);
}

/** Nothing is written where it is the same in the steps in which it is kept. */
function giveOpacity(act: UndoStep, { id, opacity: now }: PlacedLayer, opacity: number): void {
  const { codec } = LAYER_FIELDS.opacity;
  if (codec.decode(codec.encode(opacity)) !== now) give(act, id, { opacity });
}
