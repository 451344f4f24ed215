import type * as Y from "yjs";
import type { TextEditor } from "./board.ts";
import type { Changes, Gesture, Part } from "./changes.ts";
import type { HistoryEntry } from "./history.ts";
import { charactersOf, decodeLabel, encodeLabel, insertAfter } from "./labels.ts";
import type { LabelCharacter } from "./labels.ts";
import type { MarkCover } from "./mark-cover.ts";
import { mergeRanges } from "./marks.ts";
import type { ClockRange } from "./marks.ts";

export interface TextEditorDeps {
  readonly label: Y.Text;
  readonly own: { readonly clientID: number };
  readonly changes: Changes;
  readonly cover: Pick<MarkCover, "erases">;
  /** What was done before the first key: the text itself, where it is new. */
  readonly before: readonly Part[];
  /** Takes the whole text away; part of the same step. */
  remove(gesture: Gesture): void;
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

  function erase(gesture: Gesture, gone: readonly LabelCharacter[]): void {
    const ranges = new Map<number, ClockRange[]>();
    for (const { client, clock } of gone) {
      if (cover.erases(client, clock)) continue;
      const list = ranges.get(client) ?? [];
      ranges.set(client, list);
      list.push({ start: clock, end: clock + 1 });
    }
    for (const [client, list] of ranges) ranges.set(client, mergeRanges(list));
    if (ranges.size > 0) gesture.mark({ kind: "erase", ranges });
  }

  look();

  return {
    text: () => look().text,
    change(known, next) {
      if (ended) return;
      const stored = encodeLabel(next);
      const characters = shown.get(known) ?? look().characters;
      const { start, end, inserted } = difference(characters, stored);
      const erased = changes.gesture((gesture) => {
        erase(gesture, characters.slice(start, end));
        const range = insertAfter(label, characters[start - 1], inserted, own);
        if (range) typed.push(range);
      });
      parts.push(...erased);
      look();
    },
    end() {
      if (ended) return;
      ended = true;
      parts.push(
        ...changes.gesture((gesture) => {
          if (typed.length > 0) gesture.made(new Map([[own.clientID, mergeRanges(typed)]]));
          if (look().text.trim() === "") deps.remove(gesture);
        }),
      );
      if (parts.length > 0) deps.onDone(changes.entryOf(parts));
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
  let rest = 0;
  while (rest < most - start && before[before.length - 1 - rest]!.unit === after[after.length - 1 - rest])
    rest++;
  // The first half is the same in many pairs: then the pair is typed anew as a whole.
  if (start > 0 && isFirstHalf(after[start - 1]!)) start--;
  if (rest > 0 && isSecondHalf(after[after.length - rest]!)) rest--;
  return { start, end: before.length - rest, inserted: after.slice(start, after.length - rest) };
}

function isFirstHalf(unit: string): boolean {
  return unit >= "\ue000" && unit < "\ue400";
}

function isSecondHalf(unit: string): boolean {
  return unit >= "\ue400" && unit < "\ue800";
}
