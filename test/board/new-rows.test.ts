import { describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { causalChunks } from "../../src/board/document/chunks.ts";
import type { Board } from "../../src/board/document/board.ts";
import { rootsOf } from "../../src/board/document/document.ts";
import type * as Schema from "../../src/board/document/schema.ts";
import { writeOf } from "../../src/board/document/item-id.ts";
import { unsyncedWrites } from "../../src/board/writing/rescue.ts";
import { expectAlive } from "./guard/expect-alive.ts";
import {
  bring,
  CONTACT,
  createDevice,
  createLab,
  draw,
  itemKey,
  OWN,
  setAttributes,
  STRANGER,
} from "./guard/lab.ts";
import type { Device } from "./guard/lab.ts";
import { content, encodeRaw, section } from "./guard/raw-update.ts";
import type { RawStruct } from "./guard/raw-update.ts";
import { attribute, GREEN, newOf } from "./new-rows.ts";

/*
 * The schema with rows that no board has yet, and nothing else changed: what is written of a new field
 * passes the guard as its row says, is read, taken back, rescued and sent after what it is about.
 */
vi.mock("../../src/board/document/schema.ts", async (original) => {
  const { withNewRows } = await import("./new-rows.ts");
  return withNewRows(await original<typeof Schema>());
});

const filled = { color: undefined, fill: 0x00ff00 };

const item = (): RawStruct => ({ parent: "items", content: content.text() });
const sessionKey = (client: number, n: number): string => `s${client.toString(36)}.${n.toString(36)}.s`;

function fillOf(board: Board): unknown {
  return newOf(board.items().at(-1)!).fill;
}

describe("a new field of an item", () => {
  test("is written, read, taken back and done again", () => {
    const device = createDevice(OWN);
    const { board } = device.board;
    draw(device, 0);
    const ids = board.items().map(({ id }) => id);
    expect(fillOf(board)).toBeUndefined();
    expect(board.changeItems(ids, filled)).toBe(true);
    expect(fillOf(board)).toBe(0x00ff00);
    expect(board.changeItems(ids, filled)).toBe(false);
    board.history.undo();
    expect(fillOf(board)).toBeUndefined();
    board.history.redo();
    expect(fillOf(board)).toBe(0x00ff00);
  });

  test("passes the guard of a contact, after the item that it is about", () => {
    const lab = createLab();
    const { board } = lab.contact.board;
    draw(lab.page, 0);
    bring(lab.page, lab.contact);
    const ids = board.items().map(({ id }) => id);
    board.changeItems(ids, filled);
    expect(bring(lab.contact, lab.page).map(({ kind }) => kind)).not.toContain("refused");
    expect(fillOf(lab.page.board.board)).toBe(0x00ff00);
    // Far in the future, of this page and longer than an attribute is.
    const key = (client: number, clock: number): string => itemKey({ client, clock }, "f");
    expect(lab.page.admit(section(STRANGER, 0, attribute(key(CONTACT, 5000), GREEN))).kind).toBe("waiting");
    expect(lab.page.admit(section(STRANGER, 0, attribute(key(OWN, 5000), GREEN))).kind).toBe("refused");
    expect(lab.page.admit(section(STRANGER, 0, attribute(key(OWN, 0), new Uint8Array(129)))).kind).toBe(
      "refused",
    );
    expectAlive(lab);
  });

  test("is sent after the item, and saved where its session is lost", () => {
    const device = createDevice(OWN);
    draw(device, 0);
    const [drawn] = device.board.board.items();
    setAttributes(device, { [itemKey(writeOf(drawn!.id), "f")]: GREEN });
    const other = createDevice(STRANGER);
    for (const chunk of causalChunks(device.doc, new Map(), true, 1)) {
      expect(other.admit(chunk).kind).toBe("ready");
    }
    expect(fillOf(other.board.board)).toBe(0x00ff00);
    const rescued = createDevice(STRANGER + 1);
    rescued.board.replay(unsyncedWrites(device.doc, OWN, 0));
    expect(fillOf(rescued.board.board)).toBe(0x00ff00);
  });
});

describe("a field that is its maker's and written once", () => {
  const key = (client: number, clock = 0): string => itemKey({ client, clock }, "p");
  const admit = (device: Device, client: number, clock: number, ...structs: RawStruct[]): string =>
    device.admit(section(client, clock, ...structs)).kind;

  test("is written by the session that made the item, after it", () => {
    const lab = createLab();
    expect(admit(lab.page, STRANGER, 0, attribute(key(STRANGER), GREEN), item())).toBe("refused");
    expect(admit(lab.page, STRANGER, 0, item(), attribute(key(STRANGER), new Uint8Array(41)))).toBe(
      "refused",
    );
    expect(admit(lab.page, STRANGER, 0, item(), attribute(key(CONTACT), GREEN))).toBe("refused");
    expect(admit(lab.page, STRANGER, 0, item(), attribute(key(STRANGER), GREEN))).toBe("ready");
    // Of something that is no item.
    expect(admit(lab.page, STRANGER, 2, attribute(key(STRANGER, 1), GREEN))).toBe("refused");
    expectAlive(lab);
  });

  test("is never replaced and never deleted", () => {
    const lab = createLab();
    admit(lab.page, STRANGER, 0, item(), attribute(key(STRANGER), GREEN));
    const after = { client: STRANGER, clock: 1 };
    expect(admit(lab.page, STRANGER, 2, attribute(key(STRANGER), GREEN, after))).toBe("refused");
    expect(admit(lab.page, STRANGER, 2, attribute(key(STRANGER), GREEN))).toBe("refused");
    const sections = [{ client: STRANGER, clock: 2, structs: [item()] }];
    const deletions = [{ client: STRANGER, ranges: [{ clock: 1, length: 1 }] }];
    expect(lab.page.admit(encodeRaw({ sections, deletions })).kind).toBe("refused");
    expect(rootsOf(lab.page.doc).attrs.get(key(STRANGER))).toEqual(GREEN);
    expectAlive(lab);
  });

  test("of a session needs nothing that was there before", () => {
    const lab = createLab();
    const record = (client: number, n: number): RawStruct => attribute(sessionKey(client, n), GREEN);
    expect(admit(lab.page, STRANGER, 0, record(CONTACT, 0))).toBe("refused");
    expect(admit(lab.page, STRANGER, 0, record(STRANGER, 0), record(STRANGER, 1))).toBe("ready");
    expect(admit(lab.page, STRANGER, 2, record(STRANGER, 0))).toBe("refused");
    expect([...rootsOf(lab.page.doc).attrs.keys()]).toContain(sessionKey(STRANGER, 1));
    const copy = createDevice(9, Y.encodeStateAsUpdate(lab.page.doc));
    expect(copy.troubles).toEqual([]);
    expect(copy.board.board.background()).toBe(lab.page.board.board.background());
    expectAlive(lab);
  });

  test("is not saved in the name of a session that is lost", () => {
    const device = createDevice(OWN);
    setAttributes(device, { [sessionKey(OWN, 0)]: GREEN, "p.b": Uint8Array.of(2) });
    const rescued = createDevice(STRANGER);
    rescued.board.replay(unsyncedWrites(device.doc, OWN, 0));
    expect([...rootsOf(rescued.doc).attrs.keys()]).toEqual(["p.b"]);
  });
});
