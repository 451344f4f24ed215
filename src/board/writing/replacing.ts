/*
 * A stroke that becomes another thing while it is drawn: taking that thing back brings the stroke.
 */
import type { ItemId } from "../document/board.ts";
import type { ActionDeps } from "./action-deps.ts";
import type { UndoStep } from "./changes.ts";
import type { StrokeEnding } from "./ink-writer.ts";
import { rangesOf } from "./ranges.ts";

/** `ids`: what was drawn; `make`: makes what comes in its place. Within one transaction. */
export function replaceStroke(
  { changes, history }: Pick<ActionDeps, "changes" | "history">,
  ids: readonly ItemId[],
  make: (step: UndoStep) => ItemId,
): ReturnType<StrokeEnding["replaced"]> {
  const ranges = rangesOf(ids);
  const drawn = changes.step(({ made }) => made(ranges));
  let id = "";
  const parts = changes.step((step) => {
    step.mark({ kind: "erase", ranges });
    id = make(step);
  });
  return {
    id,
    record() {
      history.record({ parts: drawn }, true);
      history.record({ parts, cameInPlace: id });
    },
  };
}
