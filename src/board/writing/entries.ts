/*
 * The steps of the history: plain values as their parts are (part.ts), and what can be done with them on a document.
 */
import type { ItemId } from "../document/board.ts";
import { writeOf } from "../document/item-id.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import { together } from "./outcome.ts";
import type { Blame, Outcome, Way } from "./outcome.ts";
import type { Part, PartActions } from "./part.ts";
import { HIDING, rangesOf } from "./ranges.ts";
import type { Ranges } from "./ranges.ts";
import type { Seeing } from "./seeing.ts";

/** One step of this session. */
export interface HistoryEntry {
  readonly parts: readonly Part[];
  /**
   * It is in a text: nobody sees what happens to words that somebody else has taken away as a whole. `does`: what
   * becomes of the whole text by the step.
   */
  readonly inText?: { readonly id: ItemId; readonly does: "comes" | "goes" | "stays" };
  /** This item came in the place of another: what somebody else has taken away does not come back in its former look. */
  readonly cameInPlace?: ItemId;
}

/** Takes steps back on a document, and does them again. */
export interface Entries {
  /** Whether there is something of it to take back, or to do again, that anybody would see. Writes nothing. */
  can(entry: HistoryEntry, way: Way): boolean;
  /** Tells who keeps it from that. */
  blame(entry: HistoryEntry, way: Way, blame: Blame): void;
  undo(entry: HistoryEntry, blame: Blame): Outcome;
  redo(entry: HistoryEntry, blame: Blame): Outcome;
  /** Takes it back as if it had never been done: what others have hidden of it by now stays away as well. */
  revoke(entry: HistoryEntry): void;
  /** As of a part (part.ts). */
  isOver(entry: HistoryEntry): boolean;
  forget(entry: HistoryEntry): void;
}

export interface EntriesDeps {
  readonly parts: PartActions<Part>;
  readonly cover: Pick<MarkCover, "hides">;
  readonly seeing: Seeing;
  /** Runs a change as one local transaction. */
  transact(change: () => void): void;
}

export function createEntries({ parts, cover, seeing, transact }: EntriesDeps): Entries {
  function run({ parts: all, inText }: HistoryEntry, way: Way, blame: Blame): Outcome {
    const text = inText && rangesOf([inText.id]);
    const wasSeen = !text || seeing.someIsSeen(text);
    let looks: (() => Outcome)[] = [];
    transact(() => {
      const ordered = way === "undo" ? [...all].reverse() : all;
      looks = ordered.map((part) => parts[way](part, blame));
    });
    // What came of it is to be seen when the transaction is over.
    const outcome = together(looks.map((look) => look()));
    if (wasSeen || seeing.someIsSeen(text)) return outcome;
    blameTextGone(text, blame);
    return "shared";
  }

  function isTextSeen({ id, does }: NonNullable<HistoryEntry["inText"]>, way: Way): boolean {
    const text = rangesOf([id]);
    // The text itself may be what comes back.
    const isBack = does === "goes" || (way === "redo" && does === "comes");
    return isBack ? seeing.isOnShownLayer(text) : seeing.someIsSeen(text);
  }

  function blameTextGone(text: Ranges, blame: Blame): void {
    seeing.blameMakers(text, HIDING, blame);
    seeing.blameLayers(text, blame);
  }

  /** The item that came in the place of another, where it is gone: then that is not to come back. */
  function goneInPlace({ cameInPlace }: HistoryEntry, way: Way): ItemId | undefined {
    if (cameInPlace === undefined || way === "redo") return undefined;
    const { client, clock } = writeOf(cameInPlace);
    return cover.hides(client, clock) ? cameInPlace : undefined;
  }

  return {
    can: (entry, way) =>
      (!entry.inText || isTextSeen(entry.inText, way)) &&
      goneInPlace(entry, way) === undefined &&
      entry.parts.some((part) => parts.can(part, way)),
    blame(entry, way, blame) {
      const gone = goneInPlace(entry, way);
      if (gone !== undefined) return seeing.blameMakers(rangesOf([gone]), HIDING, blame);
      if (entry.inText) blameTextGone(rangesOf([entry.inText.id]), blame);
      for (const part of entry.parts) parts.blame(part, way, blame);
    },
    undo: (entry, blame) => run(entry, "undo", blame),
    redo: (entry, blame) => run(entry, "redo", blame),
    revoke: (entry) =>
      transact(() => {
        for (const part of [...entry.parts].reverse()) parts.revoke(part);
      }),
    isOver: (entry) => entry.parts.every(parts.isOver),
    forget(entry) {
      for (const part of entry.parts) parts.forget(part);
    },
  };
}
