import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { rootsOf } from "../../../src/board/document/document.ts";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { MAX_ATTRIBUTE_BYTES } from "../../../src/board/document/schema.ts";
import { MAX_LABEL_CHARS } from "../../../src/board/document/labels.ts";
import { writeOf } from "../../../src/board/document/item-id.ts";
import { encodeMark, markKey } from "../../../src/board/document/marks.ts";
import {
  addWords,
  bring,
  CONTACT,
  CONTACT_EARLIER,
  createDevice,
  createLab,
  describeDocument,
  expectAlive,
  itemKey,
  labelKey,
  labelOf,
  LATE_STRANGER,
  layerKey,
  OWN,
  OWN_EARLIER,
  setAttributes,
  STRANGER,
  typeIn,
} from "./lab.ts";
import type { Device, Lab } from "./lab.ts";
import { content, deletion, encodeRaw, section } from "./raw-update.ts";
import type { RawContent, RawStruct } from "./raw-update.ts";

const REFUSED = new Set(["refused"]);
const WAITING = new Set(["waiting"]);
const VALUE = content.binary(Uint8Array.of(1));
const item = (): RawStruct => ({ parent: "items", content: content.text() });
const id = (client: number, clock: number) => ({ client, clock });

function attribute(key: string, value: RawContent = VALUE): RawStruct {
  return { parent: "attrs", key, content: value };
}

function label(client: number, clock: number): RawStruct {
  return { parent: "labels", key: labelKey({ client, clock }), content: content.text() };
}

/** What the guard says to each; the page must be as before, and live. */
function verdicts(make: (lab: Lab) => Iterable<Uint8Array>): Set<Verdict["kind"]> {
  const lab = createLab();
  const before = describeDocument(lab.page.doc);
  const kinds = new Set<Verdict["kind"]>();
  for (const update of make(lab)) kinds.add(lab.page.admit(update).kind);
  expect(describeDocument(lab.page.doc)).toBe(before);
  expectAlive(lab);
  lab.close();
  return kinds;
}

/** Where a session goes on in the page's document. */
function next({ page }: Lab, client: number): number {
  return Y.getState(page.doc.store, client);
}

/** The words of the lab's text: the label and its runs. */
function wordsOf({ page }: Lab): { label: Y.Item; runs: Y.Item[] } {
  const [text] = rootsOf(page.doc).labels.values() as IterableIterator<Y.Text>;
  const runs: Y.Item[] = [];
  for (let run = text!._start; run; run = run.right) runs.push(run);
  return { label: text!._item!, runs };
}

describe("attributes", () => {
  test("have keys of the schema, in their one spelling", () => {
    expect(
      verdicts(() =>
        [
          "",
          "t",
          "p.t",
          "p.b.",
          "l.z",
          "l.nn",
          "l",
          "i.t",
          `${itemKey(id(OWN, 0), "t")}t`,
          itemKey(id(OWN, 0), "n"),
          itemKey(id(OWN, 0), "T"),
          itemKey(id(2 ** 32, 0), "t"),
          itemKey(id(OWN, 2 ** 31 - 1), "t"),
          `i0${OWN.toString(36)}.0.t`,
          `i${OWN.toString(36)}.00.t`,
          `i${OWN.toString(36)}.-1.t`,
          itemKey(id(LATE_STRANGER, 0), "t").toUpperCase(),
          layerKey(STRANGER, 0, "t"),
          layerKey(2 ** 32, 0, "o"),
          `l07.0.o`,
          `l7.00.o`,
          `l7.${"z".repeat(11)}.o`,
          "__proto__",
        ].map((key) => section(STRANGER, 0, attribute(key))),
      ),
    ).toEqual(REFUSED);
  });

  test("are bytes, and few", () => {
    expect(
      verdicts(() =>
        [
          content.binary(new Uint8Array(MAX_ATTRIBUTE_BYTES + 1)),
          content.any(true),
          content.any(1),
          content.any("x"),
          content.string("x"),
          content.text(),
          content.type(1),
          content.json('"x"'),
        ].map((value) => section(STRANGER, 0, attribute("p.b", value))),
      ),
    ).toEqual(REFUSED);
    const lab = createLab();
    for (const [i, length] of [0, MAX_ATTRIBUTE_BYTES].entries()) {
      const value = attribute("l.n", content.binary(new Uint8Array(length)));
      expect(lab.page.admit(section(STRANGER + i, 0, value)).kind).toBe("ready");
    }
    expectAlive(lab);
  });

  test("are given by anybody after any value that there was, and the last one stands as Yjs says", () => {
    const lab = createLab();
    for (let i = 0; i < 6; i++)
      setAttributes(i % 2 === 0 ? lab.page : lab.contact, { "p.b": Uint8Array.of(i) });
    bring(lab.contact, lab.page);
    bring(lab.page, lab.contact);
    const known: Y.Item[] = [];
    for (let at = rootsOf(lab.page.doc).attrs._map.get("p.b") ?? null; at; at = at.left) known.push(at);
    expect(known.length).toBeGreaterThan(3);
    const twin = new Y.Doc();
    Y.applyUpdate(twin, Y.encodeStateAsUpdate(lab.page.doc));
    for (const [i, client] of [STRANGER, LATE_STRANGER].entries()) {
      known.forEach(({ id: { clock, client: by }, length }, n) => {
        const value = content.binary(Uint8Array.of(100 + i * 10 + n));
        const update = section(client, n, { origin: id(by, clock + length - 1), content: value });
        expect(lab.page.admit(update).kind).toBe("ready");
        Y.applyUpdate(twin, update);
      });
    }
    expect(rootsOf(lab.page.doc).attrs.get("p.b")).toEqual(twin.getMap("attrs").get("p.b"));
    expectAlive(lab);
  });

  test("do not stand in front of something", () => {
    expect(
      verdicts((lab) => {
        const { id: last } = rootsOf(lab.page.doc).attrs._map.get("p.b")!;
        return [section(STRANGER, 0, { rightOrigin: id(last.client, last.clock), content: VALUE })];
      }),
    ).toEqual(REFUSED);
  });

  test("are about what was drawn, never about what this person is yet to draw", () => {
    expect(
      verdicts((lab) => [
        section(STRANGER, 0, attribute(itemKey(id(OWN, next(lab, OWN)), "t"))),
        section(STRANGER, 0, attribute(itemKey(id(OWN, 2 ** 30), "t"))),
        section(STRANGER, 0, attribute(itemKey(id(STRANGER, 0), "t"))),
        section(STRANGER, 0, attribute(itemKey(id(STRANGER, 1), "t")), item()),
        section(STRANGER, 0, attribute(layerKey(OWN, 0, "h"))),
        section(STRANGER, 0, attribute(layerKey(OWN, 0, "o"))),
      ]),
    ).toEqual(REFUSED);
    const lab = createLab();
    expect(lab.page.admit(section(STRANGER, 0, attribute(itemKey(id(OWN, 0), "t")))).kind).toBe("ready");
    expect(
      lab.page.admit(section(LATE_STRANGER, 0, item(), attribute(itemKey(id(LATE_STRANGER, 0), "l")))).kind,
    ).toBe("ready");
    expectAlive(lab);
  });

  test("wait for the item and for the layer of others that they are about", () => {
    expect(
      verdicts((lab) => [
        section(STRANGER, 0, attribute(itemKey(id(CONTACT, next(lab, CONTACT)), "t"))),
        section(STRANGER, 0, attribute(itemKey(id(12_345, 0), "t"))),
        section(STRANGER, 0, attribute(layerKey(CONTACT, 3, "h"))),
        section(STRANGER, 0, attribute(layerKey(12_345, 0, "n"))),
      ]),
    ).toEqual(WAITING);
    const lab = createLab();
    const made = attribute(layerKey(LATE_STRANGER, 0, "o"));
    const hidden = attribute(layerKey(LATE_STRANGER, 0, "h"));
    expect(
      lab.page.admit(
        encodeRaw({
          sections: [
            { client: STRANGER, clock: 0, structs: [hidden] },
            { client: LATE_STRANGER, clock: 0, structs: [made] },
          ],
          deletions: [],
        }),
      ).kind,
    ).toBe("ready");
    expectAlive(lab);
  });

  test("make a layer once, by the session whose name it has", () => {
    const mine = layerKey(STRANGER, 0, "o");
    expect(
      verdicts(() => [
        section(STRANGER, 0, attribute(layerKey(CONTACT, 0, "o"))),
        section(STRANGER, 0, attribute(mine), attribute(mine)),
      ]),
    ).toEqual(REFUSED);
    const lab = createLab();
    expect(lab.page.admit(section(STRANGER, 0, attribute(mine))).kind).toBe("ready");
    expect(lab.page.admit(section(STRANGER, 1, attribute(mine))).kind).toBe("refused");
    const moved = { origin: id(STRANGER, 0), content: VALUE };
    expect(lab.page.admit(section(LATE_STRANGER, 0, moved)).kind).toBe("ready");
    expectAlive(lab);
  });

  test("in a circle through what they are about would never be sent on", () => {
    const about = (client: number): RawStruct => attribute(itemKey(id(client, 1), "t"));
    const sections = [STRANGER, 8].map((client) => ({
      client,
      clock: 0,
      structs: [about(client === 8 ? STRANGER : 8), item()],
    }));
    expect(verdicts(() => [encodeRaw({ sections, deletions: [] })])).toEqual(REFUSED);
  });

  test("are deleted by what replaces them, and by nothing else", () => {
    const standing = (lab: Lab) => rootsOf(lab.page.doc).attrs._map.get("p.b")!.id;
    expect(
      verdicts((lab) => {
        const { client, clock } = standing(lab);
        const deletions = [{ client, ranges: [{ clock, length: 1 }] }];
        const also = (struct: RawStruct): Uint8Array =>
          encodeRaw({ sections: [{ client: STRANGER, clock: 0, structs: [struct] }], deletions });
        // The second is put before what stands: it replaces nothing.
        return [also(attribute("l.h")), also(attribute("p.b"))];
      }),
    ).toEqual(REFUSED);
    expect(
      verdicts((lab) => {
        const { client, clock } = standing(lab);
        return [deletion(client, [clock, 1])];
      }),
    ).toEqual(new Set(["known"]));
    const lab = createLab();
    const { client, clock } = standing(lab);
    const replacing = encodeRaw({
      sections: [{ client: STRANGER, clock: 0, structs: [{ origin: id(client, clock), content: VALUE }] }],
      deletions: [{ client, ranges: [{ clock, length: 1 }] }],
    });
    expect(lab.page.admit(replacing).kind).toBe("ready");
    expect(rootsOf(lab.page.doc).attrs.get("p.b")).toEqual(Uint8Array.of(1));
    expectAlive(lab);
  });

  test("that were replaced come as one deleted run, also where its beginning is known and others came in", () => {
    const first = createDevice(LATE_STRANGER);
    const page = createDevice(OWN);
    const other = createDevice(STRANGER);
    for (let i = 0; i < 3; i++) {
      setAttributes(first, { "p.b": Uint8Array.of(i) });
      if (i === 0) for (const each of [page, other]) bring(first, each);
    }
    setAttributes(other, { "p.b": Uint8Array.of(9) });
    bring(other, page);
    for (let i = 3; i < 6; i++) setAttributes(first, { "p.b": Uint8Array.of(i) });
    expect(page.admit(Y.encodeStateAsUpdate(first.doc)).kind).toBe("ready");
    for (const each of [first, other]) bring(page, each);
    bring(first, other);
    for (const each of [page, other]) expect(describeDocument(each.doc)).toBe(describeDocument(first.doc));
  });
});

describe("labels", () => {
  test("are made once, after their item and by its session", () => {
    expect(
      verdicts((lab) => {
        const { label: known } = wordsOf(lab);
        const end = next(lab, CONTACT);
        const [text] = [...rootsOf(lab.page.doc).labels.keys()];
        return [
          section(STRANGER, 0, label(OWN, 0)),
          section(STRANGER, 0, label(STRANGER, 0)),
          section(STRANGER, 0, label(STRANGER, 1), item()),
          section(STRANGER, 0, item(), label(STRANGER, 0), label(STRANGER, 0)),
          section(STRANGER, 0, item(), label(STRANGER, 0), {
            origin: id(STRANGER, 1),
            content: content.text(),
          }),
          section(STRANGER, 0, { origin: id(known.id.client, known.id.clock), content: content.text() }),
          section(STRANGER, 0, { parent: "labels", key: text!, content: content.text() }),
          // Of a character, and of a label.
          section(
            STRANGER,
            0,
            item(),
            { parent: id(STRANGER, 0), content: content.string("x") },
            label(STRANGER, 1),
          ),
          section(STRANGER, 0, item(), label(STRANGER, 0), label(STRANGER, 1)),
          section(CONTACT, end, label(CONTACT, end - 1)),
          ...["", "7", "7.", "07.0", "7.00", "7.0.u", "7.0x"].map((key) =>
            section(STRANGER, 0, item(), { parent: "labels", key, content: content.text() }),
          ),
          ...[content.type(0), content.type(1), content.deleted(1), content.string("x"), VALUE].map((value) =>
            section(STRANGER, 0, item(), { ...label(STRANGER, 0), content: value }),
          ),
        ];
      }),
    ).toEqual(REFUSED);
    const lab = createLab();
    expect(lab.page.admit(section(STRANGER, 0, item(), label(STRANGER, 0))).kind).toBe("ready");
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
        const [stroke] = lab.page.board.board.items().filter(({ client }) => client === CONTACT_EARLIER);
        const { clock } = writeOf(stroke!.id);
        const ink = { client: CONTACT_EARLIER, clock: clock + 1 };
        const inside = (struct: Partial<RawStruct>): Uint8Array =>
          section(STRANGER, 0, { content: content.string("x"), ...struct });
        const made = [item(), label(STRANGER, 0), { parent: id(STRANGER, 1), content: content.string("x") }];
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
        const missing = id(OWN_EARLIER, next(lab, OWN_EARLIER) + 5);
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

test("a cut, like an erase over words, is about what is there", () => {
  const cut = (client: number, end: number): RawStruct => ({
    parent: "marks",
    key: markKey(STRANGER, 0),
    content: content.binary(encodeMark({ kind: "cut", ranges: new Map([[client, [{ start: 0, end }]]]) })),
  });
  expect(verdicts((lab) => [section(STRANGER, 0, cut(OWN, next(lab, OWN) * 4096 + 1))])).toEqual(REFUSED);
  expect(verdicts((lab) => [section(STRANGER, 0, cut(CONTACT, next(lab, CONTACT) * 4096 + 1))])).toEqual(
    WAITING,
  );
  const lab = createLab();
  expect(lab.page.admit(section(STRANGER, 0, cut(OWN, next(lab, OWN) * 4096))).kind).toBe("ready");
  expectAlive(lab);
});
