import { describe, expect, test } from "vitest";
import { createDocument } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import { createBoardFile } from "../../src/session/board-file.ts";
import { blockJpeg } from "../base/block-jpeg.ts";
import { createHandTime } from "../support/hand-time.ts";
import { pictureOf } from "../support/pictures.ts";
import { useApp } from "./fixture.ts";

/*
 * Files that are not what a person thinks they are: what comes of them, and what is said.
 */
const { open, page, idle, inked, inkedPlaces } = useApp();

const notice = (): Promise<string> => page.locator('.notice[data-kind="transfer"]').innerText();

async function choose(name: string, content: string | Uint8Array): Promise<void> {
  await page.keyboard.press("Control+s");
  const files = [{ name, mimeType: "", buffer: Buffer.from(content) }];
  await page.locator("#import-here input").setInputFiles(files);
}

/** A picture in the inks of a printer: nothing but black. */
const FOUR_INKS = blockJpeg({ blocks: [[[255, 255, 255, 0]]] });

/** A board with nothing but this picture, of 200 x 200. */
function boardWith(bytes: Uint8Array): Uint8Array {
  const doc = createDocument();
  doc.clientID = 7;
  const { board, flush } = createBoard({
    doc,
    time: createHandTime(),
    isPresent: () => true,
    onError(error) {
      throw error;
    },
  });
  board.addPicture(pictureOf(bytes, { width: 8, height: 8 }), { minX: 0, minY: 0, maxX: 200, maxY: 200 });
  flush();
  const file = createBoardFile();
  Array.from(file.page("", doc));
  file.blob(bytes);
  return file.end()!;
}

describe("a picture in the inks of a printer", () => {
  test("is left out of a drawing that comes, and named", async () => {
    await open();
    const elements = [
      { type: "rectangle", x: 0, y: 0, width: 100, height: 60 },
      { type: "image", x: 0, y: 100, width: 80, height: 80, fileId: "a" },
    ];
    const dataURL = `data:image/jpeg;base64,${Buffer.from(FOUR_INKS).toString("base64")}`;
    const files = { a: { mimeType: "image/jpeg", dataURL } };
    await choose("p.excalidraw", JSON.stringify({ type: "excalidraw", elements, files }));
    await expect.poll(notice).toMatch(/^1 thing selected. Left out: pictures./u);
  });

  test("stays on a board that has it already", async () => {
    await open();
    await choose("old.inkmesh", boardWith(FOUR_INKS));
    await expect.poll(notice).toMatch(/^1 thing selected(?!\.)/u);
    await page.keyboard.press("Escape");
    await idle();
    expect(await inkedPlaces([195, 422], [130, 360], [260, 480])).toBe(3);
    expect(await inked()).toBeGreaterThan(30_000);
  });
});
