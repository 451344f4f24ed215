import type { PlacedLayer } from "../reading/attribute-table.ts";
import { encodePlace, encodeSmall, encodeText } from "../document/attributes.ts";
import { layerKey } from "../document/keys.ts";
import { FIRST_LAYER } from "../document/board.ts";
import type { Board, LayerId } from "../document/board.ts";
import type { UndoStep } from "./changes.ts";

type LayerBoard = Pick<Board, "addLayer" | "changeLayer" | "removeLayer">;

export interface LayerActionsDeps {
  readonly own: { readonly clientID: number };
  layers(): readonly PlacedLayer[];
  /** Runs a step of the history; says whether it did anything. */
  step(act: (step: UndoStep) => void): boolean;
}

/** What a person does to the layers. */
export function createLayerActions({ own, layers, step }: LayerActionsDeps): LayerBoard {
  let made = 0;

  const known = (id: LayerId): PlacedLayer | undefined => layers().find((layer) => layer.id === id);

  /** A place for a layer right before the one that is at `at` among the others. */
  function placeAt(at: number, others: readonly PlacedLayer[]): number {
    const below = others[at - 1]?.place;
    const above = others[at]?.place;
    if (below === undefined) return (above ?? 1) - 1;
    return above === undefined ? below + 1 : (below + above) / 2;
  }

  function move(act: UndoStep, layer: PlacedLayer, at: number): void {
    const others = layers().filter((other) => other !== layer);
    const place = placeAt(at, others);
    const isBetween = (others[at - 1]?.place ?? -Infinity) < place && place < (others[at]?.place ?? Infinity);
    if (isBetween) act.set(layerKey(layer.id, "o"), encodePlace(place));
    else {
      // Two that were added at once have one place: each gets its own.
      const ordered = [...others.slice(0, at), layer, ...others.slice(at)];
      for (const [i, each] of ordered.entries()) act.set(layerKey(each.id, "o"), encodePlace(i));
    }
  }

  return {
    addLayer(name) {
      const id = `${own.clientID.toString(36)}.${(made++).toString(36)}`;
      step((act) => {
        act.set(layerKey(id, "o"), encodePlace(placeAt(layers().length, layers())));
        act.set(layerKey(id, "n"), encodeText(name));
      });
      return id;
    },
    changeLayer(id, { name, hidden, locked, opacity, at }) {
      const layer = known(id);
      if (!layer) return false;
      return step((act) => {
        if (name !== undefined && name !== layer.name) act.set(layerKey(id, "n"), encodeText(name));
        if (hidden !== undefined && hidden !== layer.hidden) {
          act.set(layerKey(id, "h"), encodeSmall(hidden ? 1 : 0));
        }
        if (locked !== undefined && locked !== layer.locked) {
          act.set(layerKey(id, "k"), encodeSmall(locked ? 1 : 0));
        }
        const percent = Math.round(Math.min(Math.max(opacity ?? layer.opacity, 0), 1) * 100);
        if (percent / 100 !== layer.opacity) act.set(layerKey(id, "a"), encodeSmall(percent));
        if (at !== undefined && at !== layers().indexOf(layer)) {
          move(act, layer, at);
        }
      });
    },
    removeLayer(id) {
      if (id === FIRST_LAYER || !known(id)) return false;
      return step((act) => act.set(layerKey(id, "x"), encodeSmall(1)));
    },
  };
}
