/*
 * The index of a board's pages, as a hostile contact would have it, and entries of pages where there may be none.
 */
import { describe, expect, test } from "vitest";
import { MINUTES, TEXT } from "../../../src/board/document/attributes.ts";
import { BACKGROUND_KEY } from "../../../src/board/document/keys.ts";
import { markKey, undoneKey } from "../../../src/board/document/marks.ts";
import { beginningKey, layerSlotKey } from "../../../src/board/document/session-records.ts";
import { pageIdOf } from "../../../src/board/pages/page-id.ts";
import { shown } from "../pages/index-peer.ts";
import { AT_1, createIndexLab, entry, expectIndexAlive, made } from "./index-lab.ts";
import type { IndexLab } from "./index-lab.ts";
import { CONTACT, itemKey, labelKey, layerKey, LATE_STRANGER, OWN, STRANGER } from "./lab.ts";
import { content, encodeRaw, section } from "./raw-update.ts";
import type { RawContent, RawStruct } from "./raw-update.ts";
import { id, ink, markOf, stroke, VALUE } from "./raw-writes.ts";
import { REFUSED, verdicts } from "./verdicts.ts";

/** What the guard says to each; the index must be as before, and live. */
function indexVerdicts(make: (lab: IndexLab) => readonly Uint8Array[]): string[] {
  const lab = createIndexLab();
  const before = shown(lab.page);
  const kinds = make(lab).map((update) => lab.page.admit(update).kind);
  expect(shown(lab.page)).toEqual(before);
  expectIndexAlive(lab);
  return [...new Set(kinds)];
}

describe("an index", () => {
  test("takes the format and when a session began, and pages of the session that says so", () => {
    const lab = createIndexLab();
    const update = section(
      STRANGER,
      0,
      { parent: "meta", key: "format", content: content.any(3) },
      { parent: "sessions", key: beginningKey(STRANGER, 0), content: content.binary(MINUTES.encode(1000)) },
      made(STRANGER),
      entry("n", STRANGER, 0, content.binary(TEXT.encode("theirs"))),
      entry("x"),
    );
    expect(lab.page.admit(update).kind).toBe("ready");
    expect(lab.page.index.list()).toMatchObject([{ name: "uno" }, { name: "theirs" }]);
    expectIndexAlive(lab);
  });

  test("takes no ink, marks, words and layers, nor what else a page has", () => {
    const value = (parent: string, key: string, each: RawContent = VALUE): RawStruct => ({
      parent,
      key,
      content: each,
    });
    expect(
      indexVerdicts(() => [
        section(STRANGER, 0, stroke()),
        section(STRANGER, 0, stroke(), ink(STRANGER, 0)),
        section(STRANGER, 0, value("marks", markKey(STRANGER, 0), markOf([[OWN, 1]]))),
        section(STRANGER, 0, value("marks", undoneKey(markKey(STRANGER, 0)))),
        section(STRANGER, 0, value("labels", labelKey(id(OWN, 0)), content.text())),
        section(STRANGER, 0, value("attrs", BACKGROUND_KEY)),
        section(STRANGER, 0, value("attrs", itemKey(id(OWN, 0), "c"))),
        section(STRANGER, 0, value("attrs", "l.n")),
        section(STRANGER, 0, value("attrs", layerKey(STRANGER, 0, "o"), AT_1)),
        section(STRANGER, 0, value("sessions", layerSlotKey(STRANGER, 1), content.binary(TEXT.encode("")))),
      ]),
    ).toEqual(["refused"]);
  });

  test("takes a page from the session only in whose name it is, once, and not from the own one", () => {
    expect(
      indexVerdicts(() => [
        section(STRANGER, 0, made(LATE_STRANGER)),
        section(STRANGER, 0, made(OWN, 5)),
        section(STRANGER, 0, made(CONTACT, 0)),
        section(STRANGER, 0, made(STRANGER), made(STRANGER)),
        section(STRANGER, 0, made(STRANGER), { origin: id(STRANGER, 0), content: AT_1 }),
        section(STRANGER, 0, entry("m", STRANGER, 0, content.deleted(1))),
        encodeRaw({
          sections: [{ client: STRANGER, clock: 0, structs: [made(STRANGER), entry("n", STRANGER)] }],
          deletions: [{ client: STRANGER, ranges: [{ clock: 0, length: 1 }] }],
        }),
      ]),
    ).toEqual(["refused"]);
  });

  test("has keys of the schema, in their one spelling, of pages whose document has a number", () => {
    const keys = [
      "q",
      "q.",
      "q.m",
      "q.e",
      "q.z",
      "q0.0.m",
      "q0.1.m",
      "q7.m",
      "q07.0.m",
      "q7.00.m",
      "q7.mh34.m",
    ];
    const more = [
      "q7.0.",
      "q7.0.z",
      "q7.0.mm",
      "q7.0.M",
      "q1z141z4.0.m",
      "Q7.0.m",
      "q7.-1.m",
      "q7.0.b",
      "p.b",
    ];
    expect(
      indexVerdicts(() =>
        [...keys, ...more].map((key) => section(7, 0, { parent: "attrs", key, content: AT_1 })),
      ),
    ).toEqual(["refused"]);
    const lab = createIndexLab();
    expect(lab.page.admit(section(7, 0, made(7, 2 ** 20 - 1))).kind).toBe("ready");
    expectIndexAlive(lab);
  });

  test("takes values of few bytes only: no name of 10 kB", () => {
    expect(
      indexVerdicts(() => [
        section(STRANGER, 0, entry("n", undefined, 0, content.binary(new Uint8Array(10_000).fill(65)))),
        section(STRANGER, 0, entry("n", undefined, 0, content.binary(new Uint8Array(129)))),
        section(STRANGER, 0, entry("m", STRANGER, 0, content.binary(new Uint8Array(129)))),
        section(STRANGER, 0, made(STRANGER), entry("n", STRANGER, 0, content.any("a name"))),
        section(STRANGER, 0, made(STRANGER), entry("e", STRANGER, 0, content.any(true))),
        section(STRANGER, 0, made(STRANGER), entry("o", STRANGER, 0, content.text())),
      ]),
    ).toEqual(["refused"]);
  });

  test("waits for the page of another that a value is about, also within one update", () => {
    expect(
      indexVerdicts(() => [
        ..."noxe".split("").map((field) => section(STRANGER, 0, entry(field, LATE_STRANGER))),
        ..."noxe".split("").map((field) => section(STRANGER, 0, entry(field, CONTACT, 5))),
      ]),
    ).toEqual(["waiting"]);
    expect(
      indexVerdicts(() => ["n", "x"].map((field) => section(STRANGER, 0, entry(field, OWN, 5)))),
    ).toEqual(["refused"]);
    const lab = createIndexLab();
    const both = encodeRaw({
      sections: [
        { client: LATE_STRANGER, clock: 0, structs: [made(LATE_STRANGER)] },
        { client: STRANGER, clock: 0, structs: [entry("n", LATE_STRANGER)] },
      ],
      deletions: [],
    });
    expect(lab.page.admit(both).kind).toBe("ready");
    expectIndexAlive(lab);
  });

  test("has no page that was only named by its own session, until that makes it", () => {
    const lab = createIndexLab();
    const [before, told] = [shown(lab.page), lab.page.changes.length];
    const early = section(
      STRANGER,
      0,
      ...["n", "o", "x"].map((field) => entry(field, STRANGER, 0, content.binary(TEXT.encode("a")))),
    );
    expect(lab.page.admit(early).kind).toBe("ready");
    expect(shown(lab.page)).toEqual(before);
    expect(lab.page.changes.slice(told)).toMatchObject([{ added: [], emptied: [] }]);
    expect(lab.page.index.rename(pageIdOf(STRANGER, 0), "b")).toBe(false);
    expectIndexAlive(lab);
    expect(lab.page.admit(section(STRANGER, 3, made(STRANGER))).kind).toBe("ready");
    expectIndexAlive(lab);
  });

  test("shows pages whose values say nothing: at place 0, without a name, not removed", () => {
    const lab = createIndexLab();
    const nothing = content.binary(Uint8Array.of(255, 255, 255));
    const update = section(
      STRANGER,
      0,
      ...["m", "n", "o", "x"].map((field) => entry(field, STRANGER, 0, nothing)),
    );
    expect(lab.page.admit(update).kind).toBe("ready");
    const page = pageIdOf(STRANGER, 0);
    expect(lab.page.index.list().find((each) => each.id === page)).toEqual({
      id: page,
      name: "",
      place: 0,
      removed: 0,
    });
    expectIndexAlive(lab);
  });
});

test("a page's document takes no entries of pages", () => {
  expect(
    verdicts(() => [
      section(STRANGER, 0, made(STRANGER)),
      ..."nox".split("").map((field) => section(STRANGER, 0, entry(field))),
      section(STRANGER, 0, stroke(), made(STRANGER)),
    ]),
  ).toEqual(REFUSED);
});
