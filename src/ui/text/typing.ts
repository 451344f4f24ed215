/*
 * Typing together: gives the board what this person types, and the field what others type, without either
 * getting in the way of an input method.
 */
import type { TextEditor } from "../../board/document/board.ts";
import { caretIn } from "./caret.ts";

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
  /**
   * Somebody else took the text away, or gave it back. Meanwhile the field belongs to the person alone, and
   * what is typed goes nowhere else; then all of it goes into the text.
   */
  setLost(lost: boolean): void;
  /** The person is done. One step of the history. */
  end(): void;
}

export function createTyping({
  editor,
  field,
}: {
  readonly editor: TextEditor;
  readonly field: TypingField;
}): Typing {
  /** The text of the board from which the person made what is in the field. */
  let known = editor.text();
  let composing = false;
  /** While composing: others have changed the text. From then on the board is asked for no further text. */
  let behind = false;
  let lost = false;
  /** The board says what this page itself changes. */
  let giving = false;

  const give = (): void => {
    const typed = field.text();
    giving = true;
    if (typed !== known) editor.change(known, typed);
    giving = false;
    behind = false;
    known = editor.text();
  };
  const take = (): void => {
    const typed = field.text();
    if (known === typed) return;
    const [start, end] = field.selection();
    field.show(known, [caretIn(known, typed, start), caretIn(known, typed, end)]);
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
    setLost(is) {
      lost = is;
      if (lost || composing) return;
      give();
      take();
    },
    end() {
      if (!lost) give();
      editor.end();
    },
  };
}
