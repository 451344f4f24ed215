/*
 * Pages in an index that are very many, at places that nobody has, or emptied by whoever likes.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { PLACE } from "../../../src/board/document/attributes.ts";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { pageIdOf } from "../../../src/board/pages/page-id.ts";
import { createIndexPeer, ids, sync } from "../pages/index-peer.ts";
import { createIndexLab, entry, expectIndexAlive, pages } from "./index-lab.ts";
import { CONTACT, LATE_STRANGER, OWN, STRANGER } from "./lab.ts";
import { content, deletion, section } from "./raw-update.ts";
import type { RawContent, RawStruct } from "./raw-update.ts";
import { id, VALUE } from "./raw-writes.ts";

describe("pages by the thousand", () => {
  test("are taken up to their number, in one message or in many; everything else goes on", () => {
    const lab = createIndexLab();
    const there = 2;
    for (let from = 0; from < LIMITS.pages.takes - 100; from += 100)
      expect(lab.page.admit(pages(STRANGER, from, 100)).kind).toBe("ready");
    expect(lab.page.admit(pages(STRANGER + 1, 0, 101 - there)).kind).toBe("full");
    expect(lab.page.admit(pages(STRANGER + 1, 0, 100 - there)).kind).toBe("ready");
    expect(lab.page.admit(pages(STRANGER + 2, 0, 1)).kind).toBe("full");
    expect(lab.page.index.list()).toHaveLength(LIMITS.pages.takes);
    expect([lab.page.index.hasRoom(), lab.page.index.add()]).toEqual([false, undefined]);
    expect(lab.page.admit(section(STRANGER + 3, 0, entry("n", STRANGER))).kind).toBe("ready");
    expectIndexAlive(lab);
  });

  test("that are stored are read, however many, and leave room for all but more pages", () => {
    const count = LIMITS.pages.takes + 500;
    const page = createIndexPeer(OWN, pages(STRANGER, 0, count));
    expect(page.index.list()).toHaveLength(count + 1);
    expect(page.admit(pages(STRANGER + 1, 0, 1)).kind).toBe("full");
    expectIndexAlive({ page, contact: createIndexPeer(CONTACT, Y.encodeStateAsUpdate(page.doc)) });
  });

  test("at places where there is no number between them can be moved and added to", () => {
    const lab = createIndexLab();
    const ends = [-Number.MAX_VALUE, Number.MAX_VALUE, Number.MAX_VALUE, Infinity, NaN, -0];
    const update = section(
      STRANGER,
      0,
      ...ends.map((place, n) => entry("m", STRANGER, n, content.binary(PLACE.encode(place)))),
    );
    expect(lab.page.admit(update).kind).toBe("ready");
    const { index } = lab.page;
    for (const at of [0, 3, 99]) {
      const list = ids(index.list());
      const page = index.add(at)!;
      expect(ids(index.list())).toEqual([...list.slice(0, at), page, ...list.slice(at)]);
    }
    const last = ids(index.list()).at(-1)!;
    expect(index.move(last, 0)).toBe(true);
    expect(ids(index.list())[0]).toBe(last);
    expectIndexAlive(lab);
  });
});

describe("a page that was emptied", () => {
  const written = (field: string, value: RawContent): RawStruct => entry(field, OWN, 0, value);

  test.each([
    ["0", content.binary(Uint8Array.of(0))],
    ["an empty value", content.binary(new Uint8Array(0))],
    ["what cannot be read", content.binary(Uint8Array.of(1, 2, 3, 4, 5))],
    ["what was deleted since", content.deleted(1)],
  ])("stays so where somebody writes %s", (_, value) => {
    for (const order of ["after", "at once"] as const) {
      const lab = createIndexLab();
      const { page, contact } = lab;
      const emptied = pageIdOf(OWN, 0);
      contact.index.setRemoved(emptied, true);
      sync(page, contact);
      contact.index.empty([emptied]);
      sync(page, contact);
      const { client, clock } = page.doc.getMap("attrs")._map.get(`q${emptied}.e`)!.lastId;
      const replacing = { origin: id(client, clock), content: value };
      const update = section(
        LATE_STRANGER,
        0,
        order === "after" ? replacing : written("e", value),
        written("x", VALUE),
      );
      expect(page.admit(update).kind).toBe("ready");
      expect([...page.index.emptied()]).toEqual([emptied]);
      expect(ids([...page.index.list(), ...page.index.removed()])).not.toContain(emptied);
      expectIndexAlive(lab);
    }
  });

  test("is so with whatever is first written there", () => {
    const lab = createIndexLab();
    expect(lab.page.admit(section(STRANGER, 0, written("e", content.deleted(3)))).kind).toBe("ready");
    expect([...lab.page.index.emptied()]).toEqual([pageIdOf(OWN, 0)]);
    expect(lab.page.changes.at(-1)).toMatchObject({ by: [STRANGER], emptied: [pageIdOf(OWN, 0)] });
    expectIndexAlive(lab);
  });

  test("keeps what says so: it is not deleted", () => {
    const lab = createIndexLab();
    lab.contact.index.setRemoved(pageIdOf(OWN, 0), true);
    lab.contact.index.empty([pageIdOf(OWN, 0)]);
    sync(lab.page, lab.contact);
    const { client, clock } = lab.page.doc.getMap("attrs")._map.get(`q${pageIdOf(OWN, 0)}.e`)!.id;
    lab.page.admit(deletion(client, [clock, 1]));
    expect([...lab.page.index.emptied()]).toEqual([pageIdOf(OWN, 0)]);
    expectIndexAlive(lab);
  });
});
