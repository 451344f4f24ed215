import type * as Y from "yjs";
import type { TextEditor } from "../document/board.ts";
import type { Changes, UndoStep } from "./changes.ts";
import type { Part } from "./part.ts";
import type { Blame, HistoryEntry } from "./history.ts";
import { decodeLabel, encodeLabel, insertAfter } from "../document/labels.ts";
import { charactersOf } from "../reading/label-text.ts";
import type { LabelCharacter } from "../document/labels.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import { inRanges, mergeRanges } from "../document/marks.ts";
import type { ClockRange } from "../document/marks.ts";
import { rangesOfWrites } from "./ranges.ts";

export interface TextEditorDeps {
  readonly label: Y.Text;
  readonly own: { readonly clientID: number };
  readonly changes: Changes;
  readonly cover: Pick<MarkCover, "erases">;
  /** What was done before the first key: the text itself, where it is new. */
  readonly before: readonly Part[];
  /** Whether the whole text is hidden by a mark. */
  isGone(): boolean;
  /** Tells whose mark that is. */
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

  function typedAndLeft(): readonly LabelCharacter[] {
    const ranges = mergeRanges(typed);
    return look().characters.filter(
      ({ client, clock }) => client === own.clientID && inRanges(ranges, clock),
    );
  }

  /** Nobody sees what happens to words that somebody else has taken away as a whole. */
  function inText(entry: HistoryEntry, isRemoved: boolean): HistoryEntry {
    return {
      undo(blame) {
        const outcome = !isRemoved && deps.isGone() ? "skipped" : entry.undo(blame);
        const isTaken = outcome === "skipped" || isRemoved;
        if (!isTaken || !deps.isGone()) return outcome;
        deps.blameGone(blame);
        return "skipped";
      },
      redo: entry.redo,
    };
  }

  look();

  return {
    text: () => look().text,
    change(known, next) {
      if (ended) return;
      const stored = encodeLabel(next);
      const characters = shown.get(known) ?? look().characters;
      const { start, end, inserted } = difference(characters, stored);
      const erased = changes.step((step) => {
        erase(step, characters.slice(start, end));
        const range = insertAfter(label, characters[start - 1], inserted, own);
        if (range) typed.push(range);
      });
      parts.push(...erased);
      look();
    },
    end() {
      if (ended) return;
      ended = true;
      const isBlank = look().text.trim() === "";
      const mine = typedAndLeft();
      if (isBlank && deps.before.length > 0) {
        // It came and went: there is nothing to take back.
        changes.step(deps.remove);
        return;
      }
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
