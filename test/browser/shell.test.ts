import { describe, expect, it } from "vitest";
import { SHORTCUTS } from "../../src/ui/input/shortcuts.ts";
import { useApp } from "./fixture.ts";
import { allSee, endMeeting, meet } from "./meeting.ts";
import { eachPanel } from "./panels.ts";
import type { Place } from "./picture.ts";
import { untilReady } from "./state.ts";

const { open, page, touch, draw, inked, inkedPlaces } = useApp({ reducedMotion: "reduce" });

const ready = (): Promise<void> => untilReady(page);

const tool = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset["tool"]);
const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.id ?? "");
const panel = async (): Promise<string | undefined> => {
  const shown = page.locator(".panel:visible");
  return (await shown.count()) === 0 ? undefined : ((await shown.getAttribute("id")) ?? "");
};
const texts = (selector: string): Promise<string[]> => page.locator(selector).allTextContents();

describe("the bar", () => {
  it("is all there in one row without scrolling, undo and redo with it, and panels open above it", async () => {
    await open();
    for (const [width, height] of [
      [360, 700],
      [390, 844],
      [844, 390],
    ] as const) {
      await page.setViewportSize({ width, height });
      const boxes = await page.locator("#bar button:visible").evaluateAll((buttons) =>
        buttons.map((button) => {
          const { left, right, top } = button.getBoundingClientRect();
          return { left, right, top };
        }),
      );
      expect(boxes).toHaveLength(8);
      expect(new Set(boxes.map(({ top }) => top)).size).toBe(1);
      expect(Math.min(...boxes.map(({ left }) => left))).toBeGreaterThanOrEqual(0);
      expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(width);
      for (const id of ["undo", "redo"]) expect(await page.locator(`#${id}-button`).isVisible()).toBe(true);
      const bar = (await page.locator("#bar").boundingBox())!;
      await eachPanel(page, async (name) => {
        const box = (await page.locator(`#panel-${name}`).boundingBox())!;
        expect(Math.min(box.x, box.y), name).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width, name).toBeLessThanOrEqual(width);
        expect(box.y + box.height, name).toBeLessThanOrEqual(bar.y);
      });
    }
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
    await open();
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

describe("who asks for more contrast", () => {
  it("gets lines as strong as words", async () => {
    await open();
    await page.keyboard.press("s");
    const colors = (): Promise<string[]> =>
      page.locator("#own-name").evaluate((field) => {
        const { color, borderTopColor } = getComputedStyle(field);
        return [color, borderTopColor];
      });
    const [color, quiet] = await colors();
    expect(quiet).not.toBe(color);
    await page.emulateMedia({ contrast: "more" });
    expect(await colors()).toEqual([color, color]);
  });
});

describe("what a person has chosen", () => {
  it("is there after a reload, and nothing of the board with it", async () => {
    await open();
    await page.keyboard.press("m");
    await page.keyboard.press("c");
    await page.getByRole("radio", { name: "Green", exact: true }).click();
    await page.keyboard.press("s");
    await page.locator("#own-name").fill("Ann");
    await page.locator("#own-name").press("Enter");
    await page.getByRole("switch", { name: "Left-handed" }).click();
    const kept = (): Promise<string[]> =>
      page.evaluate(() =>
        Object.entries(localStorage)
          .filter(([key]) => key.includes("settings"))
          .map(([key]) => key),
      );
    await expect.poll(async () => (await kept()).length).toBe(1);
    await page.addInitScript(() => {
      navigator.vibrate = () => {
        document.documentElement.dataset["felt"] = "";
        return true;
      };
    });
    await page.reload();
    await ready();
    await expect.poll(tool).toBe("marker");
    // Nobody has touched the page yet.
    expect(await page.locator("html[data-felt]").count()).toBe(0);
    await page.keyboard.press("p");
    expect(await page.locator("html[data-felt]").count()).toBe(1);
    await page.keyboard.press("m");
    await page.keyboard.press("c");
    expect(await page.getByRole("radio", { name: "Green", exact: true }).isChecked()).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("s");
    expect(await page.locator("#own-name").inputValue()).toBe("Ann");
    expect(await page.getByRole("switch", { name: "Left-handed" }).isChecked()).toBe(true);
  });

  it("the language changes at once, with the settings still open", async () => {
    await open();
    await page.keyboard.press("s");
    await page.locator("#language").selectOption("de");
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe("de");
    expect(await panel()).toBe("panel-settings");
    expect(await page.getByRole("button", { name: "Rückgängig" }).count()).toBeGreaterThan(0);
    await page.locator("#language").selectOption("");
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe("en");
  });

  it("the first hint goes with the first press, and never comes again", async () => {
    await open();
    expect(await page.locator("#hint").isVisible()).toBe(true);
    const hint = (await page.locator("#hint").boundingBox())!;
    await draw([hint.x + 40, hint.y + 20], [hint.x + 160, hint.y + 20]);
    expect(await page.locator("#hint").count()).toBe(0);
    // It was drawn through.
    expect(await inkedPlaces([hint.x + 100, hint.y + 20])).toBe(1);
    await page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
    await page.reload();
    await ready();
    await expect.poll(() => page.locator("#hint").count()).toBe(0);
  });
});

describe("clear", () => {
  it("can be taken back from its notice after further strokes, which stay", async () => {
    await open();
    await draw([100, 300], [200, 300]);
    const first = await inked();
    await page.keyboard.press("Control+Delete");
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
    await b.locator("#back-button").press("Control+Delete");
    await simulator.boardsEqual();
    await expect
      .poll(() => a.locator("#notices").textContent())
      .toContain("Bob the builder cleared the board");
    await a.locator("#undo-button").click();
    expect(await a.locator("#notices").textContent()).toContain("Bob the builder has already erased");
    await endMeeting(simulator);
  });
});
