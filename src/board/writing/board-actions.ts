import type { Board } from "../document/board.ts";
import type { ActionDeps } from "./action-deps.ts";
import { createAltering } from "./altering.ts";
import { createCopying } from "./copying.ts";
import { createErasing } from "./erasing.ts";
import type { ErasingDeps } from "./erasing.ts";
import type { ItemMaker } from "./item-maker.ts";
import { createLayerActions } from "./layer-actions.ts";
import { createMaking } from "./making.ts";
import { createTouchable } from "./touchable.ts";

export interface BoardActionsDeps extends Omit<ErasingDeps, "touchable" | "step"> {
  readonly maker: ItemMaker;
}

type Read =
  | "items"
  | "isEmpty"
  | "item"
  | "inOrder"
  | "onChange"
  | "startStroke"
  | "layers"
  | "history"
  | "revocable";

type Actions = Omit<Board, Read> &
  Pick<ActionDeps, "step"> &
  Pick<ReturnType<typeof createMaking>, "replaced">;

/** What a person does to the board, but for drawing. */
export function createBoardActions(given: BoardActionsDeps): Actions {
  const { doc, reader, changes, history, flush } = given;
  const touchable = createTouchable(reader, flush);
  const step: ActionDeps["step"] = (act) => {
    const parts = changes.step(act);
    if (parts.length > 0) history.record(changes.entryOf(parts));
    return parts.length > 0;
  };
  const deps = { ...given, touchable, step };
  return {
    step,
    whole: (ids) => touchable.whole(ids).map(({ id }) => id),
    ...createMaking(deps),
    ...createCopying(deps),
    ...createErasing(deps),
    ...createAltering(deps),
    ...createLayerActions({
      own: doc,
      layers: reader.attributes.layers,
      madeLayers: reader.attributes.madeLayers,
      step,
    }),
  };
}
