import { deflateRawSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { createDocument } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import { createBoardFile } from "../../src/session/board-file.ts";
import { withChecksum } from "../fuzz/import-run.ts";
import { blockJpeg } from "../base/block-jpeg.ts";
import { createHandTime } from "../support/hand-time.ts";
import { pictureOf } from "../support/pictures.ts";
import { openApp } from "./app-in-test.ts";
import { closeClean } from "./closing.ts";
import { useApp } from "./fixture.ts";
import { readColors, type Place } from "./picture.ts";
import { lookWhenIdle, untilIdle } from "./state.ts";

/*
 * Files that are not what a person thinks they are: what comes of them, and what is said.
 */
const { open, page, idle, inked, inkedPlaces } = useApp({
  permissions: ["clipboard-read", "clipboard-write"],
});

/** Near the middle of the stage. */
const SPOTS = Array.from({ length: 64 }, (_, i): Place => [180 + 4 * (i % 8), 406 + 4 * (i >> 3)]);

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

/** Noise of 64 x 64 as its engine writes it, in a drawing of Excalidraw, and as many as told beside each other. */
const noise = (count: number): Promise<string> =>
  page.evaluate((many) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 400 });
    const context = canvas.getContext("2d")!;
    const ids = Array.from({ length: many }, (_, i) => String(i));
    let seed = 1;
    const files = ids.map((id) => {
      const image = context.createImageData(400, 400);
      for (let i = 0; i < image.data.length; i++) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        image.data[i] = i % 4 === 3 ? 255 : seed >>> 24;
      }
      context.putImageData(image, 0, 0);
      return [id, { mimeType: "image/png", dataURL: canvas.toDataURL() }];
    });
    const elements = ids.map((fileId, i) => ({
      ...{ type: "image", x: 60 * (i % 6), y: 60 * Math.floor(i / 6), width: 50, height: 50, fileId },
    }));
    return JSON.stringify({ type: "excalidraw", elements, files: Object.fromEntries(files) as unknown });
  }, count);

describe("a text of pictures that are selected", () => {
  const copySelected = async (): Promise<string> => {
    await page.keyboard.press("Control+s");
    await page.locator("#export-format").selectOption("inkmesh");
    await page.locator("#export-area").selectOption("selection");
    await page.locator("#export-copy").click();
    await expect.poll(notice, { timeout: 10_000 }).toContain("Copied");
    return page.evaluate(() => navigator.clipboard.readText());
  };

  test("has their bytes, and so they are seen on another person's board", async () => {
    await open();
    await choose("one.excalidraw", await noise(1));
    await expect.poll(notice).toMatch(/^1 thing selected/u);
    const text = await copySelected();
    expect(await notice()).toBe("Copied");
    const other = await openApp({});
    onTestFinished(() => closeClean(other.app));
    await other.page.evaluate((given) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", given);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }, text);
    const said = other.page.locator('.notice[data-kind="transfer"]');
    await expect.poll(() => said.innerText()).toMatch(/^1 thing selected(?!\.)/u);
    await other.page.keyboard.press("Escape");
    const colors = async (): Promise<number> => {
      await untilIdle(other.page);
      return new Set((await lookWhenIdle(other.page, readColors, SPOTS)).map(String)).size;
    };
    // A thumbnail, or a place without a picture, has hardly any.
    await expect.poll(colors).toBeGreaterThan(20);
  });

  test("says that it goes without where they are too large for it", async () => {
    await open();
    await choose("many.excalidraw", await noise(20));
    await expect.poll(notice, { timeout: 20_000 }).toMatch(/^20 things selected/u);
    expect(await copySelected()).toMatch(/^inkmesh:1:/u);
    expect(await notice()).toBe("Copied · Left out: pictures.");
  });
});

const drawing = (elements: string): string => `{"type": "excalidraw", "elements": ${elements}}`;
const FLAT = deflateRawSync(new Uint8Array(80_000_000));
const BOMB = withChecksum(Buffer.concat([Buffer.from("inkmesh1"), FLAT, Buffer.alloc(8)]));
/** An odd file as a name, what is in it, and what is said. */
const ODD: readonly (readonly [string, string | Uint8Array, string])[] = [
  ["nothing.inkmesh", "", "This is no file of Inkmesh or Excalidraw."],
  ["sum.inkmesh", boardWith(FOUR_INKS).fill(0, -8), "The copy is damaged."],
  ["end.inkmesh", boardWith(FOUR_INKS).subarray(0, -40), "The copy is damaged."],
  ["bomb.inkmesh", BOMB, "The copy is damaged."],
  ["later.inkmesh", "inkmesh:3:AAAA", "Copied in a newer Inkmesh. Update yours to paste it."],
  ["numbers.excalidraw", drawing('[{"type": "ellipse", "x": NaN}]'), "The copy is damaged."],
  ["deep.excalidraw", drawing(`${"[".repeat(200_000)}${"]".repeat(200_000)}`), "The copy is damaged."],
  ["list.excalidraw", drawing('{"length": 7}'), "The copy is damaged."],
  [
    "name.excalidraw",
    drawing('[{"type": "image", "width": 9, "height": 9, "fileId": {"toString": 1}}]'),
    "There is nothing to paste. Left out: pictures.",
  ],
  [
    "many.excalidraw",
    drawing(`[${Array.from({ length: 100_000 }, () => '{"type": "ellipse"}').join()}]`),
    "That is too much to paste at once.",
  ],
  [
    "many.excalidrawlib",
    `{"type": "excalidrawlib", "library": [[${Array.from({ length: 200_000 }, () => "{}").join()}]]}`,
    "That is too much to paste at once.",
  ],
];

test.each(ODD)("%s changes nothing, and it is said why", async (name, content, words) => {
  await open();
  const before = await page.evaluate(() => document.documentElement.dataset["board"]);
  await choose(name, content);
  await expect.poll(notice, { timeout: 10_000 }).toBe(words);
  expect(await page.evaluate(() => document.documentElement.dataset["board"])).toBe(before);
});

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
