/*
 * Clears, erases and cuts: whose they are, what they hide, and bytes that are none.
 */
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import { encodeMark, markKey, undoneKey } from "../../../src/board/document/marks.ts";
import type { Mark } from "../../../src/board/document/marks.ts";
import { expectAlive } from "./expect-alive.ts";
import { CONTACT, CONTACT_EARLIER, createLab, draw, LATE_STRANGER, OWN, STRANGER } from "./lab.ts";
import type { Lab } from "./lab.ts";
import { content, section } from "./raw-update.ts";
import type { RawContent, RawStruct } from "./raw-update.ts";
import { markOf, stateOf } from "./raw-writes.ts";
import { REFUSED, verdicts, WAITING } from "./verdicts.ts";

describe("marks", () => {
  const markBy = (client: number, clock: number, key: string, value: RawContent): Uint8Array =>
    section(client, clock, { parent: "marks", key, content: value });

  test("are made under the own name, spelled in the one way", () => {
    expect(
      verdicts(({ page }) => [
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
      verdicts(({ page }) => {
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
      verdicts((lab) => [
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

test("a cut, like an erase over words, is about what is there", () => {
  const cut = (client: number, end: number): RawStruct => ({
    parent: "marks",
    key: markKey(STRANGER, 0),
    content: content.binary(encodeMark({ kind: "cut", ranges: new Map([[client, [{ start: 0, end }]]]) })),
  });
  expect(verdicts((lab) => [section(STRANGER, 0, cut(OWN, stateOf(lab.page, OWN) * 4096 + 1))])).toEqual(
    REFUSED,
  );
  expect(
    verdicts((lab) => [section(STRANGER, 0, cut(CONTACT, stateOf(lab.page, CONTACT) * 4096 + 1))]),
  ).toEqual(WAITING);
  const lab = createLab();
  expect(lab.page.admit(section(STRANGER, 0, cut(OWN, stateOf(lab.page, OWN) * 4096))).kind).toBe("ready");
  expectAlive(lab);
});
