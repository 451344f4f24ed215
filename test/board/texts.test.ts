/*
 * Words on the board: how they come, change and go, and two people who type in the same text.
 */
import { describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { MAX_LABEL_CHARS } from "../../src/board/document/labels.ts";
import { createPeer, drawn, seen, sync, words } from "./peers.ts";
import { AT, NOTE, TEXT, type, write } from "./typing.ts";

describe("words", () => {
  test("stand where they were put, on both boards", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    write("one\r\ntwo\u0007\tthree", a, b);
    const size = { width: 120, height: 80 };
    a.board.addText(NOTE, AT, size, "a note");
    sync(a, b);
    expect(b.board.items()).toMatchObject([
      { kind: "text", text: "one\ntwo\tthree", size: undefined, matrix: { a: 1, d: 1, e: 10, f: 20 } },
      { kind: "text", text: "a note", size, header: { tool: "note" } },
    ]);
    expect(b.changes.at(-1)!.shown.length).toBe(1);
  });

  test("that are put there whole are one step", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    write("here", a, b);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect(words(b)).toEqual([]);
    expect(a.board.history.redo()).toBe("done");
    sync(a, b);
    expect(words(b)).toEqual(["here"]);
  });

  test("that are typed are one step with the text that they are typed in, and grow on both boards", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = a.board.addText(TEXT, AT, undefined, "");
    expect(a.board.history.canUndo()).toBe(false);
    const editor = a.board.editText(id)!;
    for (const text of ["H", "He", "Ho", "Ho!"]) {
      editor.change(editor.text(), text);
      sync(a, b);
      expect(words(b)).toEqual([text]);
    }
    expect(b.changes.at(-1)).toMatchObject({ altered: [id] });
    editor.end();
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect(b.board.items()).toEqual([]);
    expect(a.board.history.redo()).toBe("done");
    sync(a, b);
    expect(words(b)).toEqual(["Ho!"]);
    expect(a.board.history.canRedo()).toBe(false);
  });

  test("that are empty in the end go: without a step where they are new, with one where they are not", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    drawn(a, 1);
    const id = a.board.addText(TEXT, AT, undefined, "");
    const editor = a.board.editText(id)!;
    editor.change("", "x");
    editor.change("x", " ");
    editor.end();
    expect(words(a)).toEqual([]);
    expect(a.board.history.undo()).toBe("done");
    expect([words(a), seen(a)]).toEqual([[], []]);
    const old = write("old", b, a);
    type(a, old, "  ");
    sync(a, b);
    expect(words(b)).toEqual([]);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect(words(b)).toEqual(["old"]);
    expect(a.board.history.redo()).toBe("done");
    expect(words(a)).toEqual([]);
  });

  test("of which nothing can be seen go as empty ones do", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = a.board.addText(TEXT, AT, undefined, "");
    const editor = a.board.editText(id)!;
    editor.change("", "\u2800\u200b\n\u3164");
    editor.end();
    expect(a.board.items()).toEqual([]);
    const old = write("old", b, a);
    type(a, old, "\u2800");
    sync(a, b);
    expect(b.board.items()).toEqual([]);
    expect(a.board.history.undo()).toBe("done");
    expect(words(a)).toEqual(["old"]);
  });

  test("that are empty in the end go also when their layer was hidden meanwhile", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const top = a.board.addLayer("top");
    a.board.setActiveLayer(top);
    const id = write("old", a, b);
    const editor = a.board.editText(id)!;
    editor.change("old", "");
    b.board.changeLayer(top, { hidden: true });
    sync(a, b);
    editor.end();
    b.board.changeLayer(top, { hidden: false });
    sync(a, b);
    expect(b.board.items()).toEqual([]);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect(words(b)).toEqual(["old"]);
  });

  test("are edited where they are, and only there", () => {
    const peer = createPeer(1);
    const id = write("x", peer);
    const ink = drawn(peer, 1);
    expect(peer.board.editText(ink)).toBeUndefined();
    expect(peer.board.editText("7.7")).toBeUndefined();
    peer.board.erase([id]);
    expect(peer.board.editText(id)).toBeUndefined();
    peer.board.history.undo();
    const editor = peer.board.editText(id)!;
    editor.end();
    editor.change("x", "y");
    expect(words(peer)).toEqual(["x"]);
  });

  test("that were typed and erased again do not come back when the typing is taken back", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("old", b, a);
    const editor = a.board.editText(id)!;
    for (const text of ["oldx", "oldxy", "oldx", "old", "ol", "ol!"]) editor.change(editor.text(), text);
    editor.end();
    expect(a.board.history.undo()).toBe("done");
    expect(words(a)).toEqual(["old"]);
    expect(a.board.history.redo()).toBe("done");
    expect(words(a)).toEqual(["ol!"]);
  });

  test("of one text are no more than fit, and no emoji is cut there", () => {
    const peer = createPeer(1);
    const id = write("x".repeat(MAX_LABEL_CHARS - 2), peer);
    type(peer, id, `${"x".repeat(MAX_LABEL_CHARS - 2)}y😀z`);
    expect(words(peer)[0]).toBe(`${"x".repeat(MAX_LABEL_CHARS - 2)}y`);
    expect((peer.doc.getMap("labels").get([...peer.doc.getMap("labels").keys()][0]!) as Y.Text).length).toBe(
      MAX_LABEL_CHARS - 1,
    );
  });
});

describe("typing that leaves nothing", () => {
  test("is no step: what came and went does not come back, nor does a press do nothing", () => {
    const peer = createPeer(1);
    const id = write("abc", peer);
    const editor = peer.board.editText(id)!;
    for (const text of ["abcx", "abc", "ab", "abc"]) editor.change(editor.text(), text);
    editor.end();
    expect(peer.board.history.undo()).toBe("done");
    expect(words(peer)).toEqual([]);
  });

  test("of some letters takes back the others alone", () => {
    const peer = createPeer(1);
    const id = write("abc", peer);
    const editor = peer.board.editText(id)!;
    for (const text of ["abcx", "abc", "abcy", "bcy"]) editor.change(editor.text(), text);
    editor.end();
    peer.board.history.undo();
    expect(words(peer)).toEqual(["abc"]);
    peer.board.history.redo();
    expect(words(peer)).toEqual(["bcy"]);
  });

  test("is a step where somebody else changed the words meanwhile", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("abc", a, b);
    const editor = a.board.editText(id)!;
    editor.change("abc", "abcx");
    type(b, id, "ab");
    sync(a, b);
    editor.change("abx", "abc");
    editor.end();
    expect(a.board.history.undo()).toBe("done");
    expect(words(a)).toEqual(["ab"]);
  });
});

describe("two people in one text", () => {
  test("who type at one place at once both keep their words, unmixed", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("[]", a, b);
    const [one, two] = [a.board.editText(id)!, b.board.editText(id)!];
    for (const [i, letter] of ["a", "b", "c"].entries()) {
      one.change(one.text(), `[${"abc".slice(0, i)}${letter}]`);
      two.change(two.text(), `[${"XYZ".slice(0, i + 1)}]`);
    }
    sync(a, b);
    expect(words(a)).toEqual(words(b));
    expect(["[abcXYZ]", "[XYZabc]"]).toContain(words(a)[0]);
    one.end();
    two.end();
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect([words(a), words(b)]).toEqual([["[XYZ]"], ["[XYZ]"]]);
  });

  test("who see an older text than there is keep what came meanwhile", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("one three", a, b);
    const editor = a.board.editText(id)!;
    type(b, id, "one two three");
    sync(a, b);
    // What the person's keyboard worked on is still the text of before.
    editor.change("one three", "one three four");
    expect(editor.text()).toBe("one two three four");
    editor.change("one two three four", "two three four");
    editor.end();
    sync(a, b);
    expect(words(b)).toEqual(["two three four"]);
    expect(a.board.history.undo()).toBe("done");
    expect(words(a)).toEqual(["one two three"]);
  });

  test("who delete the same characters and both undo have them back once", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("abcdef", a, b);
    type(a, id, "abf");
    type(b, id, "aef");
    sync(a, b);
    expect([words(a), words(b)]).toEqual([["af"], ["af"]]);
    expect(a.board.history.undo()).toBe("partly");
    sync(a, b);
    expect(words(b)).toEqual(["aef"]);
    expect(b.board.history.undo()).toBe("done");
    sync(a, b);
    expect([words(a), words(b)]).toEqual([["abcdef"], ["abcdef"]]);
  });

  test("one types within what the other deletes: what was typed stays", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("abcd", a, b);
    type(a, id, "ad");
    type(b, id, "abXcd");
    sync(a, b);
    expect([words(a), words(b)]).toEqual([["aXd"], ["aXd"]]);
    a.board.history.undo();
    sync(a, b);
    expect(words(b)).toEqual(["abXcd"]);
  });

  test("one deletes the text while the other types: it is gone, and comes back with all of it", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("abc", a, b);
    const editor = b.board.editText(id)!;
    editor.change("abc", "abcd");
    a.board.erase([id]);
    sync(a, b);
    editor.change("abcd", "abcde");
    editor.end();
    sync(a, b);
    expect([words(a), words(b)]).toEqual([[], []]);
    expect(b.board.history.undo()).toBe("skipped");
    a.board.history.undo();
    sync(a, b);
    expect([words(a), words(b)]).toEqual([["abcde"], ["abcde"]]);
  });

  test("undo of a text in which the other has written leaves it and says so", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const whole = write("mine", a, b);
    type(b, whole, "mine, yours");
    sync(a, b);
    expect(a.board.history.undo()).toBe("skipped");
    sync(a, b);
    expect(words(b)).toEqual(["mine, yours"]);
    // Once the other's words are gone it may go.
    const typed = a.board.addText(NOTE, AT, { width: 9, height: 9 }, "");
    type(a, typed, "mine");
    sync(a, b);
    type(b, typed, "mine, yours");
    sync(a, b);
    expect(a.board.history.undo()).toBe("partly");
    sync(a, b);
    expect(words(b)).toEqual(["mine, yours", ", yours"]);
    b.board.history.undo();
    b.board.history.undo();
    sync(a, b);
    expect(words(a)).toEqual(["mine", ""]);
  });

  test("undo passes over the characters that the other deleted: they come back with that deletion", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("", a, b);
    type(a, id, "aa");
    sync(a, b);
    type(b, id, "aabb");
    sync(a, b);
    type(a, id, "b");
    sync(a, b);
    expect(words(b)).toEqual(["b"]);
    expect(b.board.history.undo()).toBe("partly");
    sync(a, b);
    expect(words(a)).toEqual([""]);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect([words(a), words(b)]).toEqual([["aab"], ["aab"]]);
  });
});
