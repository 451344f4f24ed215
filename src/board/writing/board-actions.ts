import type { Board } from "../document/board.ts";
import type { ActionDeps } from "./action-deps.ts";
import { createAltering } from "./altering.ts";
import { createCopying } from "./copying.ts";
import { createErasing } from "./erasing.ts";
import type { ErasingDeps } from "./erasing.ts";
import type { ItemMaker } from "./item-maker.ts";
import { createLayerActions } from "./layer-actions.ts";
import { createMaking } from "./making.ts";
import type { Part } from "./part.ts";
import { planStep } from "./planned-step.ts";
import { createTouchable } from "./touchable.ts";

export interface BoardActionsDeps extends Omit<ErasingDeps, "touchable" | "step" | "make"> {
  readonly maker: ItemMaker;
}

type Read =
  | "items"
  | "arrival"
  | "noRoomFor"
  | "isEmpty"
  | "item"
  | "inOrder"
  | "onChange"
  | "startStroke"
  | "layers"
  | "lookBack"
  | "history"
  | "revocable";

type Actions = Omit<Board, Read> &
  Pick<ActionDeps, "step"> &
  Pick<ReturnType<typeof createMaking>, "replaced" | "bringBack">;

/** What a person does to the board, but for drawing. */
export function createBoardActions(given: BoardActionsDeps): Actions {
  const { doc, reader, changes, history, room, flush } = given;
  const touchable = createTouchable(reader, flush);
  function record(parts: readonly Part[]): boolean {
    if (parts.length > 0) history.record({ parts });
    return parts.length > 0;
  }
  const step: ActionDeps["step"] = (act) => {
    const { size, run } = planStep(act);
    return room.admits(size) && record(changes.step(run));
  };
  const make: ActionDeps["make"] = (size, act) => {
    if (!room.admits(size)) return false;
    record(changes.step(act));
    return true;
  };
  const deps = { ...given, touchable, step, make };
  return {
    step,
    whole: (ids) => touchable.whole(ids).map(({ id }) => id),
    firstPieces: (ids) => touchable.firstPieces(ids).map(({ id }) => id),
    ...createMaking(deps),
    ...createCopying(deps),
    ...createErasing(deps),
    ...createAltering(deps),
    ...createLayerActions({
      work: given.work,
      own: doc,
      layers: reader.attributes.layers,
      madeLayers: reader.attributes.madeLayers,
      step,
    }),
  };
}
