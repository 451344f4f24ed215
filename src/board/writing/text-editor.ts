import type * as Y from "yjs";
import type { TextEditor } from "../document/board.ts";
import type { Changes, UndoStep } from "./changes.ts";
import type { Part } from "./part.ts";
import type { Blame, HistoryEntry, Outcome, Way } from "./history.ts";
import { decodeLabel, encodeLabel, insertAfter } from "../document/labels.ts";
import { charactersOf } from "../reading/label-text.ts";
import type { LabelCharacter } from "../document/labels.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import { inRanges, mergeRanges } from "../document/marks.ts";
import type { ClockRange } from "../document/marks.ts";
import { clocksIn, rangesOfWrites } from "./ranges.ts";

export interface TextEditorDeps {
  readonly label: Y.Text;
  readonly own: { readonly clientID: number };
  readonly changes: Changes;
  readonly cover: Pick<MarkCover, "erases">;
  /** What was done before the first key: the text itself, where it is new. */
  readonly before: readonly Part[];
  /** Nobody else has hidden its layer. */
  isOnShownLayer(): boolean;
  /** Neither is hidden. */
  isSeen(): boolean;
  /** Tells who keeps it from being seen. */
  blameGone(blame: Blame): void;
  /** Takes the whole text away; part of the same step. */
  remove(step: UndoStep): void;
  onDone(entry: HistoryEntry): void;
}

/** How many former texts a person may still be looking at. */
const MAX_KNOWN = 32;

/** One person's typing. Also the texts that the person was shown are kept, character by character. */
export function createTextEditor(deps: TextEditorDeps): TextEditor {
  const { label, own, changes, cover } = deps;
  const { length } = label;
  const parts = [...deps.before];
  const typed: ClockRange[] = [];
  const shown = new Map<string, readonly LabelCharacter[]>();
  let ended = false;

  function look(): { readonly text: string; readonly characters: readonly LabelCharacter[] } {
    const characters = charactersOf(label, cover);
    const text = decodeLabel(characters.map(({ unit }) => unit).join(""));
    shown.delete(text);
    shown.set(text, characters);
    for (const old of shown.keys()) {
      if (shown.size <= MAX_KNOWN) break;
      shown.delete(old);
    }
    return { text, characters };
  }

  function erase(step: UndoStep, gone: readonly LabelCharacter[]): void {
    const standing = gone.filter(({ client, clock }) => !cover.erases(client, clock));
    if (standing.length > 0) step.eraseCharacters(rangesOfWrites(standing));
  }

  function isTyped({ client, clock }: LabelCharacter): boolean {
    return client === own.clientID && inRanges(mergeRanges(typed), clock);
  }

  /** The words are what they were, and nobody else has changed them meanwhile either. */
  function isUnchanged(): boolean {
    if (look().text !== begun.text || label.length !== length + clocksIn(mergeRanges(typed))) return false;
    const others = new Set<number>();
    changes.seeing.blameMakers(rangesOfWrites(begun.characters), ["erase"], (sessions) => {
      for (const session of sessions) others.add(session);
    });
    return others.size === 0;
  }

  /** Nobody sees what happens to words that somebody else has taken away as a whole. */
  function inText(entry: HistoryEntry, isRemoved: boolean): HistoryEntry {
    function run(way: Way, blame: Blame): Outcome {
      const wasSeen = deps.isSeen();
      const outcome = entry[way](blame);
      if (wasSeen || deps.isSeen()) return outcome;
      deps.blameGone(blame);
      return "shared";
    }

    // The text itself may be what comes back.
    const isSeen = (way: Way): boolean =>
      isRemoved || (way === "redo" && deps.before.length > 0) ? deps.isOnShownLayer() : deps.isSeen();

    return {
      can: (way) => isSeen(way) && entry.can(way),
      blame(way, blame) {
        deps.blameGone(blame);
        entry.blame(way, blame);
      },
      undo: (blame) => run("undo", blame),
      redo: (blame) => run("redo", blame),
    };
  }

  const begun = look();

  return {
    text: () => look().text,
    change(known, next) {
      if (ended) return;
      const stored = encodeLabel(next);
      const characters = shown.get(known) ?? look().characters;
      const { start, end, inserted } = difference(characters, stored);
      const gone = characters.slice(start, end);
      changes.transact(() => {
        const found = changes.step((step) => {
          erase(
            step,
            gone.filter((each) => !isTyped(each)),
          );
          const range = insertAfter(label, characters[start - 1], inserted, own);
          if (range) typed.push(range);
        });
        parts.push(...found);
        // What came and went while this person typed is not to come back.
        changes.step((step) => erase(step, gone.filter(isTyped)));
      });
      look();
    },
    end() {
      if (ended) return;
      ended = true;
      const isBlank = look().text.trim() === "";
      const mine = look().characters.filter(isTyped);
      if (isBlank && deps.before.length > 0) {
        // It came and went: there is nothing to take back.
        changes.step(deps.remove);
        return;
      }
      if (deps.before.length === 0 && isUnchanged()) return;
      // Blanks that go with the text are not to come back with it.
      if (isBlank) changes.step((step) => erase(step, mine));
      parts.push(
        ...changes.step((step) => {
          if (isBlank) deps.remove(step);
          else if (mine.length > 0) step.typed(rangesOfWrites(mine));
        }),
      );
      if (parts.length > 0) deps.onDone(inText(changes.entryOf(parts), isBlank));
    },
  };
}

/** The one stretch that is another, in whole characters: halves stay together. */
function difference(
  before: readonly LabelCharacter[],
  after: string,
): { start: number; end: number; inserted: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start]!.unit === after[start]) start++;
  // The first half is the same in many pairs: then the pair is typed anew as a whole.
  if (start > 0 && isFirstHalf(after[start - 1]!)) start--;
  let rest = 0;
  while (rest < most - start && before[before.length - 1 - rest]!.unit === after[after.length - 1 - rest])
    rest++;
  if (rest > 0 && isSecondHalf(after[after.length - rest]!)) rest--;
  return { start, end: before.length - rest, inserted: after.slice(start, after.length - rest) };
}

function isFirstHalf(unit: string): boolean {
  return unit >= "\ue000" && unit < "\ue400";
}

function isSecondHalf(unit: string): boolean {
  return unit >= "\ue400" && unit < "\ue800";
}
