import type { Board, LayerId } from "../../board/document/board.ts";
import type { Refusal } from "../choices/active-layer.ts";
import { activeLayerOf } from "../choices/active-layer.ts";
import type { Choices } from "../choices/choices.ts";

/** The layer that new things go to. */
export interface DrawingLayer {
  id(): LayerId;
  /** It is neither locked nor hidden, and there is room for more. */
  isOpen(): boolean;
  /** There is room to hide things, on whatever layers they are. */
  mayErase(): boolean;
  /** Tells the person what is in the way of new things, or of erasing, if anything is. */
  refuse(what?: "drawing" | "erasing"): void;
}

export function createDrawingLayer({
  board,
  choices,
  onRefused,
}: {
  readonly board: Pick<Board, "layers" | "noRoomFor">;
  readonly choices: Pick<Choices, "activeLayer">;
  /** A tool was tried where nothing can be done. */
  readonly onRefused: (reason: Refusal) => void;
}): DrawingLayer {
  const layer = () => activeLayerOf(board.layers(), choices.activeLayer());
  const refusal = (): Refusal | undefined => {
    const { locked, hidden } = layer();
    if (locked || hidden) return locked ? "locked" : "hidden";
    return board.noRoomFor("drawing") && "no-room-to-draw";
  };
  const mayErase = (): boolean => board.noRoomFor("erasing") === undefined;
  return {
    id: () => layer().id,
    isOpen: () => refusal() === undefined,
    mayErase,
    refuse(what = "drawing") {
      const reason = what === "drawing" ? refusal() : mayErase() ? undefined : "no-room-to-erase";
      if (reason) onRefused(reason);
    },
  };
}
