/*
 * Clears, erases and cuts: whose they are, what they hide, and bytes that are none.
 */
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import { EMPTY_MARK, encodeMark, markKey, undoneKey } from "../../../src/board/document/marks.ts";
import type { Mark } from "../../../src/board/document/marks.ts";
import { expectAlive } from "./expect-alive.ts";
import {
  bring,
  CONTACT,
  CONTACT_EARLIER,
  createDevice,
  createLab,
  draw,
  LATE_STRANGER,
  OWN,
  OWN_EARLIER,
  STRANGER,
} from "./lab.ts";
import type { Lab } from "./lab.ts";
import { content, encodeRaw, section } from "./raw-update.ts";
import type { RawContent, RawStruct } from "./raw-update.ts";
import { markOf, newestStroke, stateOf, stroke } from "./raw-writes.ts";
import { REFUSED, verdicts, WAITING } from "./verdicts.ts";

describe("marks", () => {
  const markBy = (client: number, clock: number, key: string, value: RawContent): Uint8Array =>
    section(client, clock, { parent: "marks", key, content: value });

  test.each([
    ["erase", 2],
    ["clear", 1],
  ] as const)("that name a session twice hide nothing that is yet to be drawn: %s", (_, kind) => {
    const lab = createLab();
    const { page, contact } = lab;
    const value = encoding.encode((encoder) => {
      encoding.writeUint8(encoder, kind);
      if (kind === 1) encoding.writeVarString(encoder, "");
      encoding.writeVarUint(encoder, 2);
      for (const end of [1_000_000, 1]) {
        encoding.writeVarUint(encoder, CONTACT);
        const numbers = kind === 1 ? [end] : [1, 0, end];
        for (const number of numbers) encoding.writeVarUint(encoder, number);
      }
    });
    page.admit(markBy(STRANGER, 0, markKey(STRANGER, 0), content.binary(value)));
    const before = page.board.board.items().length;
    draw(contact, 3);
    bring(contact, page);
    expect(page.board.board.items()).toHaveLength(before + 1);
    expectAlive(lab);
  });

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

describe("a mark that is emptied", () => {
  const empty = content.binary(EMPTY_MARK);
  const origin = (client: number, clock: number) => ({ origin: { client, clock } });

  /** The stranger erases the contact's newest stroke, and folds that into another mark. */
  function erasing({ page }: Lab): { mark: RawContent; id: { client: number; clock: number } } {
    const { client, clock } = newestStroke(page, CONTACT).item.id;
    const ranges = new Map([[client, [{ start: clock, end: clock + 1 }]]]);
    return { mark: content.binary(encodeMark({ kind: "erase", ranges })), id: { client, clock } };
  }

  test("is so by its own session, right after its value, and once", () => {
    const lab = createLab();
    const { mark } = erasing(lab);
    const key = markKey(STRANGER, 0);
    expect(lab.page.admit(section(STRANGER, 0, { parent: "marks", key, content: mark })).kind).toBe("ready");
    const seen = lab.page.board.board.items().length;
    const refused = [
      // Another session's, a stranger's and this person's own, from before and of now.
      section(LATE_STRANGER, 0, { ...origin(STRANGER, 0), content: empty }),
      section(CONTACT, stateOf(lab.page, CONTACT), { ...origin(STRANGER, 0), content: empty }),
      section(STRANGER, 1, { ...markWrite(lab, OWN_EARLIER), content: empty }),
      section(STRANGER, 1, { ...markWrite(lab, OWN), content: empty }),
      // Not empty, or more than that.
      section(STRANGER, 1, { ...origin(STRANGER, 0), content: mark }),
      section(STRANGER, 1, { ...origin(STRANGER, 0), content: content.binary(new Uint8Array(0)) }),
      section(STRANGER, 1, { ...origin(STRANGER, 0), content: content.binary(Uint8Array.of(0, 0)) }),
      section(STRANGER, 1, { ...origin(STRANGER, 0), content: content.deleted(1) }),
      // In front of it, or beside it.
      section(STRANGER, 1, { parent: "marks", key, content: empty }),
      section(STRANGER, 1, { rightOrigin: { client: STRANGER, clock: 0 }, content: empty }),
      // The deletion alone, and that of another mark along with it.
      encodeRaw({ sections: [], deletions: [{ client: STRANGER, ranges: [{ clock: 0, length: 1 }] }] }),
      encodeRaw({
        sections: [{ client: STRANGER, clock: 1, structs: [{ ...origin(STRANGER, 0), content: empty }] }],
        deletions: [{ client: OWN, ranges: [{ clock: markWrite(lab, OWN).origin.clock, length: 1 }] }],
      }),
    ].map((update) => lab.page.admit(update).kind);
    expect(new Set(refused.filter((kind) => kind !== "known"))).toEqual(REFUSED);
    expect(lab.page.board.board.items().length).toBe(seen);
    expect(lab.page.admit(section(STRANGER, 1, { ...origin(STRANGER, 0), content: empty })).kind).toBe(
      "ready",
    );
    expect(lab.page.board.board.items().length).toBe(seen + 1);
    expect(lab.page.admit(section(STRANGER, 2, { ...origin(STRANGER, 1), content: empty })).kind).toBe(
      "refused",
    );
    expectAlive(lab);
  });

  test("is not in one update twice", () => {
    expect(
      verdicts((lab) => [
        section(
          STRANGER,
          0,
          { parent: "marks", key: markKey(STRANGER, 0), content: erasing(lab).mark },
          { ...origin(STRANGER, 0), content: empty },
          { ...origin(STRANGER, 1), content: empty },
        ),
        section(STRANGER, 0, { parent: "marks", key: markKey(STRANGER, 0), content: content.deleted(2) }),
      ]),
    ).toEqual(REFUSED);
  });

  test("hides what is hidden all the time, in whatever order and pieces its fold comes", () => {
    const lab = createLab();
    const { mark, id } = erasing(lab);
    const isSeen = (): boolean => lab.page.board.board.item(`${id.client}.${id.clock}`) !== undefined;
    const first = { parent: "marks", key: markKey(STRANGER, 0), content: mark };
    const fold = { parent: "marks", key: markKey(STRANGER, 1), content: mark };
    const writes = [
      section(STRANGER, 0, first),
      section(STRANGER, 1, fold),
      section(STRANGER, 2, { ...origin(STRANGER, 0), content: empty }),
    ];
    expect(isSeen()).toBe(true);
    expect(lab.page.admit(writes[0]!).kind).toBe("ready");
    expect(isSeen()).toBe(false);
    // The emptying comes before the fold.
    expect(lab.page.admit(writes[2]!).kind).toBe("waiting");
    expect(isSeen()).toBe(false);
    expect(lab.page.admit(writes[1]!).kind).toBe("ready");
    expect(isSeen()).toBe(false);
    expect(lab.page.admit(writes[2]!).kind).toBe("ready");
    expect(isSeen()).toBe(false);
    // Who has nothing of it yet gets the first value as deleted.
    const third = createDevice(3000);
    for (const verdict of bring(lab.page, third, 1)) expect(["ready", "known"]).toContain(verdict.kind);
    expect(third.board.board.items().length).toBe(lab.page.board.board.items().length);
    expectAlive(lab);
  });
});

/** The latest write of a mark by a session, as an origin. */
function markWrite({ page }: Lab, client: number): { origin: { client: number; clock: number } } {
  const { _map } = page.doc.getMap("marks");
  const [, item] = [..._map].find(
    ([key]) => key.startsWith(`${client.toString(36)}.`) && !key.endsWith(".u"),
  )!;
  return { origin: { client, clock: item.id.clock } };
}

test("a large mark is taken alone, as a version before 0.4.0 wrote it", () => {
  const lab = createLab();
  const value = content.binary(new Uint8Array(110_000).fill(99));
  const write = { parent: "marks", key: markKey(STRANGER, 0), content: value };
  const two = section(STRANGER, 0, write, { ...write, key: markKey(STRANGER, 1) });
  expect(lab.page.admit(two).kind).toBe("refused");
  expect(lab.page.admit(section(STRANGER, 0, write, stroke())).kind).toBe("refused");
  const huge = { ...write, content: content.binary(new Uint8Array(130_000)) };
  expect(lab.page.admit(section(STRANGER, 0, huge)).kind).toBe("refused");
  expect(lab.page.admit(section(STRANGER, 0, write)).kind).toBe("ready");
  expectAlive(lab);
});
