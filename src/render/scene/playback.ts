import type { ItemId } from "../../board/document/board.ts";
import type { PreviewedBoard } from "../../board/previews/previewed-board.ts";
import type { JoinedStrokes } from "./joined-strokes.ts";
import type { Reveal } from "./reveal.ts";

/** Lets ink that is on the board come as if it were drawn now. */
export interface InkPlayback {
  /**
   * Nothing of these is shown from now on, but of ink that still grows, or is blended with other ink. Returns those
   * that are kept back.
   */
  keepBack(ids: readonly ItemId[]): readonly ItemId[];
  /** Shows one of them, little by little within so many milliseconds; at once where that is 0. */
  play(id: ItemId, ms: number): void;
  /** Shows at once whatever is not shown yet. */
  letGo(): void;
}

export interface InkPlaybackDeps {
  readonly board: Pick<PreviewedBoard, "item">;
  readonly reveal: Reveal;
  readonly joined: JoinedStrokes;
  /** Something has become of how much of an item is shown. */
  readonly touch: (id: ItemId) => void;
}

export function createInkPlayback({ board, reveal, joined, touch }: InkPlaybackDeps): InkPlayback {
  return {
    keepBack(ids) {
      const wanted = new Set(ids);
      const able = ids.filter(
        (id) => board.item(id)?.ended === true && joined.wholeOf(id).every((piece) => wanted.has(piece)),
      );
      for (const id of able) {
        reveal.keepBack(id);
        touch(id);
      }
      return able;
    },
    play(id, ms) {
      // What is blended as a whole grows as a whole.
      for (const piece of [id, ...joined.wholeOf(id)]) {
        const item = board.item(piece);
        if (item?.kind === "stroke") reveal.play(piece, item.points.length, ms);
        else reveal.play(piece, 0, 0);
        touch(piece);
      }
    },
    letGo() {
      for (const id of reveal.letGo()) touch(id);
    },
  };
}

/** The same, with `changed` told of each call. */
export function withFrames(playback: InkPlayback, changed: () => void): InkPlayback {
  return {
    keepBack(ids) {
      changed();
      return playback.keepBack(ids);
    },
    play(id, ms) {
      playback.play(id, ms);
      changed();
    },
    letGo() {
      playback.letGo();
      changed();
    },
  };
}
