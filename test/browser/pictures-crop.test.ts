import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { quartersPng } from "./flat-png.ts";
import { useKeptApp } from "./kept-app.ts";
import { readColors, type Color, type Place } from "./picture.ts";
import { lookWhenIdle } from "./state.ts";

const [RED, GREEN, BLUE, GREY]: readonly Color[] = [
  [220, 30, 30],
  [20, 160, 40],
  [30, 60, 220],
  [120, 120, 120],
];
const PAPER: Color = [253, 253, 251];

const { open, page, idle } = useKeptApp();

const crop = (): Locator => page.locator('#selection-menu [data-command="crop"]');
const handle = (): Locator => page.locator("[data-crop=nw]");
const board = (): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset["board"]);

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture of 200 x 100 with four quarters, in the middle of the view and selected; where it is. */
async function place(): Promise<Placed> {
  await open();
  await page.locator("#menu-button").click();
  await page.locator("#picture-button").click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.locator("#picture-file").click(),
  ]);
  const buffer = quartersPng(200, 100, [RED!, GREEN!, BLUE!, GREY!]);
  await chooser.setFiles([{ name: "picture.png", mimeType: "image/png", buffer }]);
  await crop().waitFor();
  await idle();
  const { x, y, width, height } = (await page.locator(".selection-outline").boundingBox())!;
  return { x: x + (width - 200) / 2, y: y + (height - 100) / 2, width: 200, height: 100 };
}

/** The colours in the middles of the quarters. */
function quarters({ x, y, width, height }: Placed): Promise<readonly Color[]> {
  const at = (across: number, down: number): Place => [x + across * width, y + down * height];
  return lookWhenIdle(page, readColors, [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)]);
}

async function dragHandle(name: string, by: Place): Promise<void> {
  const { x, y, width, height } = (await page.locator(`[data-crop="${name}"]`).boundingBox())!;
  const [fromX, fromY] = [x + width / 2, y + height / 2];
  await page.mouse.move(fromX, fromY);
  await page.mouse.down();
  await page.mouse.move(fromX + by[0] / 2, fromY + by[1] / 2);
  await page.mouse.move(fromX + by[0], fromY + by[1]);
  await page.mouse.up();
}

describe("a picture", () => {
  it("is cropped by dragging its edges, in one step that can be taken back and done again", async () => {
    const at = await place();
    expect(await quarters(at)).toEqual([RED, GREEN, BLUE, GREY]);
    await crop().click();
    expect(await crop().getAttribute("aria-pressed")).toBe("true");
    expect(await page.locator("#selection-handles").isVisible()).toBe(false);
    const before = await board();
    await dragHandle("e", [-100, 0]);
    await dragHandle("n", [0, 50]);
    expect(await board()).toBe(before);
    await crop().click();
    await expect.poll(() => quarters(at)).toEqual([PAPER, PAPER, BLUE, PAPER]);
    expect(await handle().isVisible()).toBe(false);
    await page.keyboard.press("Control+z");
    await expect.poll(() => quarters(at)).toEqual([RED, GREEN, BLUE, GREY]);
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => quarters(at)).toEqual([PAPER, PAPER, BLUE, PAPER]);
  });

  it("is all there again when it is cropped anew: nothing of it was thrown away", async () => {
    const at = await place();
    await crop().click();
    await dragHandle("se", [-100, -50]);
    await crop().click();
    await expect.poll(() => quarters(at)).toEqual([RED, PAPER, PAPER, PAPER]);
    await crop().click();
    // Further than there is anything of it.
    await dragHandle("se", [300, 300]);
    await crop().click();
    await expect.poll(() => quarters(at)).toEqual([RED, GREEN, BLUE, GREY]);
  });

  it("is as it was after Escape, and cropped when something else is done", async () => {
    const at = await place();
    const before = await board();
    await crop().click();
    await dragHandle("w", [100, 0]);
    await page.keyboard.press("Escape");
    expect(await handle().isVisible()).toBe(false);
    expect(await board()).toBe(before);
    expect(await crop().isVisible()).toBe(true);
    await crop().click();
    await dragHandle("w", [100, 0]);
    await page.mouse.click(40, 700);
    await expect.poll(() => quarters(at)).toEqual([PAPER, GREEN, PAPER, GREY]);
    expect(await crop().isVisible()).toBe(false);
    // Asked for once more by two taps, and left for another tool.
    await page.mouse.dblclick(at.x + 150, at.y + 50);
    await handle().waitFor();
    await dragHandle("s", [0, -50]);
    await page.keyboard.press("p");
    await expect.poll(() => quarters(at)).toEqual([PAPER, GREEN, PAPER, PAPER]);
  });

  it("is cropped with keys alone", async () => {
    const at = await place();
    await page.keyboard.press("Control+k");
    await handle().waitFor();
    await page.keyboard.press("Control+k");
    expect(await handle().isVisible()).toBe(false);
    await crop().focus();
    await page.keyboard.press("Enter");
    const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement!.ariaLabel);
    await expect.poll(focused).toBe("Top left");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Top");
    for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => quarters(at)).toEqual([PAPER, PAPER, BLUE, GREY]);
    expect(await handle().isVisible()).toBe(false);
  });

  it("keeps 16 pixels at least, and follows the camera meanwhile", async () => {
    const at = await place();
    await crop().click();
    await dragHandle("w", [500, 0]);
    const edge = async (name: string): Promise<number> =>
      (await page.locator(`[data-crop="${name}"]`).boundingBox())!.x;
    expect((await edge("e")) - (await edge("w"))).toBeCloseTo(16, 0);
    const before = await edge("e");
    await page.mouse.move(at.x, at.y - 100);
    await page.mouse.wheel(30, 0);
    await expect.poll(async () => Math.round((await edge("e")) - before)).toBe(-30);
    await page.keyboard.press("Escape");
  });

  it("has no colour to choose, and nothing else can be cropped", async () => {
    await place();
    const colors = page.locator('#selection-menu [data-command="colors"]');
    expect(await colors.isVisible()).toBe(false);
    await page.keyboard.press("Escape");
    await page.keyboard.press("p");
    await page.mouse.move(60, 200);
    await page.mouse.down();
    await page.mouse.move(160, 260, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.press("Control+a");
    await colors.waitFor();
    expect(await crop().isVisible()).toBe(false);
    await page.keyboard.press("PageDown");
    await expect.poll(() => page.locator("#canvas-overlay [role=status]").innerText()).toContain("Picture");
    await crop().waitFor();
    await page.keyboard.press("c");
    expect(await page.locator(".selection-drawer").isVisible()).toBe(false);
  });
});
