import type { TextEditor } from "../document/text-editor.ts";
import type * as Y from "yjs";
import { drawsSomething } from "../../base/visible-line.ts";
import type { ItemId } from "../document/board.ts";
import type { Changes, UndoStep } from "./changes.ts";
import type { Part } from "./part.ts";
import { tellWhether } from "./outcome.ts";
import type { HistoryEntry } from "./entries.ts";
import { cutLabel, decodeLabel, encodeLabel, insertAfter, MAX_LABEL_CHARS } from "../document/labels.ts";
import { charactersOf } from "../reading/label-text.ts";
import type { LabelCharacter } from "../document/labels.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import { inRanges, mergeRanges } from "../document/marks.ts";
import type { ClockRange } from "../document/marks.ts";
import { clocksIn, rangesOfWrites } from "./ranges.ts";
import type { TextPlace } from "./text-place.ts";

export interface TextEditorDeps {
  readonly place: TextPlace;
  /** A text that has been made meanwhile. */
  placeOf(id: ItemId): TextPlace;
  readonly own: { readonly clientID: number };
  readonly changes: Changes;
  readonly cover: Pick<MarkCover, "erases">;
  /** What was done before the first key: the text itself, where it is new. */
  readonly before: readonly Part[];
  /** Whether there is still room for what is typed. */
  mayGoOn(): boolean;
  onDone(entry: HistoryEntry): void;
}

/** How many former texts a person may still be looking at. */
const MAX_KNOWN = 32;

/** One person's typing. Also the texts that the person was shown are kept, character by character. */
export function createTextEditor(deps: TextEditorDeps): TextEditor {
  const { own, changes, cover, place: first } = deps;
  const { length } = first.label;
  let place = first;
  /** What makes the item that holds the words, where this person has made it. */
  let made = deps.before;
  let isOwn = made.length > 0;
  /** What took away the item that held the words first. */
  let leaving: readonly Part[] = [];
  let parts: Part[] = [];
  let typed: ClockRange[] = [];
  /** Of an item that was there before. One that this person has made comes and goes with its width. */
  const widths: Part[] = [];
  const looks = createLooks(cover);
  let ended = false;

  const look = (): Look => looks.at(place.label);

  const isTyped = ({ client, clock }: LabelCharacter): boolean =>
    client === own.clientID && inRanges(typed, clock);

  const typedAndLeft = (): readonly LabelCharacter[] => look().characters.filter(isTyped);

  /** What this person has typed and erased again never comes back: it is no part of the step. */
  function eraseApart(gone: readonly LabelCharacter[]): readonly Part[] {
    changes.forget(changes.step((step) => erase(step, gone.filter(isTyped), cover)));
    const others = gone.filter((each) => !isTyped(each));
    return changes.step((step) => erase(step, others, cover));
  }

  /** The words are what they were, and nobody else has changed them meanwhile either. */
  function isUnchanged(): boolean {
    if (isOwn || widths.length > 0 || look().text !== begun.text) return false;
    return place.label.length === length + clocksIn(typed) && !areErasedByOthers(begun.characters, changes);
  }

  /**
   * Into a new item goes what stands, but for what is erased, with what is typed. Taking it back brings the
   * text that was there first, whatever it went through; where somebody else has written in the new item it
   * stays, or two texts would lie on one another.
   */
  function moveOn(erased: readonly LabelCharacter[], after: LabelCharacter | undefined, added: string): void {
    const { characters } = look();
    const stored = changed(characters, erased, after, added);
    let next = place.id;
    changes.transact(() => {
      // Whoever types there meanwhile has to see what was not taken along.
      const left = [...eraseApart(characters), ...changes.step(place.remove)];
      if (!isOwn) leaving = [...parts, ...left];
      made = changes.step((step) => {
        next = place.moveOn(step, stored);
      });
      changes.takeBack(widths.splice(0));
    });
    place = deps.placeOf(next);
    isOwn = true;
    parts = [];
    typed = [];
    looks.forget();
  }

  const begun = look();

  return {
    id: () => place.id,
    text: () => look().text,
    change(known, next) {
      if (ended || !deps.mayGoOn()) return;
      const characters = looks.known(known) ?? look().characters;
      const { start, end, inserted } = difference(characters, encodeLabel(next));
      const erased = characters.slice(start, end);
      const after = characters[start - 1];
      if (isWornOut(place.label, look().characters.length - erased.length, inserted)) {
        moveOn(erased, after, inserted);
      } else {
        changes.transact(() => {
          parts.push(...eraseApart(erased));
          const range = insertAfter(place.label, after, inserted, own);
          if (range) typed = mergeRanges([...typed, range]);
        });
      }
      look();
    },
    setWidth(width) {
      if (ended) return;
      const given = changes.step((step) => place.give(step, { width }));
      if (!isOwn) widths.push(...given);
    },
    leftBehind: () => decodeLabel(unitsOf(typedAndLeft())),
    end() {
      if (ended) return;
      ended = true;
      const isBlank = !drawsSomething(look().text);
      const mine = typedAndLeft();
      if (isBlank && isOwn) {
        // It came and went: there is nothing to take back, but that the text before it went.
        changes.forget([...made, ...parts, ...changes.step(place.remove)]);
        if (leaving.length > 0) deps.onDone({ parts: leaving, inText: { id: first.id, does: "goes" } });
        return;
      }
      if (isUnchanged()) return;
      // Blanks that go with the text are not to come back with it.
      if (isBlank) {
        changes.forget(changes.step((step) => erase(step, mine, cover)));
        changes.takeBack(widths.splice(0));
      }
      parts.push(
        ...widths,
        ...changes.step((step) => {
          if (isBlank) place.remove(step);
          else if (mine.length > 0) step.typed(rangesOfWrites(mine));
        }),
      );
      const moved = leaving.length > 0 ? [movedTo(place.id, [...leaving, ...made])] : made;
      const all = [...moved, ...parts];
      const does = isBlank ? "goes" : isOwn ? "comes" : "stays";
      if (all.length > 0) deps.onDone({ parts: all, inText: { id: place.id, does } });
    },
  };
}

function movedTo(text: ItemId, parts: readonly Part[]): Part {
  return { kind: "moved text", text, parts };
}

/** A text as it was at one moment. */
interface Look {
  readonly text: string;
  readonly characters: readonly LabelCharacter[];
}

interface Looks {
  at(label: Y.Text): Look;
  /** What a text was made of when it was last looked at. */
  known(text: string): readonly LabelCharacter[] | undefined;
  forget(): void;
}

function createLooks(cover: Pick<MarkCover, "erases">): Looks {
  /** The latest at the end. */
  const shown = new Map<string, readonly LabelCharacter[]>();
  return {
    at(label) {
      const characters = charactersOf(label, cover);
      const text = decodeLabel(unitsOf(characters));
      shown.delete(text);
      shown.set(text, characters);
      for (const old of shown.keys()) {
        if (shown.size <= MAX_KNOWN) break;
        shown.delete(old);
      }
      return { text, characters };
    },
    known: (text) => shown.get(text),
    forget: () => shown.clear(),
  };
}

function erase(step: UndoStep, gone: readonly LabelCharacter[], cover: Pick<MarkCover, "erases">): void {
  const standing = gone.filter(({ client, clock }) => !cover.erases(client, clock));
  if (standing.length > 0) step.eraseCharacters(rangesOfWrites(standing));
}

/** Somebody else has erased some of these. */
function areErasedByOthers(
  characters: readonly LabelCharacter[],
  { seeing }: Pick<Changes, "seeing">,
): boolean {
  return tellWhether(
    () => undefined,
    (tell) => seeing.blameMakers(rangesOfWrites(characters), ["erase"], tell),
  );
}

/** There is no room for what is added, but there would be without what is erased. */
function isWornOut(label: Y.Text, left: number, added: string): boolean {
  return label.length + added.length > MAX_LABEL_CHARS && label.length > left;
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
