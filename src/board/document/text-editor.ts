/**
 * One person's typing in one text, from the first key to the last: one step of the history. A text holds so
 * many characters, erased ones included; when it is worn out its words go on in a new item in its place,
 * which says whom it follows (attributes), and the old one goes.
 */
export interface TextEditor {
  /** The item that holds the words now. */
  id(): string;
  /** The text as everybody's typing has made it. */
  text(): string;
  /**
   * What the person made of the text that `known` is: what was typed goes in, what was deleted goes
   * out, and what others typed meanwhile stays. `known` is a text that `text()` gave before.
   */
  change(known: string, next: string): void;
  /** The lines break at this width from now on, in the text's own units. */
  setWidth(width: number): void;
  /**
   * What this person typed that whoever moved the words to a new item had not seen: it is still in the old
   * one, which nobody sees any more.
   */
  leftBehind(): string;
  /** One step for the history; a text that is empty then goes. */
  end(): void;
}
