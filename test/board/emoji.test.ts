import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeLabel, encodeLabel } from "../../src/board/document/labels.ts";
import { createPeer, sync, words } from "./peers.ts";
import { AT, TEXT, type, write } from "./typing.ts";

describe("emoji and scripts", () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom("😀", "😁", "🧑‍🎨", "é", "שלום", "مرحبا", "\n", "中"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  });
  /** Control characters and what stands for halves are nobody's. */
  const clean = (value: string): string => decodeLabel(encodeLabel(value));

  test("are stored as they are", () => {
    expect(clean("a😀שלום\n👩‍👩‍👧 عربى")).toBe("a😀שלום\n👩‍👩‍👧 عربى");
    expect(clean("\ud83d \ude00 \ue000")).toBe("\ufffd \ufffd \ufffd");
    fc.assert(
      fc.property(text, (value) => {
        expect(clean(clean(value))).toBe(clean(value));
        expect(encodeLabel(value)).not.toMatch(/[\ud800-\udfff]/u);
      }),
    );
  });

  test("become what was typed, whatever was there", () => {
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 4 }), (first, others) => {
        const peer = createPeer(1);
        const id = peer.board.addText(TEXT, AT, undefined, first);
        const editor = peer.board.editText(id)!;
        for (const next of others) {
          editor.change(editor.text(), clean(next));
          expect(editor.text()).toBe(clean(next));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("that begin alike are not typed anew when one is put before another", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = write("🌀-", a, b);
    type(a, id, "🌆x🌀-");
    type(b, id, "-");
    sync(a, b);
    expect([words(a), words(b)]).toEqual([["🌆x-"], ["🌆x-"]]);
  });

  test("are never cut, whatever two people make of them at once, and undo leaves nothing behind", () => {
    fc.assert(
      fc.property(text, text, text, (first, second, third) => {
        const [a, b] = [createPeer(1), createPeer(2)];
        const id = a.board.addText(TEXT, AT, undefined, `-${clean(first)}`);
        sync(a, b);
        const before = words(a);
        type(a, id, `-${clean(second)}`);
        type(b, id, `-${clean(third)}`);
        sync(a, b);
        expect(words(a)).toEqual(words(b));
        expect(words(a).join("")).not.toMatch(/[\ud800-\udfff\ue000-\ue7ff]/u);
        if (before[0] !== `-${clean(second)}`) a.board.history.undo();
        if (before[0] !== `-${clean(third)}`) b.board.history.undo();
        sync(a, b);
        expect([words(a), words(b)]).toEqual([before, before]);
      }),
      { numRuns: 100 },
    );
  });
});
