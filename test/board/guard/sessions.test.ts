import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { MINUTES, TEXT } from "../../../src/board/document/attributes.ts";
import { markKey, undoneKey } from "../../../src/board/document/marks.ts";
import { beginningKey, layerSlotKey } from "../../../src/board/document/session-records.ts";
import { rootsOf } from "../../../src/board/document/document.ts";
import { encodeHeader } from "../../../src/ink/header.ts";
import { CONTACT, createDevice, createLab, expectAlive, HEADER, layerKey, OWN, STRANGER } from "./lab.ts";
import type { Lab } from "./lab.ts";
import { content, deletion, section } from "./raw-update.ts";
import type { RawContent, RawStruct } from "./raw-update.ts";

const MINUTE = content.binary(MINUTES.encode(1000));
const MADE_LAYER = layerKey(STRANGER, 0, "o");

function record(key: string, value: RawContent = MINUTE): RawStruct {
  return { parent: "sessions", key, content: value };
}

function kinds(make: (lab: Lab) => readonly Uint8Array[]): string[] {
  const lab = createLab();
  const found = make(lab).map((bytes) => lab.page.guard.judge(bytes).kind);
  expectAlive(lab);
  lab.close();
  return found;
}

describe("what a session says of itself", () => {
  test("is taken from that session, once", () => {
    const layer = content.binary(TEXT.encode(`${STRANGER.toString(36)}.0`));
    const made: RawStruct = { parent: "attrs", key: MADE_LAYER, content: content.binary(new Uint8Array(8)) };
    expect(
      kinds(() => [
        section(STRANGER, 0, record(beginningKey(STRANGER, 0))),
        section(STRANGER, 0, record(beginningKey(STRANGER, 0)), record(beginningKey(STRANGER, 1))),
        section(STRANGER, 0, made, record(layerSlotKey(STRANGER, 1), layer)),
      ]),
    ).toEqual(["ready", "ready", "ready"]);
  });

  test("is refused in another's name, for a second time, without its bytes or with too many, and under other keys", () => {
    const key = beginningKey(STRANGER, 0);
    const refused = kinds(({ page }) => {
      const own = [...rootsOf(page.doc).sessions.keys()].find((each) => each.startsWith("b"))!;
      return [
        section(STRANGER, 0, record(beginningKey(OWN, 7))),
        section(STRANGER, 0, record(beginningKey(CONTACT, 7))),
        section(STRANGER, 0, record(own)),
        section(STRANGER, 0, record(layerSlotKey(CONTACT, 1), content.binary(TEXT.encode("")))),
        section(STRANGER, 0, record(key), record(key)),
        section(STRANGER, 0, record(key), {
          origin: { client: STRANGER, clock: 0 },
          content: MINUTE,
        }),
        section(STRANGER, 0, record(key, content.deleted(1))),
        section(STRANGER, 0, record(key, content.any(5))),
        section(STRANGER, 0, record(key, content.text())),
        section(STRANGER, 0, record(key, content.binary(new Uint8Array(6)))),
        section(STRANGER, 0, record(layerSlotKey(STRANGER, 1), content.binary(new Uint8Array(20)))),
        section(STRANGER, 0, record(`x${STRANGER.toString(36)}.0`)),
        section(STRANGER, 0, record(`${key}.u`)),
        section(STRANGER, 0, { parent: "sessions", content: MINUTE }),
      ];
    });
    expect(new Set(refused)).toEqual(new Set(["refused"]));
  });

  test("stands for ever: nobody deletes it", () => {
    const lab = createLab();
    const { sessions } = rootsOf(lab.page.doc);
    for (const key of sessions.keys()) {
      const { client, clock } = sessions._map.get(key)!.id;
      const bytes = deletion(client, [clock, 1]);
      expect(lab.page.guard.judge(bytes).kind).not.toBe("ready");
      lab.page.admit(bytes);
    }
    expect([...sessions.values()].every((value) => value instanceof Uint8Array)).toBe(true);
    expect(sessions.size).toBeGreaterThan(2);
    expectAlive(lab);
    lab.close();
  });

  test("names a layer that is there: what names one that is yet to come waits for it", () => {
    const named = content.binary(TEXT.encode(`${CONTACT.toString(36)}.9`));
    const verdicts = kinds(() => [
      section(STRANGER, 0, record(layerSlotKey(STRANGER, 1), named)),
      // No board ever has such a layer: whoever draws there draws on the first one.
      section(STRANGER, 0, record(layerSlotKey(STRANGER, 1), content.binary(TEXT.encode("no layer")))),
      section(STRANGER, 0, record(layerSlotKey(STRANGER, 1), content.binary(new Uint8Array(9).fill(255)))),
    ]);
    expect(verdicts).toEqual(["waiting", "ready", "ready"]);
  });

  test("harms nobody, whatever it says: the same is shown everywhere, also where it comes too late", () => {
    const lab = createLab();
    const { page } = lab;
    const text = (ink: string): RawStruct[] => [
      { parent: "items", content: content.text() },
      { parent: { client: STRANGER, clock: 0 }, content: content.string(ink) },
    ];
    const ink = `${encodeHeader(HEADER, { slot: 3, time: 2 ** 21 - 1 })}@@\u0000`;
    const own = page.board.board.addLayer("one");
    const updates = [
      // A stroke in a slot that nobody named, then its name, then a beginning that is none.
      section(STRANGER, 0, ...text(ink)),
      section(STRANGER, 1 + ink.length, record(layerSlotKey(STRANGER, 3), content.binary(TEXT.encode(own)))),
      section(
        STRANGER,
        2 + ink.length,
        record(beginningKey(STRANGER, 0), content.binary(Uint8Array.of(255, 255, 255, 255, 127))),
        record(layerSlotKey(STRANGER, 64), content.binary(TEXT.encode(own))),
      ),
    ];
    expect(updates.map((bytes) => page.admit(bytes).kind)).toEqual(["ready", "ready", "ready"]);
    const id = `${STRANGER}.0`;
    expect(page.board.board.item(id)!.layer).toBe(own);
    expect(page.board.moments.ofItem(id)).toBeUndefined();
    const again = createDevice(77, Y.encodeStateAsUpdate(page.doc));
    expect(again.board.board.item(id)!.layer).toBe(own);
    expect(again.troubles).toEqual([]);
    expectAlive(lab);
    lab.close();
  });
});

test("a mark's switch is few bytes, or a boolean as formats 1 and 2 had it", () => {
  const mark = (value: RawContent): Uint8Array =>
    section(STRANGER, 0, { parent: "marks", key: undoneKey(markKey(STRANGER, 0)), content: value });
  expect(
    kinds(() => [
      mark(content.any(true)),
      mark(content.binary(Uint8Array.of(1, 200, 1))),
      mark(content.binary(new Uint8Array(5))),
      mark(content.any(1)),
    ]),
  ).toEqual(["ready", "ready", "refused", "refused"]);
});
