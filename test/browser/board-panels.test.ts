/* What is done to a whole board from its panels, by one person and by two. */
import { describe, expect, it, onTestFinished } from "vitest";
import { clearBoard } from "./clear-board.ts";
import { closeClean } from "./closing.ts";
import { allSee, meet } from "./meeting.ts";
import type { Place } from "./picture.ts";
import { useShellApp } from "./shell-app.ts";

const { draw, inked, open, page, panel, texts } = useShellApp();

describe("clear", () => {
  it("can be taken back from its notice after further strokes, which stay", async () => {
    await open();
    await draw([100, 300], [200, 300]);
    const first = await inked();
    await clearBoard(page);
    expect(await inked()).toBe(0);
    await draw([100, 500], [200, 500]);
    const second = await inked();
    await page.locator("#notices").getByRole("button", { name: "Undo" }).click();
    expect(await inked()).toBe(first + second);
    await page.keyboard.press("Control+z");
    expect(await inked()).toBe(first);
  });
});

describe("layers", () => {
  const names = async (): Promise<string[]> => texts(".layer-name");

  it("are added, named, moved, hidden and removed, also by keyboard alone", async () => {
    await open();
    await draw([100, 300], [200, 300]);
    const first = await inked();
    await page.keyboard.press("g");
    await page.locator("#add-layer").press("Enter");
    expect(await names()).toEqual(["Layer 2", "Layer 1"]);
    expect(await page.getByRole("radio", { name: "Layer 2" }).isChecked()).toBe(true);
    await page.locator("#layer-name").fill("Sky");
    await page.locator("#layer-name").press("Enter");
    expect(await names()).toEqual(["Sky", "Layer 1"]);
    await page.keyboard.press("Escape");
    await draw([100, 500], [200, 500]);
    const both = await inked();
    expect(both).toBeGreaterThan(first);

    await page.keyboard.press("g");
    await page.getByRole("button", { name: "Hide Sky" }).press("Enter");
    expect(await inked()).toBe(first);
    await page.getByRole("button", { name: "Show Sky" }).press("Enter");
    expect(await inked()).toBe(both);
    await page.locator("#lower-layer").press("Enter");
    expect(await names()).toEqual(["Layer 2", "Sky"]);
    await page.getByRole("slider", { name: "Opacity" }).press("Home");
    expect(await texts(".layer-opacity output")).toEqual(["0 %"]);
    await page.keyboard.press("Control+z");
    expect(await texts(".layer-opacity output")).toEqual(["100 %"]);
    await page.locator("#remove-layer").press("Enter");
    expect(await names()).toEqual(["Layer 1"]);
    expect((await texts("#notices")).join()).toContain("Sky is removed");
    expect(await inked()).toBe(both);
  });
});

describe("the background", () => {
  it("is chosen from pictures of it", async () => {
    await open();
    await page.keyboard.press("b");
    await page.getByRole("radio", { name: "Grid" }).click();
    expect(await panel()).toBeUndefined();
    await page.keyboard.press("b");
    expect(await page.getByRole("radio", { name: "Grid" }).isChecked()).toBe(true);
  });
});

describe("two people", () => {
  it("hear of one another by name, share layers and background, and can follow", async () => {
    const { simulator, alice, bob } = await meet();
    onTestFinished(() => closeClean(simulator));
    const [a, b] = [await alice.frame(), await bob.frame()];

    await b.locator("#menu-button").click();
    await b.locator("#settings-button").click();
    await b.locator("#own-name").fill("Bob the builder");
    await b.locator("#own-name").press("Enter");
    await b.locator("#close-settings").click();
    await expect.poll(() => alice.says("#presence-text")).toBe("Bob the builder is here");

    const news = (): Promise<string | null> => a.locator("#news").textContent();
    await bob.draw([
      [100, 200],
      [180, 240],
    ]);
    await expect.poll(news).toBe("Bob the builder drew");
    // In the midst of what Bob drew.
    const ink = async (phone: typeof alice): Promise<number> => (await phone.colors([[140, 220]]))[0]![0];
    for (const phone of [alice, bob]) await expect.poll(() => ink(phone)).toBeLessThan(80);
    const marks: readonly Place[] = [-64, -32, 0, 32, 64].map((x) => [180 + x, 320]);
    const between: readonly Place[] = marks.map(([x, y]) => [x + 16, y]);
    await b.locator("#back-button").press("b");
    await b.getByRole("radio", { name: "Dots" }).click();
    await allSee([alice, bob], marks, between);
    await b.locator("#back-button").press("g");
    await b.getByRole("slider", { name: "Opacity" }).fill("50");
    for (const phone of [alice, bob]) {
      await expect.poll(() => ink(phone)).toBeGreaterThan(110);
      expect(await ink(phone)).toBeLessThan(180);
    }
    await b.locator("#add-layer").click();
    await b.locator("#back-button").press("Escape");
    await simulator.samePixels(alice, bob);
    await a.locator("#back-button").press("g");
    await expect.poll(() => a.locator(".layer-name").allTextContents()).toEqual(["Layer 2", "Layer 1"]);
    await a.locator("#back-button").press("b");
    expect(await a.getByRole("radio", { name: "Dots" }).isChecked()).toBe(true);
    await a.locator("#back-button").press("Escape");

    const follow = a.getByRole("button", { name: /Follow Bob the builder/u });
    await follow.click();
    expect(await follow.getAttribute("aria-pressed")).toBe("true");
    const zoom = (phone: typeof alice): Promise<string> => phone.says("#zoom-button");
    for (let i = 0; i < 4; i++) await b.locator("#back-button").press("+");
    await expect.poll(() => zoom(alice)).toMatch(/^2\d\d %$/u);
    await alice.draw([
      [60, 300],
      [90, 330],
    ]);
    expect(await follow.getAttribute("aria-pressed")).toBe("false");

    // Bob takes away what Alice drew: her undo has nothing left to do, and says so.
    await simulator.boardsEqual();
    await clearBoard(b);
    await simulator.boardsEqual();
    await expect
      .poll(() => a.locator("#notices").textContent())
      .toContain("Bob the builder cleared the board");
    await a.locator("#undo-button").click();
    expect(await a.locator("#notices").textContent()).toContain("Bob the builder has already erased");
  });
});
