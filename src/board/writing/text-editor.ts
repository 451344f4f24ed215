import type * as Y from "yjs";
import type { ItemId, TextEditor } from "../document/board.ts";
import type { Changes, UndoStep } from "./changes.ts";
import type { Part } from "./part.ts";
import { together } from "./history.ts";
import type { Blame, HistoryEntry, Outcome } from "./history.ts";
import { cutLabel, decodeLabel, encodeLabel, insertAfter, MAX_LABEL_CHARS } from "../document/labels.ts";
import { charactersOf } from "../reading/label-text.ts";
import type { LabelCharacter } from "../document/labels.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import { inRanges, mergeRanges } from "../document/marks.ts";
import type { ClockRange } from "../document/marks.ts";
import type { ItemAttributes } from "../document/schema.ts";

/** A text that can be typed in. */
export interface TextPlace {
  readonly id: ItemId;
  readonly label: Y.Text;
  /** Whether the whole text is hidden by a mark. */
  isGone(): boolean;
  /** Tells whose mark that is. */
  blameGone(blame: Blame): void;
  /** Takes the whole text away. */
  remove(step: UndoStep): void;
  /** Writes an attribute of the item. */
  give(step: UndoStep, attributes: ItemAttributes): void;
  /** The sessions besides this one that have written in it. */
  others(): readonly number[];
  /** Makes the same text with these words, to take the place of this one. */
  moveOn(step: UndoStep, stored: string): ItemId;
}

export interface TextEditorDeps {
  readonly place: TextPlace;
  /** A text that has been made meanwhile. */
  placeOf(id: ItemId): TextPlace;
  readonly own: { readonly clientID: number };
  readonly changes: Changes;
  readonly cover: Pick<MarkCover, "erases">;
  /** What was done before the first key: the text itself, where it is new. */
  readonly before: readonly Part[];
  onDone(entry: HistoryEntry): void;
}

/** How many former texts a person may still be looking at. */
const MAX_KNOWN = 32;

/** One person's typing. Also the texts that the person was shown are kept, character by character. */
export function createTextEditor(deps: TextEditorDeps): TextEditor {
  const { own, changes, cover } = deps;
  let { place } = deps;
  /** What makes the item that holds the words, where this person has made it. */
  let made = deps.before;
  let isOwn = made.length > 0;
  /** What took away the item that held the words first. */
  let leaving: readonly Part[] = [];
  let parts: Part[] = [];
  let typed: ClockRange[] = [];
  const shown = new Map<string, readonly LabelCharacter[]>();
  let ended = false;

  function look(): { readonly text: string; readonly characters: readonly LabelCharacter[] } {
    const characters = charactersOf(place.label, cover);
    const text = decodeLabel(unitsOf(characters));
    remember(shown, text, characters);
    return { text, characters };
  }

  function erase(step: UndoStep, gone: readonly LabelCharacter[]): void {
    const standing = gone.filter(({ client, clock }) => !cover.erases(client, clock));
    if (standing.length > 0) step.eraseCharacters(rangesOfCharacters(standing));
  }

  /** What this person has typed and erased again never comes back: it is no part of the step. */
  function eraseApart(gone: readonly LabelCharacter[]): Part[] {
    changes.step((step) => erase(step, gone.filter(isTyped)));
    const others = gone.filter((each) => !isTyped(each));
    return [...changes.step((step) => erase(step, others))];
  }

  function isTyped({ client, clock }: LabelCharacter): boolean {
    return client === own.clientID && inRanges(typed, clock);
  }

  function typedAndLeft(): readonly LabelCharacter[] {
    return look().characters.filter(isTyped);
  }

  /**
   * Into a new item goes what stands, but for what is erased, with what is typed. Taking it back brings the
   * text that was there first, whatever it went through; where somebody else has written in the new item it
   * stays, or two texts would lie on one another.
   */
  function moveOn(erased: readonly LabelCharacter[], after: LabelCharacter | undefined, added: string): void {
    const { characters } = look();
    const stored = changed(characters, erased, after, added);
    const old = place;
    let next = old.id;
    changes.transact(() => {
      // Whoever types there meanwhile has to see what was not taken along.
      const left = eraseApart(characters);
      left.push(...changes.step(old.remove));
      if (!isOwn) leaving = [...parts, ...left];
      made = changes.step((step) => {
        next = old.moveOn(step, stored);
      });
    });
    place = deps.placeOf(next);
    isOwn = true;
    parts = [];
    typed = [];
    shown.clear();
  }

  look();

  return {
    id: () => place.id,
    text: () => look().text,
    change(known, next) {
      if (ended) return;
      const stored = encodeLabel(next);
      const characters = shown.get(known) ?? look().characters;
      const { start, end, inserted } = difference(characters, stored);
      const erased = characters.slice(start, end);
      if (isWornOut(place.label, look().characters.length - erased.length, inserted)) {
        moveOn(erased, characters[start - 1], inserted);
      } else {
        changes.transact(() => {
          parts.push(...eraseApart(erased));
          const range = insertAfter(place.label, characters[start - 1], inserted, own);
          if (range) typed = mergeRanges([...typed, range]);
        });
      }
      look();
    },
    setWidth(width) {
      if (!ended) parts.push(...changes.step((step) => place.give(step, { width })));
    },
    leftBehind: () => decodeLabel(unitsOf(typedAndLeft())),
    end() {
      if (ended) return;
      ended = true;
      const isBlank = look().text.trim() === "";
      const mine = typedAndLeft();
      if (isBlank && isOwn) {
        // It came and went: there is nothing to take back, but that the text before it went.
        changes.step(place.remove);
        if (leaving.length > 0) deps.onDone(changes.entryOf(leaving));
        return;
      }
      // Blanks that go with the text are not to come back with it.
      if (isBlank) changes.step((step) => erase(step, mine));
      parts.push(
        ...changes.step((step) => {
          if (isBlank) place.remove(step);
          else if (mine.length > 0) step.typed(rangesOfCharacters(mine));
        }),
      );
      const moved = leaving.length > 0 ? [unlessOthers(place.others, [...leaving, ...made])] : made;
      const all = [...moved, ...parts];
      if (all.length > 0) deps.onDone(inText(place, changes.entryOf(all), isBlank));
    },
  };
}

/** The latest at the end. */
function remember(
  shown: Map<string, readonly LabelCharacter[]>,
  text: string,
  characters: readonly LabelCharacter[],
): void {
  shown.delete(text);
  shown.set(text, characters);
  for (const old of shown.keys()) {
    if (shown.size <= MAX_KNOWN) break;
    shown.delete(old);
  }
}

/** There is no room for what is added, but there would be without what is erased. */
function isWornOut(label: Y.Text, left: number, added: string): boolean {
  return label.length + added.length > MAX_LABEL_CHARS && label.length > left;
}

/** Nobody sees what happens to words that somebody else has taken away as a whole. */
function inText(place: TextPlace, entry: HistoryEntry, isRemoved: boolean): HistoryEntry {
  return {
    undo(blame) {
      const outcome = !isRemoved && place.isGone() ? "skipped" : entry.undo(blame);
      const isTaken = outcome === "skipped" || isRemoved;
      if (!isTaken || !place.isGone()) return outcome;
      place.blameGone(blame);
      return "skipped";
    },
    redo: entry.redo,
  };
}

/** One part made of several, which stays where somebody keeps it from being taken back. */
function unlessOthers(others: () => readonly number[], all: readonly Part[]): Part {
  const run = (ordered: readonly Part[], way: "undo" | "redo", blame: Blame): (() => Outcome) => {
    const looks = ordered.map((part) => part[way](blame));
    return () => together(looks.map((look) => look()));
  };
  return {
    undo(blame) {
      const keeping = others();
      if (keeping.length === 0) return run([...all].reverse(), "undo", blame);
      blame(keeping);
      return () => "skipped";
    },
    redo: (blame) => run(all, "redo", blame),
  };
}

export function rangesOfCharacters(characters: readonly LabelCharacter[]): Map<number, ClockRange[]> {
  const ranges = new Map<number, ClockRange[]>();
  for (const { client, clock } of characters) {
    const list = ranges.get(client) ?? [];
    ranges.set(client, list);
    list.push({ start: clock, end: clock + 1 });
  }
  for (const [client, list] of ranges) ranges.set(client, mergeRanges(list));
  return ranges;
}

/** What stands without what is erased, and with what is typed behind one of the characters. */
function changed(
  standing: readonly LabelCharacter[],
  erased: readonly LabelCharacter[],
  after: LabelCharacter | undefined,
  added: string,
): string {
  const gone = new Set(erased.map(keyOf));
  const kept = standing.filter((each) => !gone.has(keyOf(each)));
  const at = after ? kept.findIndex((each) => keyOf(each) === keyOf(after)) + 1 : 0;
  const fitting = cutLabel(added, MAX_LABEL_CHARS - kept.length);
  return unitsOf(kept.slice(0, at)) + fitting + unitsOf(kept.slice(at));
}

/** As they are stored. */
export function unitsOf(characters: readonly LabelCharacter[]): string {
  return characters.map(({ unit }) => unit).join("");
}

function keyOf({ client, clock }: LabelCharacter): string {
  return `${client}.${clock}`;
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
