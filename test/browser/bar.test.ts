import { describe, expect, it } from "vitest";
import { SHORTCUTS } from "../../src/ui/input/shortcuts.ts";
import { eachPanel } from "./panels.ts";
import { useShellApp } from "./shell-app.ts";

const { draw, focused, open, page, panel, texts, tool, touch } = useShellApp();

describe("the bar", () => {
  it("is all there in one row without scrolling, pictures and undo with it, and panels open above it", async () => {
    await open();
    for (const [width, height, count] of [
      [360, 700, 8],
      [390, 844, 8],
      // There is room for redo too.
      [440, 900, 9],
      [844, 390, 9],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect.poll(() => page.locator("#bar button:visible").count()).toBe(count);
      const boxes = await page.locator("#bar button:visible").evaluateAll((buttons) =>
        buttons.map((button) => {
          const { left, right, top, width: its, height: high } = button.getBoundingClientRect();
          return { left, right, top, least: Math.min(its, high) };
        }),
      );
      expect(Math.min(...boxes.map(({ least }) => least))).toBeGreaterThanOrEqual(44);
      expect(new Set(boxes.map(({ top }) => top)).size).toBe(1);
      expect(Math.min(...boxes.map(({ left }) => left))).toBeGreaterThanOrEqual(0);
      expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(width);
      for (const id of ["picture-tool", "undo-button"])
        expect(await page.locator(`#${id}`).isVisible(), id).toBe(true);
      const bar = (await page.locator("#bar").boundingBox())!;
      await eachPanel(page, async (name) => {
        const box = (await page.locator(`#panel-${name}`).boundingBox())!;
        expect(Math.min(box.x, box.y), name).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width, name).toBeLessThanOrEqual(width);
        expect(box.y + box.height, name).toBeLessThanOrEqual(bar.y);
      });
    }
  });

  it("has redo above undo on a narrow phone, while there is something to do again", async () => {
    await open({ viewport: { width: 360, height: 640 } });
    await draw([100, 300], [200, 300]);
    const redo = page.locator("#redo-button");
    expect(await redo.isVisible()).toBe(false);
    await page.locator("#undo-button").click();
    await redo.waitFor();
    const [above, undo, notice] = await Promise.all(
      ["#redo-button", "#undo-button", "#notices"].map(async (id) => (await page.locator(id).boundingBox())!),
    );
    expect(above!.x).toBeCloseTo(undo!.x, 0);
    expect(above!.y + above!.height).toBeLessThanOrEqual(undo!.y);
    expect(Math.min(above!.width, above!.height)).toBeGreaterThanOrEqual(44);
    expect(notice!.y + notice!.height).toBeLessThanOrEqual(above!.y);
    await page.locator("#undo-button").focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("redo-button");
    await page.keyboard.press("Enter");
    await redo.waitFor({ state: "hidden" });
    expect(await focused()).toBe("undo-button");
  });

  it("is one stop of the Tab key, and arrows, Home and End go on within it", async () => {
    await open();
    await page.locator("#ink-button").focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("erase-button");
    await page.keyboard.press("End");
    expect(await focused()).toBe("menu-button");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("ink-button");
    await page.keyboard.press("ArrowLeft");
    expect(await focused()).toBe("menu-button");
    expect(await page.locator('#bar button[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press("Shift+Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("#bar") === null)).toBe(true);
  });

  it("a second press of a tool, holding it, or an arrow key shows its kinds; Escape goes back", async () => {
    await open();
    await page.locator("#shape-button").click();
    expect([await tool(), await panel()]).toEqual(["line", undefined]);
    await page.locator("#shape-button").click();
    expect(await panel()).toBe("panel-shape");
    await page.getByRole("radio", { name: "Ellipse" }).click();
    expect(await tool()).toBe("ellipse");
    await page.keyboard.press("Escape");
    await page.locator("#ink-button").click();
    const box = (await page.locator("#shape-button").boundingBox())!;
    await touch.down([box.x + 20, box.y + 20]);
    await expect.poll(panel).toBe("panel-shape");
    await touch.up();
    expect([await tool(), await panel()]).toEqual(["ellipse", "panel-shape"]);
    await page.keyboard.press("Escape");
    await page.locator("#erase-button").focus();
    await page.keyboard.press("ArrowUp");
    expect([await tool(), await panel()]).toEqual(["eraser", "panel-erase"]);
    await page.keyboard.press("ArrowRight");
    expect(await tool()).toBe("cutter");
    await page.keyboard.press("Escape");
    expect([await focused(), await panel()]).toEqual(["erase-button", undefined]);
  });

  it("is mirrored for the left hand, and the keys go the way that is seen", async () => {
    await open({ viewport: { width: 480, height: 800 } });
    const left = async (id: string): Promise<number> => (await page.locator(`#${id}`).boundingBox())!.x;
    expect(await left("ink-button")).toBeLessThan(await left("menu-button"));
    await page.keyboard.press("s");
    await page.getByRole("switch", { name: "Left-handed" }).click();
    await page.keyboard.press("Escape");
    expect(await left("menu-button")).toBeLessThan(await left("undo-button"));
    expect(await left("undo-button")).toBeLessThan(await left("redo-button"));
    expect(await left("redo-button")).toBeLessThan(await left("ink-button"));
    await page.locator("#menu-button").focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("undo-button");
  });
});

describe("keys", () => {
  it("take every tool into the hand, and resize it", async () => {
    await open();
    for (const { command, keys } of SHORTCUTS.slice(0, 14)) {
      await page.keyboard.press(keys[0]!.key);
      expect(await tool()).toBe(command);
    }
    await page.keyboard.press("p");
    await page.keyboard.press("]");
    await page.keyboard.press("c");
    expect(await page.getByRole("radio", { name: "8 px" }).isChecked()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await panel()).toBeUndefined();
  });

  it("open every panel, and Escape closes it; the help names every key", async () => {
    await open({ viewport: { width: 1280, height: 900 } });
    for (const [key, name] of Object.entries({ g: "layers", b: "background", s: "settings", "?": "help" })) {
      await page.keyboard.press(key);
      expect(await panel()).toBe(`panel-${name}`);
      await page.keyboard.press("Escape");
      expect(await panel()).toBeUndefined();
    }
    await page.keyboard.press("?");
    const shown = await texts("#panel-help .key-way:has(kbd)");
    expect(shown).toHaveLength(SHORTCUTS.flatMap(({ keys }) => keys).length);
    expect(shown).toContain("CtrlShiftZ");
    await page.keyboard.press("PageDown");
    const scrolled = (): Promise<number> =>
      page.locator("#panel-help .panel-body").evaluate(({ scrollTop }) => scrollTop);
    await expect.poll(scrolled).toBeGreaterThan(0);
    await page.keyboard.press("Home");
    await expect.poll(scrolled).toBe(0);
    for (const gesture of ["Tap with two fingers", "Tap with three fingers"])
      expect(await page.locator("#panel-help").getByText(gesture).isVisible()).toBe(true);
  });

  it("that are typed into a name are the name's", async () => {
    await open();
    await page.keyboard.press("s");
    await page.keyboard.type("Dan e");
    expect(await page.locator("#own-name").inputValue()).toBe("Dan e");
    expect([await tool(), await panel()]).toEqual(["pen", "panel-settings"]);
  });
});
