import { charTarget } from "./model.ts";
import type { Part } from "./model-parts.ts";
import type { Person } from "./model-person.ts";
import { AT, few, HEADER, oneOf, record, same, sayText } from "./model-step.ts";
import type { Action, Run } from "./model-step.ts";

/** Words, and notes with words. */
export const TEXTS = {
  write(run, { board, person }, { a }) {
    const text = newCharacters(run, 1 + (a % 3));
    const id = board.addText({ ...HEADER, tool: "text" }, AT, undefined, text.join(""));
    const made = sayText(person, id);
    sayTyped(person, id, text, text);
    record(person, [made]);
  },
  note(run, { board, person }, { a }) {
    const first = person.view.layerOf("");
    // Nobody types on a layer that is not to be touched.
    if (first.locked || first.hidden) return;
    const id = board.addText({ ...HEADER, tool: "note" }, AT, { width: 50, height: 30 }, "");
    const made = sayText(person, id);
    const typed = newCharacters(run, a % 3);
    const editor = board.editText(id)!;
    if (typed.length > 0) editor.change("", typed.join(""));
    editor.end();
    if (typed.length === 0) {
      person.hide([id]);
      return;
    }
    sayTyped(person, id, typed, typed);
    const chars: Part = { kind: "made", targets: typed.map(charTarget), text: undefined };
    person.record({ parts: [made, chars], typedIn: id, isNew: true });
  },
  type(run, { board, person }, { a, b }) {
    const texts = person.view.visible().filter(({ isText }) => isText);
    const item = oneOf(few(texts), a);
    if (!item) return;
    const editor = board.editText(item.id);
    same(editor === undefined, person.view.layerOf(item.id).locked);
    if (!editor) return;
    const before = Array.from(editor.text());
    const from = b % (before.length + 1);
    const gone = before.slice(from, from + (a % 4));
    const typed = newCharacters(run, b % 3);
    const after = [...before.slice(0, from), ...typed, ...before.slice(from + gone.length)];
    editor.change(before.join(""), after.join(""));
    same(editor.text(), after.join(""));
    editor.end();
    const parts: Part[] = [];
    if (gone.length > 0) parts.push(person.hide(gone.map(charTarget)));
    if (typed.length > 0) sayTyped(person, item.id, typed, after);
    if (after.length === 0) {
      person.record({ parts: [...parts, person.hide([item.id])], emptied: item.id });
      return;
    }
    if (typed.length > 0) parts.push({ kind: "made", targets: typed.map(charTarget), text: undefined });
    person.record({ parts, typedIn: item.id });
  },
} as const satisfies Record<string, Action>;

/** `after`: all that the person has before the eyes then. */
function sayTyped(person: Person, item: string, typed: readonly string[], after: readonly string[]): void {
  for (const char of typed) person.say({ kind: "char", item, char, author: person.client });
  person.say({ kind: "words", item, chars: after });
}

/** One code point each, also some beyond U+FFFF, and no two the same in a run. */
function newCharacters(run: Run, count: number): string[] {
  return Array.from({ length: count }, () => {
    const n = run.next();
    return String.fromCodePoint((n % 3 === 0 ? 0x1f300 : 0x4e00) + n);
  });
}
