/*
 * Contents, places and keys that no schema has, and those of a newer one.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { markKey } from "../../../src/board/document/marks.ts";
import { expectAlive } from "./expect-alive.ts";
import { CONTACT, createLab, LATE_STRANGER, STRANGER } from "./lab.ts";
import { content, encodeRaw, section } from "./raw-update.ts";
import type { RawContent } from "./raw-update.ts";
import { ink, lastIdOf, newestStroke, stateOf, stroke } from "./raw-writes.ts";
import { REFUSED, verdicts } from "./verdicts.ts";

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
      verdicts(({ page }) => [
        section(STRANGER, 0, { parent: "items", content: each }),
        section(STRANGER, 0, { origin: lastIdOf(newestStroke(page, CONTACT).item), content: each }),
        section(CONTACT, stateOf(page, CONTACT), {
          origin: lastIdOf(newestStroke(page, CONTACT).last),
          content: each,
        }),
        section(STRANGER, 0, stroke(), { parent: { client: STRANGER, clock: 0 }, content: each }),
      ]),
    ).toEqual(REFUSED);
  });

  // Of a mark that was emptied, the first value comes as deleted to whoever did not have it.
  test.each(KINDS.filter(([name]) => name !== "binary" && name !== "deleted"))("%s as a mark", (_, each) => {
    const key = markKey(STRANGER, 0);
    expect(verdicts(() => [section(STRANGER, 0, { parent: "marks", key, content: each })])).toEqual(REFUSED);
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
    expect(verdicts(() => [section(STRANGER, 0, { parent: "meta", key: "format", content: each })])).toEqual(
      REFUSED,
    );
  });

  test("other roots, and other keys of these", () => {
    expect(
      verdicts(({ page }) => [
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
      verdicts(({ page }) => {
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
      verdicts(() => [
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
    expect(verdicts(() => [section(STRANGER, 0, stroke(), ink(STRANGER, 0, "a\u{1F58A}b"))])).toEqual(
      REFUSED,
    );
    const half = new Uint8Array([3, 0xed, 0xa0, 0xbd]);
    expect(
      verdicts(() => [
        section(STRANGER, 0, stroke(), {
          parent: { client: STRANGER, clock: 0 },
          content: { ref: 4, bytes: half },
        }),
      ]),
    ).toEqual(REFUSED);
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
