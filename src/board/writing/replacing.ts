/*
 * A stroke that becomes another thing while it is drawn: taking that thing back brings the stroke.
 */
import type { ItemId } from "../document/board.ts";
import { writeOf } from "../document/item-id.ts";
import type { ActionDeps } from "./action-deps.ts";
import type { UndoStep } from "./changes.ts";
import type { HistoryEntry } from "./history.ts";
import type { StrokeEnding } from "./ink-writer.ts";
import { HIDING, rangesOf } from "./ranges.ts";

interface ReplacingDeps extends Pick<ActionDeps, "changes" | "history"> {
  readonly cover: Pick<ActionDeps["reader"]["cover"], "hides">;
}

/** `ids`: what was drawn; `make`: makes what comes in its place. Within one transaction. */
export function replaceStroke(
  { changes, history, cover }: ReplacingDeps,
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
  const entry = changes.entryOf(parts);
  const { client, clock } = writeOf(id);
  const isGone = (): boolean => cover.hides(client, clock);
  /** What somebody else has taken away does not come back in its former look. */
  const unlessGone: HistoryEntry = {
    ...entry,
    can: (way) => !(way === "undo" && isGone()) && entry.can(way),
    blame(way, blame) {
      if (way === "undo" && isGone()) changes.seeing.blameMakers(rangesOf([id]), HIDING, blame);
      else entry.blame(way, blame);
    },
  };
  return {
    id,
    record() {
      history.record(changes.entryOf(drawn), true);
      history.record(unlessGone);
    },
  };
}
