import type { Browser, Frame, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import type { Hands } from "./hands.ts";
import { allSee, endMeeting, meet } from "./meeting.ts";
import type { Place } from "./picture.ts";
import type { SimulatedPhone, SimulatorPage } from "./simulator.ts";

let browser: Browser;
let simulator: SimulatorPage;
let alice: SimulatedPhone;
let bob: SimulatedPhone;
let bobs: Hands;
let alices: Hands;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  ({ simulator, alice, bob, alices, bobs } = await meet(browser));
});

afterEach(() => endMeeting(simulator));

const bothSee = (inked: readonly Place[], blank?: readonly Place[]): Promise<void> =>
  allSee([alice, bob], inked, blank);

/** The corners of a box, and the middle of its left side, where Bob's rectangle has ink. */
const boxOf = (left: number, top: number, width: number, height: number): Place[] => [
  [left, top],
  [left + width, top],
  [left, top + height],
  [left + width, top + height],
  [left, top + height / 2],
];
const BOX = boxOf(80, 240, 80, 60);

/** Bob has drawn a rectangle and has the selecting tool in the hand. */
async function boxDrawn(): Promise<void> {
  await bobs.press("r");
  await bobs.drag([80, 240], [160, 300]);
  await bothSee(BOX);
  await bobs.press("v");
}

async function boxSelected(): Promise<Frame> {
  await boxDrawn();
  await bobs.tap([80, 270]);
  const frame = await bob.frame();
  await frame.locator("#selection-menu").waitFor();
  return frame;
}

const menuOf = (frame: Frame, command: string): Locator =>
  frame.locator(`#selection-menu [data-command="${command}"]`);
const handleOf = async (name: string): Promise<Place> => {
  const handle = (await bob.frame()).locator(`[data-handle="${name}"]`);
  const box = (await handle.boundingBox())!;
  const screen = (await bob.screen.boundingBox())!;
  return [box.x + box.width / 2 - screen.x, box.y + box.height / 2 - screen.y];
};

describe("what is selected", () => {
  it("moves with the pointer, which the other sees before it ends; one step", async () => {
    await boxSelected();
    const moved = boxOf(100, 340, 80, 60);
    await bobs.start([120, 270], [140, 370]);
    await expect.poll(() => alice.inkedPlaces(moved)).toBe(moved.length);
    expect(await alice.inkedPlaces(BOX.slice(0, 2))).toBe(0);
    await bobs.lift();
    await bothSee(moved);
    await simulator.samePixels(alice, bob);
    await bobs.press("Control+z");
    await bothSee(BOX);
    await bobs.press("Control+y");
    await bothSee(moved);
    await simulator.samePixels(alice, bob);
  });

  it("gets larger at a corner and narrower at a side, and turns", async () => {
    await boxSelected();
    const [x, y] = await handleOf("se");
    await bobs.drag([x, y], [x + 80, y + 60]);
    await bothSee(boxOf(80, 240, 160, 120));
    const [right, middle] = await handleOf("e");
    await bobs.drag([right, middle], [right - 80, middle]);
    await bothSee(boxOf(80, 240, 80, 120));
    const turn = await handleOf("rotate");
    await bobs.drag(turn, [turn[0] + 200, 300], [turn[0] + 200, 300]);
    // On its side: as wide as it was high.
    await bothSee([
      [60, 300],
      [180, 300],
      [120, 260],
      [120, 340],
    ]);
    expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(100);
  });

  it("is chosen with a lasso, or with a frame, or all at once", async () => {
    await boxDrawn();
    await bobs.press("l");
    await bobs.drag([200, 240], [280, 300]);
    await bobs.press("v");
    const frame = await bob.frame();
    const selected = (): Promise<string> => frame.locator("#paper-overlay [role=status]").innerText();
    await bobs.drag([60, 220], [180, 220], [180, 320], [60, 320], [60, 220]);
    expect(await selected()).toBe("1 thing selected");
    await bobs.press("Escape");
    expect(await selected()).toBe("");
    await bobs.press("Control+a");
    expect(await selected()).toBe("2 things selected");
    await bobs.tap([20, 500]);
    expect(await selected()).toBe("");
    await bobs.press("c");
    await frame.getByRole("radio", { name: "Frame" }).check();
    await bobs.press("Escape");
    await bobs.drag([60, 220], [300, 320]);
    expect(await selected()).toBe("2 things selected");
  });

  it("is duplicated, recoloured, brought forward and deleted by the menu beside it", async () => {
    const frame = await boxSelected();
    await menuOf(frame, "duplicate").click();
    await bothSee([...BOX, ...boxOf(96, 256, 80, 60)]);
    await menuOf(frame, "colors").click();
    const red = frame.locator("#selection-menu").getByRole("button", { name: "Red" });
    const dot = red.locator("span");
    expect(await dot.evaluate((each) => each.getBoundingClientRect().width)).toBeGreaterThan(20);
    expect(await dot.evaluate((each) => getComputedStyle(each).backgroundColor)).not.toBe("rgba(0, 0, 0, 0)");
    await red.click();
    await menuOf(frame, "backward").click();
    const { hash } = await simulator.samePixels(alice, bob);
    await menuOf(frame, "forward").click();
    await expect.poll(async () => (await alice.picture()).hash).not.toBe(hash);
    await simulator.samePixels(alice, bob);
    await menuOf(frame, "delete").click();
    await bothSee(BOX, [[176, 316]]);
    await frame.locator("#selection-menu").waitFor({ state: "hidden" });
    for (let step = 0; step < 5; step++) await bobs.press("Control+z");
    await bothSee(BOX, [[176, 316]]);
  });

  it("has handles that a finger can hit, and a menu within the screen", async () => {
    const frame = await boxSelected();
    const handles = await frame.locator(".selection-handle:visible").all();
    expect(handles).toHaveLength(9);
    for (const handle of handles) {
      const { width, height } = (await handle.boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    }
    const menu = (await frame.locator("#selection-menu").boundingBox())!;
    const screen = (await bob.screen.boundingBox())!;
    expect(menu.x).toBeGreaterThanOrEqual(screen.x);
    expect(menu.x + menu.width).toBeLessThanOrEqual(screen.x + screen.width);
  });

  it("goes to another layer, which can then be hidden", async () => {
    const frame = await boxSelected();
    await bobs.press("g");
    await frame.getByRole("button", { name: "Add a layer" }).click();
    await bobs.press("Escape");
    await menuOf(frame, "layers").click();
    await frame.locator(".selection-layer").first().click();
    await bobs.press("g");
    await frame.getByRole("button", { name: "Hide Layer 2" }).click();
    expect((await simulator.samePixels(alice, bob)).inked).toBe(0);
  });
});

describe("at the same time", () => {
  it("what one deletes while the other moves it stays deleted, whole", async () => {
    await boxSelected();
    await bobs.start([120, 270], [140, 370]);
    await expect.poll(() => alice.inkedPlaces([[100, 340]])).toBe(1);
    await simulator.boardsEqual();
    await (
      await alice.frame()
    ).evaluate(() => {
      const press = (key: string, ctrlKey = false): void =>
        void document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true }),
        );
      press("v");
      press("a", true);
      press("Delete");
    });
    await expect.poll(async () => (await alice.picture()).inked).toBe(0);
    await bobs.lift();
    const picture = await simulator.samePixels(alice, bob);
    expect(picture.inked).toBe(0);
    await (await bob.frame()).locator("#selection-menu").waitFor({ state: "hidden" });
  });

  it("what both move is in one place, the same on both", async () => {
    await boxSelected();
    await alices.press("v");
    await bob.setOffline(true);
    await bobs.drag([120, 270], [120, 370]);
    await alices.tap([80, 270]);
    await alices.drag([120, 270], [200, 270]);
    await bob.setOffline(false);
    await simulator.samePixels(alice, bob);
    const places = [boxOf(80, 340, 80, 60), boxOf(160, 240, 80, 60)];
    const seen = await Promise.all(places.map((each) => bob.inkedPlaces(each)));
    expect(seen.filter((count) => count === 5)).toHaveLength(1);
    expect(await bob.inkedPlaces(BOX.slice(0, 1))).toBe(0);
  });
});

describe("with keys alone", () => {
  it("one selects, moves, resizes and deletes", async () => {
    await boxDrawn();
    await bobs.press("p", "PageDown");
    const frame = await bob.frame();
    await frame.locator("#selection-menu").waitFor();
    await bobs.press("ArrowRight", "ArrowRight", "ArrowDown");
    await bothSee(boxOf(96, 248, 80, 60));
    await frame.locator('[data-handle="e"]').focus();
    for (let i = 0; i < 5; i++) await simulator.page.keyboard.press("ArrowRight");
    await bothSee(boxOf(96, 248, 120, 60));
    await simulator.page.keyboard.press("Delete");
    expect((await simulator.samePixels(alice, bob)).inked).toBe(0);
  });

  it("one writes in the middle of the screen", async () => {
    await bobs.press("t", "Enter");
    await simulator.page.keyboard.type("Hello");
    await simulator.page.keyboard.press("Escape");
    await bobs.press("PageDown", "Enter");
    await simulator.page.keyboard.type(" you");
    expect(await (await bob.frame()).locator("#text-field").inputValue()).toBe("Hello you");
    await simulator.page.keyboard.press("Escape");
    expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(50);
  });
});
