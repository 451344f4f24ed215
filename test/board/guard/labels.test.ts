import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { rootsOf } from "../../../src/board/document/document.ts";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { MAX_LABEL_CHARS } from "../../../src/board/document/labels.ts";
import { writeOf } from "../../../src/board/document/item-id.ts";
import { describeDocument } from "./describe-document.ts";
import { expectAlive } from "./expect-alive.ts";
import {
  addWords,
  bring,
  CONTACT,
  CONTACT_EARLIER,
  createDevice,
  createLab,
  labelKey,
  labelOf,
  LATE_STRANGER,
  OWN,
  OWN_EARLIER,
  STRANGER,
  typeIn,
} from "./lab.ts";
import type { Device, Lab } from "./lab.ts";
import { content, deletion, section } from "./raw-update.ts";
import type { RawStruct } from "./raw-update.ts";
import { id, stateOf, stroke, VALUE } from "./raw-writes.ts";
import { REFUSED, verdicts, WAITING } from "./verdicts.ts";

function label(client: number, clock: number): RawStruct {
  return { parent: "labels", key: labelKey({ client, clock }), content: content.text() };
}

/** The words of the lab's text: the label and its runs. */
function wordsOf({ page }: Lab): { label: Y.Item; runs: Y.Item[] } {
  const [text] = rootsOf(page.doc).labels.values() as IterableIterator<Y.Text>;
  const runs: Y.Item[] = [];
  for (let run = text!._start; run; run = run.right) runs.push(run);
  return { label: text!._item!, runs };
}

describe("labels", () => {
  test("are made once, after their item and by its session", () => {
    expect(
      verdicts((lab) => {
        const { label: known } = wordsOf(lab);
        const end = stateOf(lab.page, CONTACT);
        const [text] = [...rootsOf(lab.page.doc).labels.keys()];
        return [
          section(STRANGER, 0, label(OWN, 0)),
          section(STRANGER, 0, label(STRANGER, 0)),
          section(STRANGER, 0, label(STRANGER, 1), stroke()),
          section(STRANGER, 0, stroke(), label(STRANGER, 0), label(STRANGER, 0)),
          section(STRANGER, 0, stroke(), label(STRANGER, 0), {
            origin: id(STRANGER, 1),
            content: content.text(),
          }),
          section(STRANGER, 0, { origin: id(known.id.client, known.id.clock), content: content.text() }),
          section(STRANGER, 0, { parent: "labels", key: text!, content: content.text() }),
          // Of a character, and of a label.
          section(
            STRANGER,
            0,
            stroke(),
            { parent: id(STRANGER, 0), content: content.string("x") },
            label(STRANGER, 1),
          ),
          section(STRANGER, 0, stroke(), label(STRANGER, 0), label(STRANGER, 1)),
          section(CONTACT, end, label(CONTACT, end - 1)),
          ...["", "7", "7.", "07.0", "7.00", "7.0.u", "7.0x"].map((key) =>
            section(STRANGER, 0, stroke(), { parent: "labels", key, content: content.text() }),
          ),
          ...[content.type(0), content.type(1), content.deleted(1), content.string("x"), VALUE].map((value) =>
            section(STRANGER, 0, stroke(), { ...label(STRANGER, 0), content: value }),
          ),
        ];
      }),
    ).toEqual(REFUSED);
    const lab = createLab();
    expect(lab.page.admit(section(STRANGER, 0, stroke(), label(STRANGER, 0))).kind).toBe("ready");
    expect(lab.page.admit(section(STRANGER, 2, label(STRANGER, 0))).kind).toBe("refused");
    expectAlive(lab);
  });

  test("hold words of everybody, at any place", () => {
    const devices = [OWN, CONTACT, STRANGER].map((client) => createDevice(client));
    const [first, second, third] = devices as [Device, Device, Device];
    const text = addWords(first, "0123456789");
    for (const each of [second, third]) bring(first, each);
    for (let i = 0; i < 10; i++) for (const each of devices) typeIn(each, text, i * 2, "ab");
    for (const from of devices) {
      for (const to of devices) {
        if (from === to) continue;
        expect(bring(from, to, 30).filter(({ kind }) => kind !== "ready" && kind !== "known")).toEqual([]);
      }
    }
    expect(labelOf(first, text).length).toBe(70);
    expect(new Set(devices.map(({ doc }) => describeDocument(doc))).size).toBe(1);
  });

  test("hold nothing but words that are between words of the same label", () => {
    expect(
      verdicts((lab) => {
        const { label: words, runs } = wordsOf(lab);
        const other = addWords(createDevice(STRANGER), "x");
        expect(other.clock).toBe(0);
        const run = runs[0]!.id;
        const [drawn] = lab.page.board.board.items().filter(({ client }) => client === CONTACT_EARLIER);
        const { clock } = writeOf(drawn!.id);
        const ink = { client: CONTACT_EARLIER, clock: clock + 1 };
        const inside = (struct: Partial<RawStruct>): Uint8Array =>
          section(STRANGER, 0, { content: content.string("x"), ...struct });
        const made = [
          stroke(),
          label(STRANGER, 0),
          { parent: id(STRANGER, 1), content: content.string("x") },
        ];
        return [
          inside({ origin: id(run.client, run.clock), rightOrigin: id(ink.client, ink.clock) }),
          inside({ origin: id(ink.client, ink.clock), rightOrigin: id(run.client, run.clock) }),
          inside({ origin: id(words.id.client, words.id.clock), rightOrigin: id(run.client, run.clock) }),
          section(STRANGER, 0, ...made, {
            origin: id(STRANGER, 2),
            rightOrigin: id(run.client, run.clock),
            content: content.string("x"),
          }),
          inside({ parent: id(words.id.client, words.id.clock), key: "k" }),
          ...[
            content.text(),
            content.embed("{}"),
            content.format("bold", "true"),
            content.deleted(1),
            content.any(1),
            VALUE,
            content.string("a\u{1F58A}"),
            content.string(""),
          ].map((value) => inside({ origin: id(run.client, run.clock), content: value })),
        ];
      }),
    ).toEqual(REFUSED);
  });

  test("are never deleted, nor their words", () => {
    expect(
      verdicts((lab) => {
        const { label: words, runs } = wordsOf(lab);
        return [words, ...runs].map(({ id: { client, clock } }) => deletion(client, [clock, 1]));
      }),
    ).toEqual(REFUSED);
  });

  test("get so many characters from each session, whatever others put in", () => {
    const lab = createLab();
    const half = "x".repeat(MAX_LABEL_CHARS / 2);
    const { label: words } = wordsOf(lab);
    const parent = id(words.id.client, words.id.clock);
    for (const client of [STRANGER, LATE_STRANGER]) {
      const add = (clock: number, text: string): Verdict["kind"] =>
        lab.page.admit(section(client, clock, { parent, content: content.string(text) })).kind;
      expect(add(0, half)).toBe("ready");
      expect(add(half.length, half)).toBe("ready");
      expect(add(half.length * 2, "x")).toBe("refused");
    }
    expect(
      lab.page.admit(
        section(
          8,
          0,
          { parent, content: content.string(half) },
          { parent, content: content.string(`${half}x`) },
        ),
      ).kind,
    ).toBe("refused");
    expectAlive(lab);
  });

  test("go on with words whose beginning is known, also where others typed into that", () => {
    const writer = createDevice(LATE_STRANGER);
    const page = createDevice(OWN);
    const text = addWords(writer, "abcd");
    bring(writer, page);
    typeIn(page, text, 2, "--");
    typeIn(page, text, 6, "!");
    typeIn(writer, text, 4, "efgh");
    const start = labelOf(writer, text)._start!;
    expect(start.length).toBe(8);
    const { client, clock } = start.id;
    const parent = id(client, labelOf(writer, text)._item!.id.clock);
    for (const claim of [
      { parent: id(client, 0) },
      { origin: id(client, 0) },
      { parent: undefined, rightOrigin: id(client, 0) },
    ]) {
      const update = section(client, clock, { parent, ...claim, content: content.string("abcdefgh") });
      expect(page.admit(update).kind).toBe("refused");
    }
    expect(page.admit(Y.encodeStateAsUpdate(writer.doc)).kind).toBe("ready");
    bring(page, writer);
    expect(labelOf(page, text).toJSON()).toBe(labelOf(writer, text).toJSON());
    expect(labelOf(page, text).length).toBe(11);
  });

  test("wait for the words between which theirs are", () => {
    expect(
      verdicts((lab) => {
        const { runs } = wordsOf(lab);
        const { client, clock } = runs[0]!.id;
        const missing = id(OWN_EARLIER, stateOf(lab.page, OWN_EARLIER) + 5);
        const words = content.string("x");
        return [
          section(STRANGER, 0, { origin: id(client, clock), rightOrigin: missing, content: words }),
          section(STRANGER, 0, { rightOrigin: missing, content: words }),
          section(STRANGER, 0, { parent: missing, content: words }),
        ];
      }),
    ).toEqual(WAITING);
  });
});
