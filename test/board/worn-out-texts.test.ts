/*
 * A text holds 10,000 characters, erased ones included. What somebody replaces again and again goes on in
 * a new item in its place, as if nothing had happened.
 */
import type { TextEditor } from "../../src/board/document/text-editor.ts";
import { describe, expect, test } from "vitest";
import type { Item, ItemId } from "../../src/board/document/board.ts";
import { MAX_LABEL_CHARS } from "../../src/board/document/labels.ts";
import { takeLateWords } from "../../src/ui/text/late-words.ts";
import { createTyping } from "../../src/ui/text/typing.ts";
import { bring, createLab } from "./guard/lab.ts";
import { createPeer, drawn, sync, words } from "./peers.ts";
import type { Peer } from "./peers.ts";
import { AT, TEXT, write } from "./typing.ts";

const letters = (letter: string): string => letter.repeat(3000);

/** Replaces the whole text, as often as there are letters. */
function replace(editor: TextEditor, ...by: readonly string[]): void {
  for (const letter of by) editor.change(editor.text(), letters(letter));
}

/** Types over a text until it goes on in a new item. */
function wearOut({ board }: Peer, id: ItemId): void {
  const editor = board.editText(id)!;
  replace(editor, "a", "b", "c", "d");
  editor.end();
}

function heirOf({ board }: Peer, id: ItemId): Item | undefined {
  return board.items().find(({ attributes }) => attributes.follows === id);
}

describe("a text that is worn out", () => {
  test("takes 3,000 letters as often as they are replaced, on both boards, and is one step", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("old", b, a);
    const editor = a.board.editText(id)!;
    for (const letter of "abcdefghij") {
      replace(editor, letter);
      expect(editor.text()).toBe(letters(letter));
      sync(a, b);
      expect(words(b)).toEqual([letters(letter)]);
    }
    expect(editor.id()).not.toBe(id);
    editor.end();
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect([words(a), words(b)]).toEqual([["old"], ["old"]]);
    expect(a.board.history.canUndo()).toBe(false);
    expect(a.board.history.redo()).toBe("done");
    sync(a, b);
    expect([words(a), words(b)]).toEqual([[letters("j")], [letters("j")]]);
  });

  test("that is new comes and goes as one step", () => {
    const peer = createPeer(1);
    const id = peer.board.addText(TEXT, AT, undefined, "");
    wearOut(peer, id);
    expect(peer.board.history.undo()).toBe("done");
    expect(words(peer)).toEqual([]);
    expect(peer.board.history.redo()).toBe("done");
    expect(words(peer)).toEqual([letters("d")]);
  });

  test("goes on where it was, as it looked: place, colour, width, layer, and between the same two", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const top = a.board.addLayer("top");
    a.board.setActiveLayer(top);
    const below = drawn(a, 1);
    const id = write("old", a, b);
    const above = drawn(a, 2);
    a.board.setActiveLayer("");
    a.board.changeItems([id], { color: 0xff0000, width: 80 });
    a.board.transform([id], { a: 2, b: 0, c: 0, d: 2, e: 5, f: 6 });
    const before = a.board.item(id)!;
    wearOut(a, id);
    sync(a, b);
    const after = heirOf(b, id)!;
    expect(after).toMatchObject({ header: before.header, layer: top, attributes: { width: 80 } });
    expect(after.kind === "text" && after.matrix).toEqual(before.kind === "text" && before.matrix);
    expect(b.board.items().map((item) => item.id)).toEqual([below, after.id, above]);
    expect(b.board.item(id)).toBeUndefined();
  });

  test("has its former width again when the typing that changed both is taken back", () => {
    const peer = createPeer(1);
    const id = write("old", peer);
    peer.board.changeItems([id], { width: 80 });
    const editor = peer.board.editText(id)!;
    editor.setWidth(120);
    replace(editor, "a", "b", "c", "d");
    editor.end();
    expect(heirOf(peer, id)).toMatchObject({ attributes: { width: 120 } });
    expect(peer.board.history.undo()).toBe("done");
    expect(peer.board.items()).toMatchObject([{ id, text: "old", attributes: { width: 80 } }]);
    expect(peer.board.history.redo()).toBe("done");
    expect(heirOf(peer, id)).toMatchObject({ text: letters("d"), attributes: { width: 120 } });
    expect(peer.board.history.undo()).toBe("done");
    expect(peer.board.items()).toMatchObject([{ id, text: "old", attributes: { width: 80 } }]);
  });

  test("that is emptied, or new, keeps the width that it got when its step is taken back and done again", () => {
    const peer = createPeer(1);
    const id = write("old", peer);
    peer.board.changeItems([id], { width: 80 });
    const emptied = peer.board.editText(id)!;
    emptied.setWidth(120);
    emptied.change("old", "");
    emptied.end();
    expect(peer.board.history.undo()).toBe("done");
    expect(peer.board.item(id)).toMatchObject({ text: "old", attributes: { width: 80 } });
    const fresh = peer.board.addText(TEXT, AT, undefined, "");
    const editor = peer.board.editText(fresh)!;
    editor.change("", "new");
    editor.setWidth(90);
    editor.end();
    expect(peer.board.history.undo()).toBe("done");
    expect(peer.board.history.redo()).toBe("done");
    expect(peer.board.item(fresh)).toMatchObject({ text: "new", attributes: { width: 90 } });
  });

  test("whose new words are all erased is gone, and comes back as it was", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("old", b, a);
    const editor = a.board.editText(id)!;
    replace(editor, "a", "b", "c", "d");
    editor.change(editor.text(), "");
    editor.end();
    expect(words(a)).toEqual([]);
    expect(a.board.history.undo()).toBe("done");
    expect(words(a)).toEqual(["old"]);
    expect(a.board.history.redo()).toBe("done");
    expect(words(a)).toEqual([]);
    // Somebody else takes the same text away: what this person takes back is not to be seen.
    sync(a, b);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    b.board.erase([id]);
    a.board.history.redo();
    sync(a, b);
    expect(a.board.history.undo()).toBe("shared");
    expect(a.board.history.others()).toEqual([2]);
    expect(words(a)).toEqual([]);
  });

  test("of which others hid the new item is not taken back unseen", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("old", b, a);
    wearOut(a, id);
    sync(a, b);
    b.board.erase([heirOf(b, id)!.id]);
    sync(a, b);
    expect(a.board.history.undo()).toBe("skipped");
    expect(a.board.history.others()).toEqual([2]);
    b.board.history.undo();
    sync(a, b);
    expect(a.board.history.undo()).toBe("done");
    expect(words(a)).toEqual(["old"]);
  });

  test("keeps its width as a copy, and does not follow what the original follows", () => {
    const peer = createPeer(1);
    const id = write("old", peer);
    const editor = peer.board.editText(id)!;
    editor.setWidth(120);
    replace(editor, "a", "b", "c", "d");
    editor.end();
    const [copy = ""] = peer.board.paste(peer.board.copy([editor.id()]), {
      a: 1,
      b: 0,
      c: 0,
      d: 1,
      e: 5,
      f: 6,
    });
    expect(peer.board.item(copy)).toMatchObject({ text: letters("d"), attributes: { width: 120 } });
    expect(peer.board.item(copy)!.attributes.follows).toBeUndefined();
  });

  test("holds no more than a label may, and passes the guard of a contact", () => {
    const { page, contact } = createLab();
    const id = page.board.board.addText(TEXT, AT, undefined, "");
    const editor = page.board.board.editText(id)!;
    for (const letter of "abcdefghijkl") replace(editor, letter);
    editor.change(editor.text(), "x".repeat(MAX_LABEL_CHARS - 1));
    editor.end();
    expect(bring(page, contact).map(({ kind }) => kind)).not.toContain("refused");
    expect(contact.board.board.items().at(-1)).toMatchObject({ text: "x".repeat(MAX_LABEL_CHARS - 1) });
  });

  test("stays where it went on while somebody else has written there", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("old", b, a);
    wearOut(a, id);
    sync(a, b);
    const other = b.board.editText(heirOf(b, id)!.id)!;
    other.change(other.text(), `${other.text()}!`);
    other.end();
    sync(a, b);
    expect(a.board.history.undo()).toBe("skipped");
    expect(a.board.history.others()).toEqual([2]);
    sync(a, b);
    expect(words(a)).toHaveLength(1);
    expect(words(a)[0]).toMatch(/!$/u);
    expect(words(b)).toEqual(words(a));
  });
});

describe("two people in a text that wears out", () => {
  test("lose nothing: what one had typed meanwhile goes along with the one who typed it", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("old", b, a);
    const [one, two] = [a.board.editText(id)!, b.board.editText(id)!];
    let shown = "";
    let caret: readonly [number, number] = [0, 0];
    const typing = createTyping({
      editor: two,
      field: {
        text: () => shown,
        selection: () => caret,
        show: (text, selection) => void ([shown, caret] = [text, selection]),
      },
    });
    replace(one, "a", "b", "c");
    sync(a, b);
    typing.boardChanged();
    shown = `${shown}!?`;
    caret = [shown.length, shown.length];
    typing.typed();
    replace(one, "d");
    sync(a, b);
    expect(words(b)).toEqual([letters("d")]);
    expect(two.leftBehind()).toBe("!?");
    typing.moveTo(b.board.editText(heirOf(b, id)!.id)!);
    sync(a, b);
    expect(shown).toBe(`${letters("d")}!?`);
    expect(one.text()).toBe(shown);
    expect([words(a), words(b)]).toEqual([[shown], [shown]]);
    typing.end();
    one.end();
    // Each takes back what is the own.
    b.board.history.undo();
    sync(a, b);
    expect(words(a)).toEqual([letters("d")]);
  });

  test("lose nothing when the one who typed has left the field before it comes to that", async () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const stop = takeLateWords(b.board, () => undefined);
    const id = write("old", b, a);
    const one = a.board.editText(id)!;
    replace(one, "a", "b", "c");
    sync(a, b);
    const two = b.board.editText(id)!;
    two.change(two.text(), `${two.text()}late 😀`);
    two.end();
    replace(one, "d");
    sync(a, b);
    await Promise.resolve();
    sync(a, b);
    expect(words(b)).toEqual([`${letters("d")}late 😀`]);
    expect(words(a)).toEqual(words(b));
    expect(b.board.takeAlong(heirOf(b, id)!.id)).toBe(false);
    stop();
  });

  test("keep what is on the board where an item only says that it follows another", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("mine", a, b);
    const other = b.board.addText(TEXT, AT, undefined, "other");
    b.board.changeItems([other], { follows: id });
    sync(a, b);
    expect(a.board.takeAlong(other)).toBe(false);
    expect(words(a)).toEqual(["mine", "other"]);
  });

  test("who both wear it out at once have two texts, the same for both", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("old", b, a);
    const [one, two] = [a.board.editText(id)!, b.board.editText(id)!];
    replace(one, "a", "b");
    sync(a, b);
    replace(two, "c");
    sync(a, b);
    replace(one, "d");
    replace(two, "e");
    sync(a, b);
    one.end();
    two.end();
    sync(a, b);
    expect(words(a)).toEqual(words(b));
    expect(words(a).sort()).toEqual([letters("d"), letters("e")]);
  });
});
