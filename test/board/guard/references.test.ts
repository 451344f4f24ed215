/*
 * Updates whose writes name other writes: what must be there before them, and what is known of them.
 */
import { describe, expect, test } from "vitest";
import { encodeMark, markKey } from "../../../src/board/document/marks.ts";
import { describeDocument } from "./describe-document.ts";
import { expectAlive } from "./expect-alive.ts";
import { CONTACT, CONTACT_EARLIER, createLab, LATE_STRANGER, STRANGER } from "./lab.ts";
import { content, deletion, encodeRaw, section } from "./raw-update.ts";
import type { RawContent, RawStruct, RawUpdate } from "./raw-update.ts";
import { ink, stateOf, stroke } from "./raw-writes.ts";
import { REFUSED, verdicts, WAITING } from "./verdicts.ts";

describe("a write that builds on what cannot be there", () => {
  test("on itself or the own future", () => {
    const at = (origin: RawStruct): Uint8Array => section(STRANGER, 0, origin);
    const own = (clock: number) => ({ client: STRANGER, clock });
    expect(
      verdicts(() =>
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
    expect(verdicts(() => [encodeRaw(circle), encodeRaw(crossed)])).toEqual(REFUSED);
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
      verdicts(() => [
        section(STRANGER, 0, mark(STRANGER, erase(STRANGER, 1)), stroke()),
        section(STRANGER, 0, mark(STRANGER, erase(STRANGER, 2)), stroke()),
        encodeRaw(across),
      ]),
    ).toEqual(REFUSED);
  });

  test("on a session, a write or a parent that is missing: it waits outside of Yjs", () => {
    expect(
      verdicts(({ page }) => [
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
    expect(verdicts(() => [origin(2 ** 31 - 1), section(STRANGER, 2 ** 31 - 3, stroke())])).toEqual(WAITING);
    expect(
      verdicts(() => [
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
      section(LATE_STRANGER, 0, { parent: "items", content: content.deleted(9) }),
    ]) {
      expect(lab.page.admit(update).kind).toBe("refused");
    }
    expectAlive(lab);
  });
});
