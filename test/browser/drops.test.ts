import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CDPSession, Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useKeptMeeting } from "./kept-meeting.ts";
import { quartersPng } from "./flat-png.ts";
import type { Color, Place } from "./picture.ts";

/*
 * What is dragged onto the page, as a system does it: through the browser, which would open a file or a link
 * in place of the app.
 */

const ONLY_PICTURES = "Only PNG, JPEG and WebP pictures of up to 16 megapixels can be put on the board.";

const { simulator, alice, bob, bobs } = useKeptMeeting();

const notice = (frame: Frame): Promise<string> => frame.locator('.notice[data-kind="canvas"]').innerText();

const GREEN: Color = [20, 160, 40];
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dropped-"));
  await writeFile(join(folder, "picture.png"), "no picture");
  await writeFile(join(folder, "green.png"), quartersPng(60, 40, [GREEN]));
  await writeFile(join(folder, "page.html"), "<h1>Elsewhere</h1>");
});
afterAll(() => rm(folder, { recursive: true }));

interface Dragged {
  readonly files?: readonly string[];
  readonly texts?: Readonly<Record<string, string>>;
}

/** Drags it from outside over Bob's screen and drops it at a place. */
async function drop(place: Place, { files = [], texts = {} }: Dragged): Promise<void> {
  const session: CDPSession = await simulator.page.context().newCDPSession(simulator.page);
  const { x, y } = (await bob.screen.boundingBox())!;
  const data = {
    items: Object.entries(texts).map(([mimeType, text]) => ({ mimeType, data: text })),
    files: files.map((name) => join(folder, name)),
    dragOperationsMask: 1,
  };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: x + place[0], y: y + place[1], data });
  }
  await session.detach();
}

describe("what is dropped on the page", () => {
  it("is never opened in its place: of files that are no pictures it says so, wherever they fall", async () => {
    const frame = await bob.frame();
    const address = frame.url();
    await bobs.press("t");
    await bobs.tap([120, 300]);
    const field = frame.locator("#text-field");
    await field.waitFor();
    const bar = (await frame.locator("#bar").boundingBox())!;
    const screen = (await bob.screen.boundingBox())!;
    for (const [place, name, words] of [
      [[200, 200], "page.html", ONLY_PICTURES],
      [[200, 220], "picture.png", ONLY_PICTURES],
      [[122, 305], "page.html", ONLY_PICTURES],
      [[bar.x + 40 - screen.x, bar.y + 10 - screen.y], "picture.png", ONLY_PICTURES],
    ] as const) {
      await drop(place, { files: [name] });
      await expect.poll(() => notice(frame), { message: `${place.join()} ${name}` }).toBe(words);
      expect(frame.url()).toBe(address);
    }
    await simulator.page.keyboard.press("Escape");
    expect((await simulator.samePixels(alice, bob)).inked).toBe(0);
  });

  it("is a picture where it fell, if the file is one, and several lie beside each other", async () => {
    const frame = await bob.frame();
    await drop([100, 300], { files: ["green.png"] });
    const status = frame.locator("#canvas-overlay [role=status]");
    await expect.poll(() => status.innerText()).toContain("Picture");
    await expect.poll(() => bob.colors([[100, 300]])).toEqual([GREEN]);
    const places: readonly Place[] = [
      [75, 285],
      [125, 315],
      [65, 300],
      [100, 275],
    ];
    expect(await bob.inkedPlaces(places)).toBe(2);
    await drop([200, 450], { files: ["green.png", "page.html", "green.png"] });
    await expect.poll(() => status.innerText()).toContain("3 of 3");
    expect(await bob.colors([[240, 480]])).toEqual([GREEN]);
    await bobs.press("Control+z", "Control+z", "Control+z");
    await expect.poll(() => bob.picture().then(({ inked }) => inked)).toBe(0);
  });

  it("becomes a text where it fell, if it is words, and can be taken back", async () => {
    const frame = await bob.frame();
    await drop([240, 420], { texts: { "text/plain": "HHHH" } });
    await frame.locator("#selection-menu").waitFor();
    await expect.poll(() => alice.inkedPlaces([[240, 420]])).toBe(1);
    const box = (await frame.locator(".selection-outline").boundingBox())!;
    const screen = (await bob.screen.boundingBox())!;
    expect(Math.abs(box.x + box.width / 2 - screen.x - 240)).toBeLessThan(2);
    expect(Math.abs(box.y + box.height / 2 - screen.y - 420)).toBeLessThan(2);
    await bobs.press("Control+z");
    expect((await simulator.samePixels(alice, bob)).inked).toBe(0);
  });

  it("is the address of a link, and the items of a copy", async () => {
    const frame = await bob.frame();
    const address = frame.url();
    const link = "https://example.org/";
    await drop([160, 200], { texts: { "text/uri-list": link, "text/plain": link } });
    await frame.locator("#selection-menu").waitFor();
    expect(frame.url()).toBe(address);
    const items = await frame.evaluate(() => {
      const clipboardData = new DataTransfer();
      document.body.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true }));
      return clipboardData.getData("application/x-inkmesh");
    });
    const one = await bob.picture();
    await drop([160, 460], { texts: { "text/plain": items } });
    await expect.poll(async () => (await bob.picture()).inked).toBeGreaterThan(one.inked * 1.8);
    await simulator.samePixels(alice, bob);
  });

  it("goes into a field where it is words and falls on one", async () => {
    const frame = await bob.frame();
    await bobs.press("t");
    await bobs.tap([120, 300]);
    const field = frame.locator("#text-field");
    await field.waitFor();
    const box = (await field.boundingBox())!;
    const screen = (await bob.screen.boundingBox())!;
    const place: Place = [box.x + box.width / 2 - screen.x, box.y + box.height / 2 - screen.y];
    await drop(place, { texts: { "text/plain": "dropped" } });
    await expect.poll(() => field.inputValue()).toBe("dropped");
  });
});

describe("what is on the page", () => {
  it("cannot be dragged out of it, neither a picture nor a link", async () => {
    const frame = await bob.frame();
    const started = await frame.evaluateHandle(() => {
      const seen: boolean[] = [];
      const box = document.body.appendChild(document.createElement("div"));
      box.style.cssText = "position:fixed;inset:200px auto auto 40px;display:flex;gap:20px;z-index:9";
      const link = box.appendChild(document.createElement("a"));
      link.href = "https://example.org/";
      link.textContent = "A link";
      const image = box.appendChild(document.createElement("img"));
      image.src = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='60' height='60'/>";
      window.addEventListener("dragstart", (event) => seen.push(event.defaultPrevented));
      return seen;
    });
    for (const tag of ["a", "img"]) {
      const { x, y, width, height } = (await frame.locator(`body > div > ${tag}`).boundingBox())!;
      await simulator.page.mouse.move(x + width / 2, y + height / 2);
      await simulator.page.mouse.down();
      await simulator.page.mouse.move(x + width / 2 + 60, y + 120, { steps: 5 });
      await simulator.page.mouse.up();
    }
    expect(await started.jsonValue()).toEqual([true, true]);
  });
});
