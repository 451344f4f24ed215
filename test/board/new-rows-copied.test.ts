import * as encoding from "lib0/encoding";
import { describe, expect, test, vi } from "vitest";
import { decodeBase64, encodeBase64 } from "../../src/base/bytes.ts";
import { translation } from "../../src/base/matrix.ts";
import type { Board, CopiedItem, ItemId } from "../../src/board/document/board.ts";
import { ITEM_FIELDS } from "../../src/board/document/schema.ts";
import type * as Schema from "../../src/board/document/schema.ts";
import { createPointEncoder } from "../../src/ink/codec.ts";
import { encodeHeader } from "../../src/ink/header.ts";
import { clipboardText, readClipboard } from "../../src/tools/clipboard.ts";
import type { ClipboardProblem } from "../../src/tools/clipboard.ts";
import { createHitTest } from "../../src/tools/hit.ts";
import { createSelection } from "../../src/tools/selection.ts";
import { sizeOf } from "../tools/support/fake-board.ts";
import { indexOf } from "../tools/support/hits.ts";
import { expectAlive } from "./guard/expect-alive.ts";
import {
  bring,
  CONTACT,
  createDevice,
  createLab,
  draw,
  HEADER,
  itemKey,
  OWN,
  STRANGER,
} from "./guard/lab.ts";
import type { Device } from "./guard/lab.ts";
import { content, section } from "./guard/raw-update.ts";
import { attribute, GREEN, newOf } from "./new-rows.ts";

/*
 * The schema with rows that no board has yet, and nothing else changed: a new field goes along with a copy,
 * through the clipboard and as a duplicate, where its row says so.
 */
vi.mock("../../src/board/document/schema.ts", async (original) => {
  const { withNewRows } = await import("./new-rows.ts");
  return withNewRows(await original<typeof Schema>());
});

const INK = createPointEncoder(HEADER).encode([{ x: 1, y: 2, pressure: 0.5 }]);
const filled = { color: undefined, fill: 0x00ff00 };
const onlyFill = { fill: 0x00ff00, picture: undefined, binding: undefined };

describe("a copy", () => {
  const BINDING = { beside: "1.0", offset: 1 };
  const idsOf = (board: Board): ItemId[] => board.items().map(({ id }) => id);
  const textOf = (board: Board): string => clipboardText(board.copy(idsOf(board)))!;
  const read = (text: string): readonly CopiedItem[] | ClipboardProblem =>
    readClipboard(text, { ...HEADER, tool: "text" });
  const itemsIn = (text: string): readonly CopiedItem[] => {
    const items = read(text);
    return typeof items === "string" ? [] : items;
  };

  function filledBoard(): Device {
    const device = createDevice(OWN);
    const { board } = device.board;
    draw(device, 0);
    board.addShape({ ...HEADER, tool: "ellipse" }, { x: 0, y: 0 }, { x: 30, y: 20 });
    board.addText({ ...HEADER, tool: "text" }, { x: 3, y: 4 }, undefined, "words");
    board.addText({ ...HEADER, tool: "note" }, { x: 3, y: 4 }, { width: 40, height: 30 }, "note");
    const given = { ...filled, binding: BINDING };
    expect(board.changeItems(idsOf(board), given)).toBe(true);
    for (const item of board.items()) expect(newOf(item)).toEqual({ ...onlyFill, binding: BINDING });
    return device;
  }

  test("keeps it through the clipboard, on another board, for contacts, and over undo and redo", () => {
    const from = filledBoard();
    const text = textOf(from.board.board);
    // Cut: it is gone by the time it is pasted.
    from.board.board.erase(idsOf(from.board.board));
    const lab = { page: createDevice(STRANGER), contact: createDevice(CONTACT) };
    const { board } = lab.page.board;
    board.paste(itemsIn(text), translation(5, 0));
    const expectAll = (on: Board): void =>
      expect(on.items().map(newOf)).toEqual(Array.from({ length: 4 }, () => onlyFill));
    expectAll(board);
    expect(clipboardText(itemsIn(text))).toBe(text);
    const expectTaken = (): void =>
      expect(bring(lab.page, lab.contact).map(({ kind }) => kind)).not.toContain("refused");
    expectTaken();
    expectAll(lab.contact.board.board);
    expect(board.history.undo()).toBe("done");
    expectTaken();
    expect(lab.contact.board.board.isEmpty()).toBe(true);
    expect(board.history.redo()).toBe("done");
    expectTaken();
    expectAll(lab.contact.board.board);
    expectAlive(lab);
  });

  test("that is a duplicate keeps it, also in each item of long ink and in what an eraser left", () => {
    const device = createDevice(OWN);
    const { board } = device.board;
    draw(device, 0, 4000);
    const long = idsOf(board);
    expect(long.length).toBeGreaterThan(1);
    draw(device, 0, 4);
    const cut = idsOf(board).at(-1)!;
    board.cut(new Map([[cut, [{ from: 1, to: 2 }]]]));
    board.changeItems([...long, cut], filled);
    const hits = createHitTest({ board, index: indexOf(board), sizeOf });
    const onError = (error: unknown): never => {
      throw error;
    };
    const selection = createSelection({ board, hits, onError });
    selection.set([...long, cut]);
    expect(selection.duplicate(1)).toBe(true);
    expect(selection.ids().length).toBe(long.length + 2);
    for (const id of selection.ids()) expect(newOf(board.item(id)!)).toEqual(onlyFill);
  });

  test("keeps what is written once, as the copying session's own", () => {
    const lab = createLab();
    const { board } = lab.page.board;
    lab.page.admit(
      section(
        STRANGER,
        0,
        { parent: "items", content: content.text() },
        { parent: { client: STRANGER, clock: 0 }, content: content.string(encodeHeader(HEADER) + INK) },
        attribute(itemKey({ client: STRANGER, clock: 0 }, "p"), GREEN),
      ),
    );
    const id = `${STRANGER}.0`;
    expect(newOf(board.item(id)!).picture).toBe(0x00ff00);
    const [pasted] = board.paste(board.copy([id]), translation(5, 0));
    for (const step of ["undo", "redo"] as const) expect(board.history[step]()).toBe("done");
    expect(newOf(board.item(pasted!)!).picture).toBe(0x00ff00);
    expect(bring(lab.page, lab.contact).map(({ kind }) => kind)).not.toContain("refused");
    expect(newOf(lab.contact.board.board.item(pasted!)!).picture).toBe(0x00ff00);
    expectAlive(lab);
  });

  test("of a hostile clipboard gets nothing that no copy has", () => {
    /** A stroke of one point with one value of one field. */
    const text = (key: string, value: Uint8Array): string =>
      `inkmesh:1:${encodeBase64(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, 1);
          encoding.writeVarString(encoder, encodeHeader(HEADER));
          encoding.writeUint8(encoder, 4);
          encoding.writeVarUint(encoder, 1);
          encoding.writeVarString(encoder, key);
          encoding.writeVarUint8Array(encoder, value);
          encoding.writeVarString(encoder, INK);
        }),
      )}`;
    expect(read(text("f", GREEN))).toMatchObject([{ kind: "stroke", attributes: filled }]);
    // Of a later version, or the item's place on the board that it was on.
    expect(read(text("q", GREEN))).toBe("newer");
    for (const { key } of [ITEM_FIELDS.layer, ITEM_FIELDS.stack, ITEM_FIELDS.matrix, ITEM_FIELDS.color]) {
      expect(read(text(key, GREEN))).toBe("newer");
    }
    expect(read(text("f", GREEN.subarray(1)))).toBe("broken");
    expect(read(text("f", new Uint8Array(0)))).toBe("broken");
    expect(read(text("f", new Uint8Array(129)))).toBe("broken");
    const bytes = decodeBase64(text("f", GREEN).slice("inkmesh:1:".length))!;
    for (let end = 0; end < bytes.length; end++) {
      expect(read(`inkmesh:1:${encodeBase64(bytes.subarray(0, end))}`)).toBe("broken");
    }
  });
});
