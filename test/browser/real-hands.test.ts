import { describe, expect, it } from "vitest";
import { useApp } from "./fixture.ts";
import type { Place } from "./picture.ts";

const { open, page, touch, draw, idle, inked, inkedPlaces } = useApp();

const digest = (): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset["board"]);

describe("ink", () => {
  it("of a fast hand goes into its corners", async () => {
    await open();
    const corners: Place[] = Array.from({ length: 6 }, (_, i) => [60 + 50 * i, 300 + 120 * (i % 2)]);
    await page.mouse.move(...corners[0]!);
    await page.mouse.down();
    for (const corner of corners.slice(1)) await page.mouse.move(...corner);
    await page.mouse.up();
    expect(await inkedPlaces(...corners)).toBe(corners.length);
  });

  it("of a pen that measures no pressure is as wide as named", async () => {
    await open();
    const widthOfLine = async (y: number, force: number): Promise<number> => {
      await touch.pen("down", [60, y], "left", force);
      for (let x = 70; x <= 330; x += 10) await touch.pen("move", [x, y], "left", force);
      await touch.pen("up", [330, y]);
      const column: Place[] = Array.from({ length: 31 }, (_, i) => [200, y - 15 + i]);
      return inkedPlaces(...column);
    };
    const silent = await widthOfLine(300, 0);
    expect(silent).toBeGreaterThan(1);
    expect(silent).toBe(await widthOfLine(400, 0.5));
  });

  it("ends with the button that began it", async () => {
    await open();
    await page.mouse.move(60, 300);
    await page.mouse.down();
    await page.mouse.move(150, 300, { steps: 5 });
    await page.mouse.down({ button: "right" });
    await page.mouse.up();
    const ended = await inked();
    await page.mouse.move(340, 300, { steps: 10 });
    expect(await inked()).toBe(ended);
    await page.mouse.up({ button: "right" });
    expect(await inked()).toBe(ended);
    expect(await inkedPlaces([100, 300])).toBe(1);
  });
});

describe("a wheel", () => {
  it("that still has swing when Control comes down goes on panning", async () => {
    await open();
    await draw([100, 300], [250, 300]);
    await page.mouse.move(200, 400);
    await page.mouse.wheel(0, 40);
    await page.keyboard.down("Control");
    for (let i = 0; i < 5; i++) await page.mouse.wheel(0, 40);
    await page.keyboard.up("Control");
    await idle();
    expect(await page.locator("#zoom-button").isVisible()).toBe(false);
  });
});

describe("keys", () => {
  it("delete what is selected, with Control too, and never the rest of the board", async () => {
    await open();
    await draw([60, 300], [150, 300]);
    await draw([60, 500], [150, 500]);
    await page.keyboard.press("v");
    await page.mouse.click(100, 300);
    await page.keyboard.press("Control+Backspace");
    expect(await inkedPlaces([100, 300], [100, 500])).toBe(1);
    const before = await digest();
    await page.keyboard.press("Control+Backspace");
    await page.keyboard.press("Control+Delete");
    await idle();
    expect(await digest()).toBe(before);
    expect(await inkedPlaces([100, 500])).toBe(1);
  });

  it("are the board's after the bar was used with a pointer, and the bar's after the Tab key", async () => {
    await open();
    await draw([60, 300], [150, 300]);
    await page.locator("#undo-button").click();
    await page.locator("#redo-button").click();
    await idle();
    const still = await inkedPlaces([100, 300]);
    expect(still).toBe(1);
    await page.keyboard.down("Space");
    await page.mouse.move(200, 400);
    await page.mouse.down();
    await page.mouse.move(200, 500, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up("Space");
    expect(await inkedPlaces([100, 300], [100, 400])).toBe(1);
    expect(await inkedPlaces([100, 400])).toBe(1);
    await page.locator("#undo-button").focus();
    await page.keyboard.press("Space");
    expect(await inked()).toBe(0);
  });

  it("that are held down do not open and shut a panel by turns", async () => {
    await open();
    await page.keyboard.down("s");
    for (let i = 0; i < 3; i++) await page.keyboard.down("s");
    await page.keyboard.up("s");
    expect(await page.getByRole("dialog", { name: "Settings" }).isVisible()).toBe(true);
  });
});
