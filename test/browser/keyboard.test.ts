import type { Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SHORTCUTS, type KeyCommand } from "../../src/ui/input/shortcuts.ts";
import { clearBoard } from "./clear-board.ts";
import { closeClean } from "./closing.ts";
import { meet, type Meeting } from "./meeting.ts";
import { eachPanel } from "./panels.ts";
import { walkByTab } from "./tab-walk.ts";
import { createTouch } from "./touch.ts";

let meeting: Meeting;
let app: Frame;

beforeAll(async () => {
  meeting = await meet();
  await meeting.simulator.page.emulateMedia({ reducedMotion: "reduce" });
  app = await meeting.alice.frame();
});

afterAll(async () => {
  await closeClean(meeting.simulator);
});

/** The command that each button outside the panels is for, or that opens the panel with the same in it. */
const COMMANDS: Readonly<Record<string, KeyCommand>> = {
  "ink-button": "pen",
  "erase-button": "eraser",
  "shape-button": "line",
  "words-button": "text",
  "point-button": "select",
  "picture-tool": "picture",
  "undo-button": "undo",
  "redo-button": "redo",
  // It opens nothing but what has keys of its own.
  "menu-button": "settings",
  "back-button": "leave",
  "person-button": "follow",
  "edge-arrow": "show-me",
  "pages-button": "pages",
  "fingers-button": "settings",
  "zoom-button": "actual-size",
  "show-all-button": "show-all",
  // The first of the buttons beside the selection: the Tab key goes on to the others.
  colors: "options",
  crop: "options",
  "talk-button": "talk",
  "mute-button": "talk",
  "hang-up": "hang-up",
  layers: "options",
};

/** A pen that only hovers is a pen too. */
async function showPen(): Promise<void> {
  const box = (await meeting.alice.screen.boundingBox())!;
  const touch = await createTouch(meeting.simulator.page);
  await touch.pen("hover", [box.x + 180, box.y + 300]);
}

describe("the Tab key, and arrows within groups", () => {
  it("reach all there is, each with an outline to be seen by", async () => {
    const { alices, bobs, simulator } = meeting;
    // Beyond the edge of what Alice sees.
    await bobs.press("+", ...Array.from({ length: 8 }, () => "ArrowLeft"));
    await alices.press("+", "r");
    await alices.drag([100, 300], [160, 360]);
    await alices.press("Control+a");
    await app.locator('#selection-menu [data-command="colors"]').click();
    await app.locator(".edge-arrow").waitFor();
    await showPen();
    await app.locator(".notice-action").waitFor();
    const { wanted, reached } = await walkByTab(simulator.page, app);
    expect(reached).toEqual(wanted);
    for (const some of ["back-button", "fingers-button", "zoom-button", "show-all-button", "bar"])
      expect(wanted.stops).toContain(some);
    for (const some of ["Rotate", "duplicate", "Red", "Show me", "Follow", "Draw with fingers"])
      expect(wanted.stops.join()).toContain(some);
  });

  it("reach all of each panel", async () => {
    const panels: string[] = [];
    await eachPanel(app, async (panel) => {
      panels.push(panel);
      const { wanted, reached } = await walkByTab(meeting.simulator.page, app, ".panel:not([hidden])");
      expect(reached, panel).toEqual(wanted);
    });
    expect(panels).toHaveLength(15);
  });
});

describe("every button", () => {
  it("has a key, or stands in a panel that a key opens, but the one that clears the board", async () => {
    const buttons = await app
      .locator("button[id], button[data-command], .person-button, .edge-arrow")
      .evaluateAll((all) =>
        all.map((button) => ({
          name: ["id", "data-command", "class"].map((each) => button.getAttribute(each)).find(Boolean) ?? "",
          panel: button.closest(".panel")?.id.replace("panel-", ""),
        })),
      );
    const ways = buttons.map(({ name, panel }) =>
      panel === "menu" ? name.replace("-button", "") : (panel ?? COMMANDS[name] ?? name),
    );
    // One slip of a finger is not to take everything away.
    const known = new Set<string>(["clear", ...SHORTCUTS.map(({ command }) => command)]);
    expect(buttons.filter((_button, i) => !known.has(ways[i]!))).toEqual([]);
    const names = buttons.map(({ name }) => name);
    expect(Object.keys(COMMANDS).filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe("keys", () => {
  const hash = async (): Promise<string> => (await meeting.alice.picture()).hash;
  /** Nothing has the keyboard but the page. */
  const leaveAll = (): Promise<void> =>
    app.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const focused = (): Promise<string | null> =>
    app.evaluate(() => document.activeElement!.getAttribute("aria-label"));

  it("select, restack and double", async () => {
    const { alice, alices } = meeting;
    await clearBoard(app);
    await alices.press("1", "0", "p", "]", "]", "]");
    for (const [color, y] of Object.entries({ Red: 260, Green: 300, Blue: 340 })) {
      await alices.press("c");
      await app.getByRole("radio", { name: color, exact: true }).click();
      await alices.drag([100, y], [180, 300], [260, 600 - y]);
    }
    const corner = async (): Promise<number> => (await app.locator('[data-handle="nw"]').boundingBox())!.y;
    await alices.press("PageDown");
    const first = await corner();
    await alices.press("PageDown");
    expect(await corner()).not.toBe(first);
    await alices.press("PageUp");
    expect(await corner()).toBe(first);

    const below = await hash();
    await alices.press("Control+]");
    const between = await hash();
    await alices.press("Control+]");
    const above = await hash();
    expect(new Set([below, between, above]).size).toBe(3);
    await alices.press("Control+[");
    expect(await hash()).toBe(between);
    await alices.press("Control+Shift+[");
    expect(await hash()).toBe(below);
    await alices.press("Control+Shift+]");
    expect(await hash()).toBe(above);

    const { inked } = await alice.picture();
    await alices.press("Control+d");
    expect((await alice.picture()).inked).toBeGreaterThan(inked);
  });

  it("go to the colours and layers of what is selected", async () => {
    const { alices, simulator } = meeting;
    const { keyboard } = simulator.page;
    const before = await hash();
    await alices.press("c");
    expect(await focused()).toBe("Ink");
    await keyboard.press("Enter");
    await expect.poll(hash).not.toBe(before);
    await keyboard.press("c");
    expect(await focused()).toBe("Change colour");
    for (let i = 0; i < 5; i++) await keyboard.press("Tab");
    expect(await focused()).toBe("Move to layer");
    await keyboard.press("Enter");
    await keyboard.press("Tab");
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    expect(await focused()).toBe("Move to layer");
    await keyboard.press("Escape");
    // Of a tool again, where nothing is selected.
    await keyboard.press("c");
    expect(await app.getByRole("radio", { name: "Frame" }).isVisible()).toBe(true);
    await keyboard.press("Escape");
  });

  it("move the view, hold it, and write", async () => {
    const { alices, simulator } = meeting;
    const zoom = (): Promise<string> => meeting.alice.says("#zoom-button");
    const byHand = (): Promise<boolean> => app.locator("#show-all-button").isVisible();
    await leaveAll();
    await alices.press("p", "0", "+");
    expect(await zoom()).toBe("125 %");
    await alices.press("0");
    expect([await zoom(), await byHand()]).toEqual(["", true]);
    await alices.press("-");
    expect(await zoom()).toBe("80 %");
    for (const key of ["1", "Home"]) {
      await alices.press("ArrowLeft");
      expect(await byHand()).toBe(true);
      await alices.press(key);
      await expect.poll(byHand).toBe(false);
    }
    const { inked } = await meeting.alice.picture();
    const before = await hash();
    await simulator.page.keyboard.down("Space");
    await alices.drag([180, 300], [200, 330]);
    await simulator.page.keyboard.up("Space");
    const after = await meeting.alice.picture();
    expect([after.hash === before, Math.abs(after.inked - inked) < inked / 10]).toEqual([false, true]);
    await alices.press("t", "Enter");
    await app.locator("#text-field").waitFor();
    await simulator.page.keyboard.press("Escape");
  });

  it("bring a handle that is beyond the edge into sight", async () => {
    const { alices, simulator } = meeting;
    await alices.press("1", "Control+a", ...Array.from({ length: 8 }, () => "+"));
    const isInSight = (name: string): Promise<boolean> =>
      app.locator(`[data-handle="${name}"]`).evaluate((handle) => {
        const { x, y, width, height } = handle.getBoundingClientRect();
        const isWithin = (middle: number, size: number): boolean => middle > 0 && middle < size;
        return isWithin(x + width / 2, innerWidth) && isWithin(y + height / 2, innerHeight);
      });
    expect([await isInSight("nw"), await isInSight("se")]).toEqual([false, false]);
    await app.locator('[data-handle="nw"]').focus();
    for (let i = 0; i < 4; i++) await simulator.page.keyboard.press("Tab");
    await expect.poll(() => isInSight("se")).toBe(true);
    // It is the camera that moved: the paper still covers the screen.
    await expect.poll(() => app.evaluate(() => document.querySelector("#stage")!.scrollLeft)).toBe(0);
    await expect.poll(() => isInSight("se")).toBe(true);
    await simulator.page.keyboard.press("Escape");
  });

  it("follow a contact, show where one is, and lead back to the chat", async () => {
    const { alice, alices } = meeting;
    await leaveAll();
    const person = app.locator(".person-button");
    for (const pressed of ["true", "false"]) {
      await alices.press("f");
      await expect.poll(() => person.getAttribute("aria-pressed")).toBe(pressed);
    }
    const arrow = app.locator(".edge-arrow");
    for (let i = 0; i < 12; i++) await alices.press("ArrowLeft");
    await arrow.waitFor();
    await alices.press("w");
    await arrow.waitFor({ state: "hidden" });
    await alices.press("Control+ArrowLeft");
    await expect.poll(() => alice.screen.count()).toBe(0);
  });
});
