import type { TextEditor } from "../../../src/board/document/text-editor.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { MAX_WORDS } from "../../../src/board/document/labels.ts";
import { createTyping, type Typing } from "../../../src/ui/text/typing.ts";
import { createPeer, HEADER, sync, words } from "../../board/peers.ts";

/** A text with two people in it: what one deletes goes, what is inserted stays beside it. */
function createText(start: string): Pick<TextEditor, "text" | "change" | "end" | "leftBehind"> & {
  contact(at: number, remove: number, insert: string): void;
  ended: boolean;
} {
  interface Char {
    readonly char: string;
    gone: boolean;
  }
  const chars: Char[] = start.split("").map((char) => ({ char, gone: false }));
  const given = new Map<string, readonly Char[]>();
  const shown = (): Char[] => chars.filter(({ gone }) => !gone);
  const change = (before: readonly Char[], at: number, remove: number, insert: string): void => {
    for (const char of before.slice(at, at + remove)) char.gone = true;
    const behind = before[at - 1];
    const place = behind ? chars.indexOf(behind) + 1 : 0;
    chars.splice(place, 0, ...insert.split("").map((char) => ({ char, gone: false })));
    text.listener();
  };
  const text = {
    ended: false,
    listener: (): void => undefined,
    text() {
      const now = shown();
      const value = now.map(({ char }) => char).join("");
      given.set(value, now);
      return value;
    },
    change(known: string, next: string) {
      const before = given.get(known);
      if (!before) throw new Error(`the text was never ${known}`);
      let prefix = 0;
      while (prefix < Math.min(known.length, next.length) && known[prefix] === next[prefix]) prefix++;
      let suffix = 0;
      while (
        suffix < Math.min(known.length, next.length) - prefix &&
        known.at(-1 - suffix) === next.at(-1 - suffix)
      )
        suffix++;
      change(before, prefix, known.length - prefix - suffix, next.slice(prefix, next.length - suffix));
    },
    leftBehind: () => "",
    end() {
      text.ended = true;
    },
    contact: (at: number, remove: number, insert: string) => change(shown(), at, remove, insert),
  };
  return text;
}

let text: ReturnType<typeof createText>;
let typing: Typing;
let value: string;
let caret: readonly [number, number];
/** How often the page changed the field. */
let shows: number;

beforeEach(() => {
  text = createText("hello");
  value = "";
  shows = 0;
  typing = createTyping({
    editor: text,
    field: {
      text: () => value,
      selection: () => caret,
      show(next, selection) {
        value = next;
        caret = selection;
        shows++;
      },
    },
  });
  Object.assign(text, { listener: () => typing.boardChanged() });
});

function type(next: string, at: number): void {
  value = next;
  caret = [at, at];
  typing.typed();
}

describe("typing", () => {
  it("begins with the text as it is, and the caret at its end", () => {
    expect(value).toBe("hello");
    expect(caret).toEqual([5, 5]);
  });

  it("gives each input to the board, and leaves the field alone", () => {
    type("hello y", 7);
    expect(text.text()).toBe("hello y");
    type("helo y", 3);
    expect(text.text()).toBe("helo y");
    expect(shows).toBe(1);
  });

  it("shows what the contact types, and the caret stays at what it was at", () => {
    type("hello you", 9);
    text.contact(0, 0, "oh ");
    expect(value).toBe("oh hello you");
    expect(caret).toEqual([12, 12]);
    type("oh hello you!", 13);
    expect(text.text()).toBe("oh hello you!");
  });

  it("leaves the field to an input method that composes, and then shows both", () => {
    typing.compose(true);
    type("hellok", 6);
    expect(text.text()).toBe("hellok");
    text.contact(0, 1, "J");
    type("helloか", 6);
    expect(value).toBe("helloか");
    type("helloから", 7);
    expect(text.text()).toBe("Jellok");
    typing.compose(false);
    expect(text.text()).toBe("Jelloから");
    expect(value).toBe("Jelloから");
    expect(caret).toEqual([7, 7]);
  });

  it("goes on in the field alone while somebody else has taken the text away", () => {
    typing.setLost(true);
    type("hello you", 9);
    text.contact(0, 0, "oh ");
    expect(value).toBe("hello you");
    expect(text.text()).toBe("oh hello");
    typing.setLost(false);
    expect(text.text()).toBe("oh hello you");
    expect([value, caret]).toEqual(["oh hello you", [12, 12]]);
    type("oh hello you!", 13);
    expect(text.text()).toBe("oh hello you!");
  });

  it("that was taken away while an input method composed goes on when that is done", () => {
    typing.compose(true);
    type("helloか", 6);
    typing.setLost(true);
    type("helloから", 7);
    typing.setLost(false);
    expect(value).toBe("helloから");
    typing.compose(false);
    expect(text.text()).toBe("helloから");
  });

  it("leaves a text alone that was taken away when the person stops", () => {
    typing.setLost(true);
    type("hello you", 9);
    typing.end();
    expect(text.text()).toBe("hello");
    expect(text.ended).toBe(true);
  });

  it("ends with what is in the field, also in the midst of composing", () => {
    typing.compose(true);
    text.contact(5, 0, "!");
    type("hallo", 2);
    typing.end();
    expect(text.text()).toBe("hallo!");
    expect(text.ended).toBe(true);
  });
});

it("however much a contact types during one composition, none of it is lost", () => {
  const [own, contact] = [createPeer(1), createPeer(2)];
  const id = own.board.addText({ ...HEADER, tool: "text" }, { x: 0, y: 0 }, undefined, "hello");
  sync(own, contact);
  const field = {
    value: "",
    text: () => field.value,
    selection: () => [0, 0] as const,
    show: (next: string) => void (field.value = next),
  };
  const composed = createTyping({ editor: own.board.editText(id)!, field });
  const theirs = contact.board.editText(id)!;
  composed.compose(true);
  for (let i = 0; i < 40; i++) {
    theirs.change(theirs.text(), `${theirs.text()}!`);
    sync(own, contact);
    composed.boardChanged();
    field.value = `${field.value}か`;
    composed.typed();
  }
  field.value = "hellok";
  composed.compose(false);
  expect(field.value).toBe(`hellok${"!".repeat(40)}`);
  expect(words(own)).toEqual([field.value]);
});

describe("a text that is full", () => {
  const full = "x".repeat(MAX_WORDS);

  it("keeps what has no room in the field, and gives it when there is room", () => {
    type(`${full}yz`, MAX_WORDS + 2);
    expect(text.text()).toBe(full);
    expect(value).toBe(`${full}yz`);
    expect(typing.room()).toBe(-2);
    text.contact(0, 1, "");
    expect(value).toBe(`${full.slice(1)}yz`);
    type(`${full.slice(5)}yz`, 0);
    expect(text.text()).toBe(`${full.slice(5)}yz`);
    expect(typing.room()).toBe(3);
    expect(typing.end()).toBe("");
  });

  it("ends with the rest in the hands of who asked, and no half of a character in either", () => {
    type(`${full.slice(1)}😀!`, 0);
    expect(text.text()).toBe(full.slice(1));
    expect(typing.end()).toBe("😀!");
  });

  it("may be longer where two have filled it, and what the other typed stays", () => {
    type(full, MAX_WORDS);
    text.contact(0, 0, "abc");
    expect(value).toBe(`abc${full}`);
    type(`abc!${full}`, 4);
    expect(value).toBe(`abc!${full}`);
    expect(text.text()).toBe(`abc!${full.slice(1)}`);
    expect(typing.end()).toBe("x");
  });
});
