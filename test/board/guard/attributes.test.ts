import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { rootsOf } from "../../../src/board/document/document.ts";
import { MAX_ATTRIBUTE_BYTES } from "../../../src/board/document/schema.ts";
import { describeDocument } from "./describe-document.ts";
import { expectAlive } from "./expect-alive.ts";
import {
  bring,
  CONTACT,
  createDevice,
  createLab,
  itemKey,
  LATE_STRANGER,
  layerKey,
  OWN,
  setAttributes,
  STRANGER,
} from "./lab.ts";
import type { Lab } from "./lab.ts";
import { content, deletion, encodeRaw, section } from "./raw-update.ts";
import type { RawContent, RawStruct } from "./raw-update.ts";
import { id, stateOf, stroke, VALUE } from "./raw-writes.ts";
import { REFUSED, verdicts, WAITING } from "./verdicts.ts";

function attribute(key: string, value: RawContent = VALUE): RawStruct {
  return { parent: "attrs", key, content: value };
}

describe("attributes", () => {
  test("of any name that a person gives are such as contacts take", () => {
    const lab = createLab();
    const { board } = lab.page.board;
    for (const character of ["n", "\u00df", "\u6f22", "\u{1f600}"]) board.addLayer(character.repeat(60));
    expect(bring(lab.page, lab.contact).map(({ kind }) => kind)).not.toContain("refused");
    const names = board.layers().map(({ name }) => name);
    expect(lab.contact.board.board.layers().map(({ name }) => name)).toEqual(names);
    expect(names).toContain("n".repeat(60));
    expect(names).toContain("\u6f22".repeat(40));
    expectAlive(lab);
  });

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
        section(STRANGER, 0, attribute(itemKey(id(OWN, stateOf(lab.page, OWN)), "t"))),
        section(STRANGER, 0, attribute(itemKey(id(OWN, 2 ** 30), "t"))),
        section(STRANGER, 0, attribute(itemKey(id(STRANGER, 0), "t"))),
        section(STRANGER, 0, attribute(itemKey(id(STRANGER, 1), "t")), stroke()),
        section(STRANGER, 0, attribute(layerKey(OWN, 0, "h"))),
        section(STRANGER, 0, attribute(layerKey(OWN, 0, "o"))),
      ]),
    ).toEqual(REFUSED);
    const lab = createLab();
    expect(lab.page.admit(section(STRANGER, 0, attribute(itemKey(id(OWN, 0), "t")))).kind).toBe("ready");
    expect(
      lab.page.admit(section(LATE_STRANGER, 0, stroke(), attribute(itemKey(id(LATE_STRANGER, 0), "l")))).kind,
    ).toBe("ready");
    expectAlive(lab);
  });

  test("wait for the item and for the layer of others that they are about", () => {
    expect(
      verdicts((lab) => [
        section(STRANGER, 0, attribute(itemKey(id(CONTACT, stateOf(lab.page, CONTACT)), "t"))),
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
      structs: [about(client === 8 ? STRANGER : 8), stroke()],
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
