import type { Board, LayerId } from "../../board/document/board.ts";
import type { Refusal } from "../choices/active-layer.ts";
import { activeLayerOf } from "../choices/active-layer.ts";
import type { Choices } from "../choices/choices.ts";

/** The layer that new things go to. */
export interface DrawingLayer {
  id(): LayerId;
  /** It is neither locked nor hidden. */
  isOpen(): boolean;
  /** Tells the person what is in the way, if anything is. */
  refuse(): void;
}

export function createDrawingLayer({
  board,
  choices,
  onRefused,
}: {
  readonly board: Pick<Board, "layers">;
  readonly choices: Pick<Choices, "activeLayer">;
  /** A tool was tried on a layer where nothing can be done. */
  readonly onRefused: (reason: Refusal) => void;
}): DrawingLayer {
  const layer = () => activeLayerOf(board.layers(), choices.activeLayer());
  const refusal = (): Refusal | undefined => {
    const { locked, hidden } = layer();
    return locked ? "locked" : hidden ? "hidden" : undefined;
  };
  return {
    id: () => layer().id,
    isOpen: () => refusal() === undefined,
    refuse() {
      const reason = refusal();
      if (reason) onRefused(reason);
    },
  };
}
