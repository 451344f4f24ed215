/*
 * Lets a board's strokes that others drew while this person was away draw themselves when they come, and again on
 * demand. Whatever the person does, with a pointer, a wheel or a key, shows all of them at once and does what it does
 * otherwise.
 */
import { sameBox, unionOf, type Box } from "../../base/geometry.ts";
import type { Board, BoardChange, ItemId } from "../../board/document/board.ts";
import { pageClock } from "../widgets/page-clock.ts";
import type { StagePlayback } from "../stage/stage.ts";
import { createAwayPlayer } from "./away-player.ts";
import type { AwayPlayer } from "./away-player.ts";

export interface AwayPlay {
  /** To be called with each change of the board before it is painted; says whether all that comes was drawn away. */
  take(change: BoardChange): boolean;
  /** Shows where these are, and plays them once more. */
  again(ids: readonly ItemId[]): void;
  isPlaying(): boolean;
  close(): void;
}

export interface AwayPlayDeps {
  readonly board: Board;
  readonly canvas: StagePlayback;
  readonly isAway: (id: ItemId) => boolean;
  /** Motion is welcome: what comes may draw itself, also what is asked for. */
  readonly mayMove: () => boolean;
  /** What comes draws itself. */
  readonly isWanted: () => boolean;
  readonly goTo: (box: Box) => void;
  /** It began to play, or does no more. */
  readonly onChange: () => void;
}

const INPUTS = ["pointerdown", "touchstart", "wheel", "keydown"] as const;

export function createAwayPlay(deps: AwayPlayDeps): AwayPlay {
  const { board, canvas, onChange } = deps;
  let player = createPlayer();

  function createPlayer(): AwayPlayer {
    return createAwayPlayer({
      canvas,
      requestFrame: canvas.requestFrame,
      now: pageClock.now,
      onChange,
    });
  }

  function add(ids: readonly ItemId[]): void {
    const strokes = board.inOrder(ids).flatMap((id) => {
      const item = board.item(id);
      return item ? [{ id, points: item.kind === "stroke" ? item.points.length : 0 }] : [];
    });
    player.add(strokes);
  }

  function skip(): void {
    if (player.isPlaying()) player.skip();
  }

  const options = { capture: true, passive: true };
  for (const type of INPUTS) document.addEventListener(type, skip, options);

  return {
    take({ origin, shown }) {
      const away = origin === "remote" ? shown.filter(deps.isAway) : [];
      // Nothing goes on under somebody's hands.
      if (away.length > 0 && deps.isWanted() && deps.mayMove() && !canvas.isBusy()) add(away);
      return away.length > 0 && away.length === shown.length;
    },
    again(ids) {
      player.skip();
      const box = canvas.boundsOf(ids);
      const sight = canvas.inSight();
      if (box && !sameBox(unionOf(sight, box)!, sight)) deps.goTo(box);
      if (!deps.mayMove()) return;
      player = createPlayer();
      add(ids);
    },
    isPlaying: () => player.isPlaying(),
    close() {
      for (const type of INPUTS) document.removeEventListener(type, skip, options);
      player.skip();
    },
  };
}
