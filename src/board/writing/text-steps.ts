/*
 * Steps of the history in a text, which is there or not as a whole, and may be in a new item since.
 */
import { together } from "./history.ts";
import type { Blame, HistoryEntry, Outcome, Way } from "./history.ts";
import type { Part } from "./part.ts";
import type { TextPlace } from "./text-place.ts";

/**
 * Nobody sees what happens to words that somebody else has taken away as a whole. `does`: what becomes of the
 * whole text by the step.
 */
export function inText(
  place: Pick<TextPlace, "isSeen" | "isOnShownLayer" | "blameGone">,
  entry: HistoryEntry,
  does: "comes" | "goes" | "stays",
): HistoryEntry {
  function run(way: Way, blame: Blame): Outcome {
    const wasSeen = place.isSeen();
    const outcome = entry[way](blame);
    if (wasSeen || place.isSeen()) return outcome;
    place.blameGone(blame);
    return "shared";
  }

  // The text itself may be what comes back.
  const isSeen = (way: Way): boolean =>
    does === "goes" || (way === "redo" && does === "comes") ? place.isOnShownLayer() : place.isSeen();

  return {
    ...entry,
    can: (way) => isSeen(way) && entry.can(way),
    blame(way, blame) {
      place.blameGone(blame);
      entry.blame(way, blame);
    },
    undo: (blame) => run("undo", blame),
    redo: (blame) => run("redo", blame),
    revoke: entry.revoke,
  };
}

/** One part made of several, which stays where somebody keeps it from being taken back. */
export function unlessOthers(others: () => readonly number[], all: readonly Part[]): Part {
  const run = (ordered: readonly Part[], way: Way, blame: Blame): (() => Outcome) => {
    const looks = ordered.map((part) => part[way](blame));
    return () => together(looks.map((look) => look()));
  };
  return {
    isOver: () => all.every((part) => part.isOver()),
    forget() {
      for (const part of all) part.forget();
    },
    can: (way) => (way === "redo" || others().length === 0) && all.some((part) => part.can(way)),
    blame(way, blame) {
      if (way === "undo") blame(others());
      for (const part of all) part.blame(way, blame);
    },
    undo(blame) {
      const keeping = others();
      if (keeping.length === 0) return run([...all].reverse(), "undo", blame);
      blame(keeping);
      return () => "skipped";
    },
    redo: (blame) => run(all, "redo", blame),
    revoke() {
      if (others().length > 0) return;
      for (const part of [...all].reverse()) part.revoke();
    },
  };
}
