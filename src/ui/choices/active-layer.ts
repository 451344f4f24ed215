import type { Layer, LayerId } from "../../board/document/board.ts";
import { FIRST_LAYER } from "../../board/document/board.ts";

/** The layer that new things go to: the chosen one, or the first where that is gone. */
export function activeLayerOf(layers: readonly Layer[], chosen: LayerId): Layer {
  return layers.find(({ id }) => id === chosen) ?? layers.find(({ id }) => id === FIRST_LAYER) ?? layers[0]!;
}

/** Why a tool does nothing: the layer that is drawn on is closed, or the board is full. */
export type Refusal = "locked" | "hidden" | "no-room-to-draw" | "no-room-to-erase";
