/*
 * Typing together: gives the board what this person types, and the field what others type, without either
 * getting in the way of an input method.
 */
import type { TextEditor } from "../../board/document/text-editor.ts";
import { MAX_WORDS } from "../../board/document/labels.ts";
import { caretIn } from "./caret.ts";
import { wholeCharacters } from "./whole-characters.ts";

/** Where the person types. */
export interface TypingField {
  text(): string;
  /** Start and end of what is selected, in UTF-16 units. */
  selection(): readonly [number, number];
  show(text: string, selection: readonly [number, number]): void;
}

/** Brings together what one person types into a field with what everybody types into the same text. */
export interface Typing {
  /** The person changed the field. */
  typed(): void;
  /** An input method begins or ends to compose: meanwhile the field belongs to it alone. */
  compose(on: boolean): void;
  /** Somebody may have changed the text on the board. */
  boardChanged(): void;
  /** The words are in another item now, where somebody else has taken them: typing goes on there. */
  moveTo(editor: TypedText): void;
  /** How many characters the text can still take; below 0: so many are only in the field. */
  room(): number;
  /**
   * Somebody else took the text away, or gave it back. Meanwhile the field belongs to the person alone, and
   * what is typed goes nowhere else; then all of it goes into the text.
   */
  setLost(lost: boolean): void;
  /** The person is done. One step of the history. Returns what there was no room for. */
  end(): string;
}

/** The text of the board that is typed in. */
type TypedText = Pick<TextEditor, "text" | "change" | "end" | "leftBehind">;

export function createTyping(deps: { readonly editor: TypedText; readonly field: TypingField }): Typing {
  const { field } = deps;
  let { editor } = deps;
  /** The text of the board from which the person made what is in the field. */
  let known = editor.text();
  /** What the field has behind that, because the text is full. */
  let rest = "";
  let composing = false;
  /** While composing: others have changed the text. From then on the board is asked for no further text. */
  let behind = false;
  let lost = false;
  /** The board says what this page itself changes. */
  let giving = false;

  const give = (): void => {
    const typed = field.text();
    // Two people together may have typed more than one alone can.
    const fits = wholeCharacters(typed, 0, Math.max(MAX_WORDS, known.length));
    rest = typed.slice(fits.length);
    giving = true;
    if (fits !== known) editor.change(known, fits);
    giving = false;
    behind = false;
    known = editor.text();
  };
  const take = (): void => {
    const typed = field.text();
    const shown = known + rest;
    if (shown === typed) return;
    const [start, end] = field.selection();
    field.show(shown, [caretIn(shown, typed, start), caretIn(shown, typed, end)]);
  };

  field.show(known, [known.length, known.length]);
  return {
    typed() {
      if (lost) return;
      // While an input method composes, what others typed cannot be shown. So the composed text waits,
      // and is given as one. The editor remembers only so many texts; `known` must still be one of them.
      behind ||= composing && editor.text() !== known;
      if (behind) return;
      give();
      if (!composing) take();
    },
    compose(on) {
      composing = on;
      if (on || lost) return;
      give();
      take();
    },
    boardChanged() {
      // All that was typed is on the board already.
      if (giving || composing || lost || editor.text() === known) return;
      known = editor.text();
      take();
    },
    moveTo(next) {
      // What was typed last stands in front of the caret, and is not in the other item.
      const left = editor.leftBehind();
      const typed = field.text();
      const [, caret] = field.selection();
      const isAtCaret = typed.slice(caret - left.length, caret) === left;
      const at = isAtCaret ? caret - left.length : caret;
      const before = isAtCaret ? typed.slice(0, at) + typed.slice(caret) : typed;
      editor.end();
      editor = next;
      known = editor.text();
      const place = caretIn(known, before, Math.min(at, before.length));
      if (left !== "") editor.change(known, known.slice(0, place) + left + known.slice(place));
      known = editor.text();
      behind = false;
      const end = place + left.length;
      field.show(known + rest, [end, end]);
    },
    room: () => MAX_WORDS - known.length - rest.length,
    setLost(is) {
      lost = is;
      if (lost || composing) return;
      give();
      take();
    },
    end() {
      if (!lost) give();
      editor.end();
      // What is lost is offered as a whole.
      return lost ? "" : rest;
    },
  };
}
