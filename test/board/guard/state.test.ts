import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { encodeMark, markKey, undoneKey } from "../../../src/board/document/marks.ts";
import type { Mark } from "../../../src/board/document/marks.ts";
import { causalChunks } from "../../../src/board/document/chunks.ts";
import { MAX_STROKE_CHARS } from "../../../src/ink/stroke.ts";
import {
  bring,
  CONTACT,
  CONTACT_EARLIER,
  createDevice,
  createLab,
  describeDocument,
  draw,
  expectAlive,
  LATE_STRANGER,
  OWN,
  OWN_EARLIER,
  STRANGER,
} from "./lab.ts";
import type { Device, Lab } from "./lab.ts";
import { content, decodeRaw, deletion, encodeRaw, section } from "./raw-update.ts";
import type { RawContent, RawStruct, RawUpdate } from "./raw-update.ts";

const ITEMS = { parent: "items" };
const stroke = (): RawStruct => ({ ...ITEMS, content: content.text() });

function ink(client: number, clock: number, text = "ink"): RawStruct {
  return { parent: { client, clock }, content: content.string(text) };
}

function markOf(below: [number, number][]): RawContent {
  const mark: Mark = { kind: "clear", page: "", below: new Map(below) };
  return content.binary(encodeMark(mark));
}

function stateOf({ doc }: Device, client: number): number {
  return Y.getState(doc.store, client);
}

/** The newest stroke that a session has in the document. */
function newestStroke({ doc }: Device, client: number): { item: Y.Item; last: Y.Item } {
  const structs = doc.store.clients.get(client) as Y.Item[];
  const strokes = structs.filter((each) => each.content instanceof Y.ContentType && each.parentSub === null);
  const item = strokes.at(-1)!;
  return { item, last: (item.content as Y.ContentType).type._start! };
}

function lastIdOf(item: Y.Item): { client: number; clock: number } {
  return { client: item.id.client, clock: item.id.clock + item.length - 1 };
}

/** What the guard says to each; the page must be as before, and live. */
function refusals(make: (lab: Lab) => Iterable<Uint8Array>): Set<Verdict["kind"]> {
  const lab = createLab();
  const before = describeDocument(lab.page.doc);
  const kinds = new Set<Verdict["kind"]>();
  for (const update of make(lab)) kinds.add(lab.page.admit(update).kind);
  expect(describeDocument(lab.page.doc)).toBe(before);
  expectAlive(lab);
  lab.close();
  return kinds;
}

const REFUSED = new Set(["refused"]);
const WAITING = new Set(["waiting"]);
const KNOWN = new Set(["known"]);

describe("honest updates", () => {
  test("are ready once, and known when they come again", () => {
    const lab = createLab();
    const contact = createDevice(LATE_STRANGER);
    bring(lab.page, contact);
    const updates: Uint8Array[] = [];
    contact.doc.on("update", (update: Uint8Array) => updates.push(update));
    draw(contact, 5);
    contact.board.board.clear();
    contact.board.board.history.undo();
    contact.board.board.history.undo();
    expect(updates.map((update) => lab.page.admit(update).kind)).toEqual(updates.map(() => "ready"));
    const after = describeDocument(lab.page.doc);
    for (const update of [...updates, ...lab.sent]) expect(lab.page.admit(update).kind).toBe("known");
    expect(describeDocument(lab.page.doc)).toBe(after);
    expectAlive(lab);
  });

  test("wait while an earlier one is missing, and are ready then", () => {
    const lab = createLab();
    const updates: Uint8Array[] = [];
    lab.contact.doc.on("update", (update: Uint8Array) => updates.push(update));
    draw(lab.contact, 5);
    lab.contact.board.board.clear();
    const [first, second] = updates;
    const state = stateOf(lab.page, CONTACT);
    const verdict = lab.page.admit(second!);
    expect(verdict).toMatchObject({ kind: "waiting", missing: { client: CONTACT } });
    expect(stateOf(lab.page, CONTACT)).toBe(state);
    expect(lab.page.admit(first!).kind).toBe("ready");
    expect(lab.page.admit(second!).kind).toBe("ready");
    expectAlive(lab);
  });

  test("are ready where they overlap what is known", () => {
    const lab = createLab();
    const whole = createDevice(LATE_STRANGER);
    const writer = whole.board.board.startStroke(lab.page.board.board.items()[0]!.header);
    for (let x = 0; x < 10; x++) {
      writer.add([{ x, y: 0, pressure: 0.5 }]);
      whole.board.flush();
      if (x === 4) bring(whole, lab.page);
    }
    writer.end();
    expect(lab.page.admit(Y.encodeStateAsUpdate(whole.doc)).kind).toBe("ready");
    expect(lab.page.board.board.items().at(-1)).toMatchObject({ points: { length: 10 } });
    expectAlive(lab);
  });

  test("bring switches that were turned often and came as one deleted run, known in part or not", () => {
    const turner = createDevice(LATE_STRANGER);
    draw(turner, 1);
    turner.board.board.clear();
    const { history } = turner.board.board;
    const half = createDevice(STRANGER);
    for (let i = 0; i < 9; i++) {
      if (i % 2 === 0) history.undo();
      else history.redo();
      if (i === 4) bring(turner, half);
    }
    const { structs } = Y.decodeUpdate(Y.encodeStateAsUpdate(turner.doc));
    expect(structs.some((each) => each instanceof Y.Item && !each.deleted && each.length > 7)).toBe(true);
    const fresh = createDevice(OWN);
    for (const to of [half, fresh]) {
      expect(bring(turner, to).some(({ kind }) => kind === "ready")).toBe(true);
      expect(describeDocument(to.doc)).toBe(describeDocument(turner.doc));
    }
  });

  test("come in pieces of any size, marks after what they hide", () => {
    const lab = createLab();
    draw(lab.contact, 1);
    lab.contact.board.board.clear();
    for (const limit of [1, 60, 400]) {
      const fresh = createDevice(LATE_STRANGER);
      const kinds = new Set(bring(lab.contact, fresh, limit).map(({ kind }) => kind));
      expect(kinds.has("refused") || kinds.has("waiting")).toBe(false);
      expect(describeDocument(fresh.doc)).toBe(describeDocument(lab.contact.doc));
    }
  });
});

describe("a write that builds on what cannot be there", () => {
  test("on itself or the own future", () => {
    const at = (origin: RawStruct): Uint8Array => section(STRANGER, 0, origin);
    const own = (clock: number) => ({ client: STRANGER, clock });
    expect(
      refusals(() =>
        [0, 1, 99, 2 ** 31 - 2].flatMap((clock) => [
          at({ origin: own(clock), content: content.text() }),
          at({ rightOrigin: own(clock), content: content.text() }),
          at({ parent: own(clock), content: content.string("ink") }),
        ]),
      ),
    ).toEqual(REFUSED);
  });

  test("in a circle through two sessions", () => {
    const to = (client: number, clock: number): RawStruct => ({
      origin: { client, clock },
      content: content.text(),
    });
    const circle: RawUpdate = {
      sections: [
        { client: 8, clock: 0, structs: [to(STRANGER, 0)] },
        { client: STRANGER, clock: 0, structs: [to(8, 0)] },
      ],
      deletions: [],
    };
    const crossed: RawUpdate = {
      sections: [
        { client: 8, clock: 0, structs: [to(STRANGER, 1), stroke()] },
        { client: STRANGER, clock: 0, structs: [to(8, 1), stroke()] },
      ],
      deletions: [],
    };
    expect(refusals(() => [encodeRaw(circle), encodeRaw(crossed)])).toEqual(REFUSED);
  });

  test("in a circle through a mark: it hides what comes after it, or what builds on that", () => {
    const erase = (client: number, end: number): RawContent =>
      content.binary(encodeMark({ kind: "erase", ranges: new Map([[client, [{ start: 0, end }]]]) }));
    const mark = (client: number, value: RawContent): RawStruct => ({
      parent: "marks",
      key: markKey(client, 0),
      content: value,
    });
    const across: RawUpdate = {
      sections: [
        { client: 8, clock: 0, structs: [mark(8, erase(STRANGER, 1)), stroke()] },
        {
          client: STRANGER,
          clock: 0,
          structs: [{ origin: { client: 8, clock: 1 }, content: content.text() }],
        },
      ],
      deletions: [],
    };
    expect(
      refusals(() => [
        section(STRANGER, 0, mark(STRANGER, erase(STRANGER, 1)), stroke()),
        section(STRANGER, 0, mark(STRANGER, erase(STRANGER, 2)), stroke()),
        encodeRaw(across),
      ]),
    ).toEqual(REFUSED);
  });

  test("on a session, a write or a parent that is missing: it waits outside of Yjs", () => {
    expect(
      refusals(({ page }) => [
        section(STRANGER, 0, { origin: { client: 99, clock: 0 }, content: content.text() }),
        section(STRANGER, 0, {
          origin: { client: CONTACT, clock: stateOf(page, CONTACT) },
          content: content.text(),
        }),
        section(STRANGER, 0, { parent: { client: 99, clock: 5 }, content: content.string("ink") }),
        section(STRANGER, 1, stroke()),
        section(CONTACT, stateOf(page, CONTACT) + 1, stroke()),
      ]),
    ).toEqual(WAITING);
  });

  test("far in the future: clocks near 2^31 wait or are refused, from 2^31 on they are refused", () => {
    const origin = (clock: number): Uint8Array =>
      section(STRANGER, 0, { origin: { client: CONTACT, clock }, content: content.text() });
    expect(refusals(() => [origin(2 ** 31 - 1), section(STRANGER, 2 ** 31 - 3, stroke())])).toEqual(WAITING);
    expect(
      refusals(() => [
        ...[2 ** 31, 2 ** 32, 2 ** 53 - 1].flatMap((clock) => [
          origin(clock),
          section(STRANGER, clock, stroke()),
          section(clock * 2, 0, stroke()),
        ]),
        section(STRANGER, 2 ** 31 - 3, stroke(), ink(STRANGER, 2 ** 31 - 3, "far too long")),
      ]),
    ).toEqual(REFUSED);
  });

  test("a thousand updates that wait leave nothing behind", () => {
    const lab = createLab();
    for (let i = 0; i < 1000; i++) {
      lab.page.admit(section(5000 + i, 3, stroke()));
      lab.page.admit(deletion(5000 + i, [0, 9]));
    }
    expect(lab.page.doc.store.pendingStructs).toBeNull();
    expect(lab.page.doc.store.pendingDs).toBeNull();
    expect(lab.page.doc.store.clients.size).toBe(4);
    expectAlive(lab);
  });
});

describe("writes in this session's name", () => {
  test("ahead of it, of any kind, are refused", () => {
    expect(
      refusals(({ page }) => {
        const state = stateOf(page, OWN);
        const { last } = newestStroke(page, OWN);
        return [
          section(OWN, state, stroke()),
          section(OWN, state + 10, stroke()),
          section(OWN, state, { origin: lastIdOf(last), content: content.string("more") }),
          section(OWN, state - 1, stroke(), stroke()),
          section(OWN, state, { parent: "meta", key: "format", content: content.any(1) }),
        ];
      }),
    ).toEqual(REFUSED);
  });

  test("of the past refer to nothing that is not there: Yjs looks for it", () => {
    expect(
      refusals(() => [
        section(OWN, 0, { origin: { client: STRANGER, clock: 0 }, content: content.text() }),
        section(OWN, 0, { rightOrigin: { client: STRANGER, clock: 0 }, content: content.text() }),
        section(OWN, 0, { parent: { client: STRANGER, clock: 0 }, content: content.string("ink") }),
        section(OWN, 0, { parent: "a root of its own", content: content.text() }),
        section(OWN, 0, { parent: "root", content: content.text() }),
      ]),
    ).toEqual(REFUSED);
  });

  test("of the past say nothing new, whatever they claim to have been", () => {
    expect(
      refusals(({ page }) => [
        Y.encodeStateAsUpdate(page.doc),
        section(OWN, 0, { parent: "meta", key: "format", content: content.any(9) }),
        section(OWN, 0, stroke(), ink(OWN, 0, "other")),
      ]),
    ).toEqual(KNOWN);
  });

  test("of an earlier session of this person bring back what this device lost", () => {
    const lab = createLab();
    const rolledBack = createDevice(LATE_STRANGER);
    bring(lab.contact, rolledBack);
    expect(describeDocument(rolledBack.doc)).toBe(describeDocument(lab.contact.doc));
    expect(stateOf(rolledBack, OWN_EARLIER)).toBe(stateOf(lab.contact, OWN_EARLIER));
  });
});

describe("the known part of a write must be what is known, since Yjs takes the place of the rest from it", () => {
  test.each([
    ["another origin", { origin: { client: CONTACT_EARLIER, clock: 0 } }],
    ["another parent", { parent: "items" }],
    ["a map as its parent", { parent: "marks", key: "wi.5" }],
    ["a missing parent", { parent: { client: 99, clock: 0 } }],
    ["something to its right", { rightOrigin: { client: CONTACT_EARLIER, clock: 0 } }],
  ] as [string, Partial<RawStruct>][])("%s is not taken", (name, claims) => {
    const lab = createLab();
    lab.page.admit(section(LATE_STRANGER, 0, stroke(), ink(LATE_STRANGER, 0, "abc")));
    const before = describeDocument(lab.page.doc);
    const { kind } = lab.page.admit(
      section(LATE_STRANGER, 1, { ...claims, content: content.string("abcdef") }),
    );
    expect(kind).toBe(name === "a missing parent" ? "waiting" : "refused");
    expect(describeDocument(lab.page.doc)).toBe(before);
    expect(
      lab.page.admit(
        section(LATE_STRANGER, 1, {
          parent: { client: LATE_STRANGER, clock: 0 },
          content: content.string("abcdef"),
        }),
      ).kind,
    ).toBe("ready");
    expectAlive(lab);
  });

  test("another kind, or a run that went on elsewhere, is refused", () => {
    const lab = createLab();
    const start = [stroke(), ink(LATE_STRANGER, 0, "abc"), stroke()];
    lab.page.admit(section(LATE_STRANGER, 0, ...start));
    const parent = { client: LATE_STRANGER, clock: 0 };
    for (const update of [
      section(LATE_STRANGER, 1, { parent, content: content.string("abcdef") }),
      section(LATE_STRANGER, 1, { parent, content: content.deleted(9) }),
      section(LATE_STRANGER, 0, { ...ITEMS, content: content.deleted(9) }),
    ]) {
      expect(lab.page.admit(update).kind).toBe("refused");
    }
    expectAlive(lab);
  });
});

describe("deletions", () => {
  test("of ink are refused, whoever drew it", () => {
    expect(
      refusals(({ page }) =>
        [OWN, OWN_EARLIER, CONTACT, CONTACT_EARLIER].flatMap((client) => {
          const { item, last } = newestStroke(page, client);
          return [
            deletion(client, [item.id.clock, 1]),
            deletion(client, [last.id.clock, last.length]),
            deletion(client, [last.id.clock + 1, 1]),
            deletion(client, [0, stateOf(page, client)]),
          ];
        }),
      ),
    ).toEqual(REFUSED);
  });

  test("of what this session is yet to write are refused", () => {
    expect(
      refusals(({ page }) => {
        const state = stateOf(page, OWN);
        return [
          deletion(OWN, [state, 1]),
          deletion(OWN, [state + 5, 1_000_000]),
          deletion(OWN, [2 ** 31 - 2, 1]),
        ];
      }),
    ).toEqual(REFUSED);
  });

  test("of what is not there yet are nothing, and are not kept", () => {
    expect(
      refusals(({ page }) => [deletion(STRANGER, [0, 10]), deletion(CONTACT, [stateOf(page, CONTACT), 100])]),
    ).toEqual(KNOWN);
  });

  test("of a value that stands do nothing without what replaces it", () => {
    const standing = ({ page }: Lab, client: number): Y.Item[] =>
      (page.doc.store.clients.get(client) as Y.Item[]).filter(
        (item) => item.parent === page.doc.getMap("marks") && !item.deleted,
      );
    expect(
      refusals((lab) =>
        standing(lab, CONTACT).map(({ id, length }) => deletion(CONTACT, [id.clock, length])),
      ),
    ).toEqual(KNOWN);
    expect(
      refusals((lab) => standing(lab, OWN).map(({ id, length }) => deletion(OWN, [id.clock, length]))),
    ).toEqual(REFUSED);
    expect(
      refusals((lab) =>
        standing(lab, CONTACT).map(({ id, length }) =>
          encodeRaw({
            sections: [{ client: STRANGER, clock: 0, structs: [stroke()] }],
            deletions: [{ client: CONTACT, ranges: [{ clock: id.clock, length }] }],
          }),
        ),
      ),
    ).toEqual(REFUSED);
  });

  test("of nothing, beyond 2^31, out of order or twice are refused", () => {
    expect(
      refusals(() => [
        deletion(CONTACT, [0, 0]),
        deletion(CONTACT),
        deletion(CONTACT, [2 ** 31 - 1, 1]),
        deletion(CONTACT, [1, 2 ** 31 - 1]),
        deletion(CONTACT, [2 ** 53 - 1, 2 ** 53 - 1]),
        deletion(CONTACT, [5, 1], [3, 1]),
        deletion(CONTACT, [5, 3], [6, 1]),
        encodeRaw({
          sections: [],
          deletions: [5, 5].map((client) => ({ client, ranges: [{ clock: 0, length: 1 }] })),
        }),
      ]),
    ).toEqual(REFUSED);
  });
});

describe("what the schema does not have", () => {
  const KINDS: [string, RawContent][] = [
    ["garbage", content.gc(1)],
    ["deleted", content.deleted(1)],
    ["JSON", content.json('"x"')],
    ["binary", content.binary(new Uint8Array([1]))],
    ["embed", content.embed('{"a":1}')],
    ["format", content.format("bold", "true")],
    ["array", content.type(0)],
    ["map", content.type(1)],
    ["XML element", content.type(3, "p")],
    ["XML fragment", content.type(4)],
    ["XML hook", content.type(5, "h")],
    ["XML text", content.type(6)],
    ["unknown type", content.type(7)],
    ["number", content.any(7)],
    ["several values", content.any(1, 2)],
    ["no values", content.any()],
    ["object", content.any({ a: 1 })],
    ["document", content.doc("id")],
    ["skip", content.skip(1)],
    ...Array.from({ length: 21 }, (_, i): [string, RawContent] => [
      `content ${11 + i}`,
      { ref: 11 + i, bytes: new Uint8Array([1]) },
    ]),
  ];

  test.each(KINDS)("%s among the items, at any place", (_, each) => {
    expect(
      refusals(({ page }) => [
        section(STRANGER, 0, { ...ITEMS, content: each }),
        section(STRANGER, 0, { origin: lastIdOf(newestStroke(page, CONTACT).item), content: each }),
        section(CONTACT, stateOf(page, CONTACT), {
          origin: lastIdOf(newestStroke(page, CONTACT).last),
          content: each,
        }),
        section(STRANGER, 0, stroke(), { parent: { client: STRANGER, clock: 0 }, content: each }),
      ]),
    ).toEqual(REFUSED);
  });

  test.each(KINDS.filter(([name]) => name !== "binary"))("%s as a mark", (_, each) => {
    const key = markKey(STRANGER, 0);
    expect(refusals(() => [section(STRANGER, 0, { parent: "marks", key, content: each })])).toEqual(REFUSED);
  });

  test.each([
    ...KINDS.filter(([name]) => name !== "number" && name !== "deleted"),
    ["boolean", content.any(true)],
    ["string", content.any("1")],
    ["negative number", content.any(-1)],
    ["large number", content.any(64)],
    ["float", content.any(1.5)],
    ["big integer", content.any(2n ** 60n)],
    ["null", content.any(null)],
    ["undefined", content.any(undefined)],
    ["minus zero", { ref: 8, bytes: new Uint8Array([1, 125, 64]) }],
    ["number in a longer spelling", { ref: 8, bytes: new Uint8Array([1, 125, 129, 0]) }],
  ] as [string, RawContent][])("%s as the format", (_, each) => {
    expect(refusals(() => [section(STRANGER, 0, { parent: "meta", key: "format", content: each })])).toEqual(
      REFUSED,
    );
  });

  test("other roots, and other keys of these", () => {
    expect(
      refusals(({ page }) => [
        ...["", "layers", "pages", "__proto__", "constructor", "Items", "items ", "x".repeat(5000)].map(
          (parent) => section(STRANGER, 0, { parent, content: content.text() }),
        ),
        section(STRANGER, 0, { parent: "items", key: "k", content: content.text() }),
        section(STRANGER, 0, { parent: "marks", content: content.text() }),
        section(STRANGER, 0, { parent: "meta", content: content.any(1) }),
        ...["", "Format", "version", "__proto__", "x".repeat(5000)].map((key) =>
          section(STRANGER, 0, { parent: "meta", key, content: content.any(1) }),
        ),
        section(CONTACT, stateOf(page, CONTACT), {
          parent: newestStroke(page, CONTACT).item.id,
          key: "k",
          content: content.string("ink"),
        }),
      ]),
    ).toEqual(REFUSED);
  });

  test("a text in a text, in a mark, in a character, in what is no text", () => {
    expect(
      refusals(({ page }) => {
        const id = { client: STRANGER, clock: 0 };
        const { item, last } = newestStroke(page, CONTACT);
        const state = stateOf(page, CONTACT);
        return [
          section(STRANGER, 0, stroke(), { parent: id, content: content.text() }),
          section(STRANGER, 0, { parent: "marks", key: markKey(STRANGER, 0), content: content.text() }),
          section(CONTACT, state, { parent: item.id, content: content.text() }),
          section(CONTACT, state, { parent: lastIdOf(last), content: content.string("ink") }),
          section(STRANGER, 0, { parent: "items", content: content.string("ink") }),
          section(STRANGER, 0, stroke(), ink(STRANGER, 0), {
            parent: { client: STRANGER, clock: 1 },
            content: content.string("ink"),
          }),
        ];
      }),
    ).toEqual(REFUSED);
  });

  test("nothing, where there must be something", () => {
    expect(
      refusals(() => [
        section(STRANGER, 0, stroke(), ink(STRANGER, 0, "")),
        section(STRANGER, 0, {
          parent: "marks",
          key: `${markKey(STRANGER, 0)}.u`,
          content: content.deleted(0),
        }),
        section(STRANGER, 0),
        encodeRaw({
          sections: [1, 1].map((client) => ({ client, clock: 0, structs: [stroke()] })),
          deletions: [],
        }),
      ]),
    ).toEqual(REFUSED);
  });

  test("characters that Yjs could cut in two", () => {
    expect(refusals(() => [section(STRANGER, 0, stroke(), ink(STRANGER, 0, "a\u{1F58A}b"))])).toEqual(
      REFUSED,
    );
    const half = new Uint8Array([3, 0xed, 0xa0, 0xbd]);
    expect(
      refusals(() => [
        section(STRANGER, 0, stroke(), {
          parent: { client: STRANGER, clock: 0 },
          content: { ref: 4, bytes: half },
        }),
      ]),
    ).toEqual(REFUSED);
  });
});

describe("strokes", () => {
  test("belong to the session that draws them: nobody else writes into them", () => {
    expect(
      refusals(({ page }) =>
        [OWN, OWN_EARLIER, CONTACT_EARLIER].flatMap((owner) => {
          const { item, last } = newestStroke(page, owner);
          const state = stateOf(page, CONTACT);
          return [
            section(CONTACT, state, { origin: lastIdOf(last), content: content.string("ink") }),
            section(CONTACT, state, { parent: item.id, content: content.string("ink") }),
            section(STRANGER, 0, { origin: last.id, content: content.string("ink") }),
          ];
        }),
      ),
    ).toEqual(REFUSED);
  });

  test("grow at their end, and nowhere else", () => {
    expect(
      refusals(({ page }) => {
        const { item, last } = newestStroke(page, CONTACT);
        const state = stateOf(page, CONTACT);
        return [
          section(CONTACT, state, { origin: last.id, content: content.string("ink") }),
          section(CONTACT, state, { parent: item.id, content: content.string("ink") }),
          section(CONTACT, state, { rightOrigin: last.id, content: content.string("ink") }),
          section(CONTACT, state, {
            origin: lastIdOf(last),
            rightOrigin: item.id,
            content: content.string("ink"),
          }),
          section(CONTACT, state, stroke(), ink(CONTACT, state, "a"), ink(CONTACT, state, "b")),
        ];
      }),
    ).toEqual(REFUSED);
  });

  test("end: none has more characters than an honest one", () => {
    const long = "x".repeat(MAX_STROKE_CHARS);
    const lab = createLab();
    expect(lab.page.admit(section(STRANGER, 0, stroke(), ink(STRANGER, 0, long))).kind).toBe("ready");
    const more = { origin: { client: STRANGER, clock: MAX_STROKE_CHARS }, content: content.string("x") };
    expect(lab.page.admit(section(STRANGER, MAX_STROKE_CHARS + 1, more)).kind).toBe("refused");
    expect(lab.page.admit(section(9, 0, stroke(), ink(9, 0, `${long}x`))).kind).toBe("refused");
    expect(lab.page.admit(section(STRANGER, 1, ink(STRANGER, 0, `${long}x`))).kind).toBe("refused");
    expectAlive(lab);
  });

  test("stand in the order of the items, never in front of something", () => {
    expect(
      refusals(({ page }) => [
        section(STRANGER, 0, { rightOrigin: newestStroke(page, OWN).item.id, content: content.text() }),
        section(STRANGER, 0, {
          origin: newestStroke(page, OWN_EARLIER).item.id,
          rightOrigin: newestStroke(page, OWN).item.id,
          content: content.text(),
        }),
      ]),
    ).toEqual(REFUSED);
  });
});

describe("marks", () => {
  const markBy = (client: number, clock: number, key: string, value: RawContent): Uint8Array =>
    section(client, clock, { parent: "marks", key, content: value });

  test("are made under the own name, spelled in the one way", () => {
    expect(
      refusals(({ page }) => [
        ...[
          markKey(OWN, 0),
          markKey(CONTACT, 0),
          markKey(0, 0),
          "",
          "7",
          "7.",
          ".0",
          "7.0.0",
          "07.0",
          "7.00",
          "7.01",
          "7.-1",
          "7.0.u.u",
          "7.0.x",
          "7!.0",
          " 7.0",
          "7.0 ",
          `7.${"z".repeat(40)}`,
        ].map((key) => markBy(STRANGER, 0, key, markOf([]))),
        markBy(LATE_STRANGER, 0, markKey(LATE_STRANGER, 0).toUpperCase(), markOf([])),
        markBy(STRANGER, 0, undoneKey(markKey(OWN, 0)), content.any(true)),
        markBy(CONTACT, stateOf(page, CONTACT), undoneKey(markKey(CONTACT_EARLIER, 0)), content.any(true)),
      ]),
    ).toEqual(REFUSED);
    const lab = createLab();
    expect(lab.page.admit(markBy(STRANGER, 0, markKey(STRANGER, 0), markOf([]))).kind).toBe("ready");
  });

  test("are set once; their switches one after the other", () => {
    const lab = createLab();
    const key = markKey(STRANGER, 0);
    const turn = (clock: number, origin: number | undefined, on: boolean): Uint8Array =>
      section(STRANGER, clock, {
        ...(origin === undefined
          ? { parent: "marks", key: undoneKey(key) }
          : { origin: { client: STRANGER, clock: origin } }),
        content: content.any(on),
      });
    expect(lab.page.admit(markBy(STRANGER, 0, key, markOf([]))).kind).toBe("ready");
    expect(lab.page.admit(markBy(STRANGER, 1, key, markOf([]))).kind).toBe("refused");
    expect(
      lab.page.admit(section(STRANGER, 1, { origin: { client: STRANGER, clock: 0 }, content: markOf([]) }))
        .kind,
    ).toBe("refused");
    expect(lab.page.admit(turn(1, undefined, true)).kind).toBe("ready");
    expect(lab.page.admit(turn(2, undefined, false)).kind).toBe("refused");
    expect(lab.page.admit(turn(2, 1, false)).kind).toBe("ready");
    expect(lab.page.admit(turn(3, 1, true)).kind).toBe("refused");
    expect(lab.page.admit(turn(3, 2, true)).kind).toBe("ready");
    expect(lab.page.doc.getMap("marks").get(undoneKey(key))).toBe(true);
    expectAlive(lab);
  });

  test("hide what was drawn, never what this person is yet to draw", () => {
    expect(
      refusals(({ page }) => {
        const state = stateOf(page, OWN);
        const erase: Mark = {
          kind: "erase",
          ranges: new Map([[OWN, [{ start: state + 3, end: state + 4 }]]]),
        };
        const key = markKey(STRANGER, 0);
        return [
          markBy(STRANGER, 0, key, markOf([[OWN, state + 1]])),
          markBy(STRANGER, 0, key, markOf([[OWN, 2 ** 31]])),
          markBy(STRANGER, 0, key, content.binary(encodeMark(erase))),
        ];
      }),
    ).toEqual(REFUSED);
    const lab = createLab();
    const all: [number, number][] = [...lab.page.doc.store.clients.keys()].map((client) => [
      client,
      stateOf(lab.page, client),
    ]);
    expect(lab.page.admit(markBy(STRANGER, 0, markKey(STRANGER, 0), markOf(all))).kind).toBe("ready");
    expect(lab.page.board.board.items()).toEqual([]);
    draw(lab.page, 9);
    expect(lab.page.board.board.items().length).toBe(1);
    expectAlive(lab);
  });

  test("wait for the ink of others that they hide", () => {
    const future = ({ page }: Lab): [number, number][] => [[CONTACT, stateOf(page, CONTACT) + 1]];
    expect(
      refusals((lab) => [
        markBy(STRANGER, 0, markKey(STRANGER, 0), markOf(future(lab))),
        markBy(STRANGER, 0, markKey(STRANGER, 0), markOf([[12_345, 1]])),
      ]),
    ).toEqual(WAITING);
  });

  test("of a kind that is not known are kept and hide nothing", () => {
    const lab = createLab();
    const before = lab.page.board.board.items().length;
    const unknown = content.binary(new Uint8Array([99, 1, 2, 3]));
    expect(lab.page.admit(markBy(STRANGER, 0, markKey(STRANGER, 0), unknown)).kind).toBe("ready");
    expect(lab.page.board.board.items().length).toBe(before);
    expectAlive(lab);
  });
});

describe("the format", () => {
  test("is said by whoever finds none, or an older one", () => {
    const lab = createLab();
    const say = (client: number, clock: number, value: number): Uint8Array =>
      section(client, clock, { parent: "meta", key: "format", content: content.any(value) });
    expect(lab.page.admit(say(LATE_STRANGER, 0, 2)).kind).toBe("ready");
    expect(lab.page.doc.getMap("meta").get("format")).toBe(2);
    const again = { origin: { client: LATE_STRANGER, clock: 0 }, content: content.any(3) };
    expect(lab.page.admit(section(LATE_STRANGER, 1, again)).kind).toBe("ready");
    expect(lab.page.doc.getMap("meta").get("format")).toBe(3);
    expectAlive(lab);
  });

  test("is said again by a session that has only what replaced its value, and not yet what replaced that", () => {
    const devices = [11, 22, 33].map((client) => createDevice(client));
    const [first, second, third] = devices as [Device, Device, Device];
    const say = ({ doc }: Device): void => void doc.getMap("meta").set("format", 1);
    for (const each of [first, second]) say(each);
    bring(second, third);
    say(third);
    bring(third, second);
    const [overtaken] = causalChunks(second.doc, new Map([[33, 1]]), false, 1);
    expect(first.admit(overtaken!).kind).toBe("ready");
    expect(first.doc.getMap("meta").has("format")).toBe(false);
    say(first);
    expect(bring(first, second).map(({ kind }) => kind)).toContain("ready");
    bring(second, first);
    expect(describeDocument(first.doc)).toBe(describeDocument(second.doc));
  });

  test("that several said at once is the same everywhere, and its deletions are no news", () => {
    const devices = [11, 22, 33].map((client) => createDevice(client));
    for (const device of devices) draw(device, device.doc.clientID);
    for (const from of devices) for (const to of devices) if (from !== to) bring(from, to);
    expect(new Set(devices.map(({ doc }) => describeDocument(doc))).size).toBe(1);
    const [first, second] = devices;
    const { ds } = Y.decodeUpdate(Y.encodeStateAsUpdate(first!.doc));
    expect(ds.clients.size).toBe(2);
    const deletions = decodeRaw(Y.encodeStateAsUpdate(first!.doc)).deletions;
    expect(second!.admit(encodeRaw({ sections: [], deletions })).kind).toBe("known");
  });
});

test("an app with a newer schema disturbs nothing: what is known of it is taken, the rest refused", () => {
  const lab = createLab();
  const newer = new Y.Doc();
  newer.clientID = LATE_STRANGER;
  const updates: Uint8Array[] = [];
  newer.on("update", (update: Uint8Array) => updates.push(update));
  newer.getMap("meta").set("format", 2);
  newer.getArray("items").push([new Y.Text("readable")]);
  newer.getArray("items").push([new Y.Map([["kind", "note"]])]);
  newer.getArray("items").push([new Y.Text("after it")]);
  newer.getMap("layers").set("a", 1);
  expect(updates.map((update) => lab.page.admit(update).kind)).toEqual([
    "ready",
    "ready",
    "refused",
    "waiting",
    "refused",
  ]);
  expectAlive(lab);
});

test("a mark's bytes that end early, run on, or claim too much hide nothing", () => {
  const lab = createLab();
  const claim = (fill: (encoder: encoding.Encoder) => void): RawContent =>
    content.binary(encoding.encode(fill));
  const before = lab.page.board.board.items().length;
  const values = [
    content.binary(new Uint8Array(0)),
    content.binary(new Uint8Array([1])),
    claim((encoder) => {
      encoding.writeUint8(encoder, 1);
      encoding.writeVarString(encoder, "");
      encoding.writeVarUint(encoder, 2 ** 40);
    }),
    claim((encoder) => {
      encoding.writeUint8(encoder, 2);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, OWN);
      encoding.writeVarUint(encoder, 2 ** 40);
    }),
    claim((encoder) => {
      encoding.writeUint8(encoder, 1);
      encoding.writeVarString(encoder, "");
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, OWN);
      encoding.writeVarUint(encoder, 2 ** 40);
    }),
  ];
  values.forEach((value, i) => {
    const update = section(STRANGER, i, { parent: "marks", key: markKey(STRANGER, i), content: value });
    expect(lab.page.admit(update).kind).toBe("ready");
  });
  expect(lab.page.board.board.items().length).toBe(before);
  expectAlive(lab);
});
