import { describe, expect, it } from "vitest";
import { useGestureApp } from "./gesture-app.ts";
import { useKeptApp } from "./kept-app.ts";
import type { Place } from "./picture.ts";
import { createWheel } from "./wheel.ts";

const kept = useKeptApp();
const { openNew } = kept;
const { open, page, touch, draw, idle, inked, inkedPlaces, digest } = useGestureApp(kept);

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
    await openNew();
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
});

describe("what a button began", () => {
  it.each([
    ["ink", "p"],
    ["a highlighter", "h"],
    ["a shape", "r"],
  ])("ends with it, and not with the last of several: %s", async (_name, key) => {
    await open();
    await page.keyboard.press(key);
    await page.mouse.move(60, 300);
    await page.mouse.down();
    await page.mouse.move(150, 340, { steps: 5 });
    await page.mouse.down({ button: "right" });
    await page.mouse.up();
    const ended = await inked();
    expect(ended).toBeGreaterThan(100);
    await page.mouse.move(340, 500, { steps: 10 });
    await page.mouse.up({ button: "right" });
    expect(await inked()).toBe(ended);
    await page.keyboard.press("Control+z");
    expect(await inked()).toBe(0);
  });

  it.each([
    ["erasing", "e"],
    ["cutting", "x"],
  ])("ends with it: %s", async (_name, key) => {
    await open();
    await draw([100, 250], [100, 350]);
    await draw([300, 250], [300, 350]);
    await page.keyboard.press(key);
    await page.mouse.move(60, 300);
    await page.mouse.down();
    await page.mouse.move(150, 300, { steps: 5 });
    await page.mouse.down({ button: "right" });
    await page.mouse.up();
    await page.mouse.move(350, 300, { steps: 10 });
    await page.mouse.up({ button: "right" });
    expect(await inkedPlaces([100, 300], [300, 300])).toBe(1);
  });

  it("ends with it: moving what is selected, and the board", async () => {
    await open();
    await draw([100, 250], [100, 350]);
    await page.keyboard.press("v");
    await page.mouse.click(100, 300);
    await page.mouse.move(100, 270);
    await page.mouse.down();
    await page.mouse.move(150, 270, { steps: 5 });
    await page.mouse.down({ button: "middle" });
    await page.mouse.up();
    await page.mouse.move(250, 270, { steps: 5 });
    await page.mouse.up({ button: "middle" });
    expect(await inkedPlaces([150, 300])).toBe(1);
    await page.mouse.down({ button: "middle" });
    await page.mouse.move(250, 370, { steps: 5 });
    await page.mouse.down();
    await page.mouse.up({ button: "middle" });
    await page.mouse.move(350, 370, { steps: 5 });
    await page.mouse.up();
    expect(await inkedPlaces([150, 430])).toBe(1);
    expect(await inkedPlaces([150, 340], [250, 430])).toBe(0);
  });

  it("begins anew with the next button that does something, while another is still down", async () => {
    await open();
    await page.mouse.move(60, 300);
    await page.mouse.down({ button: "right" });
    await page.mouse.move(100, 300, { steps: 3 });
    expect(await inked()).toBe(0);
    await page.mouse.down();
    await page.mouse.move(200, 300, { steps: 3 });
    await page.mouse.up();
    await page.mouse.move(300, 300, { steps: 3 });
    await page.mouse.up({ button: "right" });
    expect(await inkedPlaces([150, 300])).toBe(1);
    expect(await inkedPlaces([80, 300], [250, 300])).toBe(0);
  });

  it("ends when the tip of a pen is lifted whose side button is still held", async () => {
    await openNew();
    await page.keyboard.press("p");
    const input = await page.context().newCDPSession(page.mainFrame().page());
    const pen = (
      type: "mousePressed" | "mouseReleased" | "mouseMoved",
      x: number,
      button: "left" | "right" | "none",
      buttons: number,
    ): Promise<unknown> => {
      const force = (buttons & 1) === 0 ? 0 : 0.5;
      const event = { type, x, y: 300, button, buttons, force, pointerType: "pen", clickCount: 1 } as const;
      return input.send("Input.dispatchMouseEvent", event);
    };
    await pen("mousePressed", 60, "left", 1);
    for (let x = 70; x <= 150; x += 10) await pen("mouseMoved", x, "left", 1);
    await pen("mousePressed", 150, "right", 3);
    for (let x = 160; x <= 200; x += 10) await pen("mouseMoved", x, "left", 3);
    await pen("mouseReleased", 200, "left", 2);
    for (let x = 210; x <= 330; x += 10) await pen("mouseMoved", x, "right", 2);
    await pen("mouseReleased", 330, "right", 0);
    expect(await inkedPlaces([100, 300], [180, 300])).toBe(2);
    expect(await inkedPlaces([250, 300], [300, 300])).toBe(0);
  });
});

describe("a wheel", () => {
  it("that still has swing when Control comes down goes on panning", async () => {
    await open();
    await draw([100, 300], [250, 300]);
    const wheel = await createWheel(page, [200, 400]);
    await wheel.turn(0, 40);
    await wheel.control(true);
    for (let i = 0; i < 5; i++) await wheel.turn(0, 40);
    await wheel.control(false);
    await idle();
    expect(await page.locator("#zoom-button").isVisible()).toBe(false);
  });
});

describe("a wheel over what lies on the board", () => {
  it("moves the board, and a list of its own only where that scrolls", async () => {
    await openNew();
    await draw([100, 300], [250, 300]);
    await page.keyboard.press("v");
    await page.mouse.click(150, 300);
    const menu = page.locator("#selection-menu");
    const before = (await menu.boundingBox())!;
    const wheel = await createWheel(page, [before.x + 20, before.y + before.height / 2]);
    await wheel.turn(0, -50);
    await idle();
    expect((await menu.boundingBox())!.y).toBeCloseTo(before.y + 50, 0);
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press("g");
      await page.locator("#add-layer").click();
      await page.keyboard.press("Escape");
    }
    await menu.locator('[data-command="layers"]').click();
    const list = menu.locator('.selection-drawer[data-drawer="layers"]');
    const box = (await list.boundingBox())!;
    const overList = await createWheel(page, [box.x + 20, box.y + box.height / 2]);
    await overList.turn(0, 60);
    await expect.poll(() => list.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
    expect((await list.boundingBox())!.y).toBe(box.y);
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
    await openNew();
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
    await page.keyboard.press("Shift+Tab");
    await page.locator("#undo-button").focus();
    await page.keyboard.press("Space");
    expect(await inked()).toBe(0);
  });

  const moved = async (): Promise<boolean> => {
    await idle();
    return page.locator("#show-all-button").isVisible();
  };
  const pressed: Readonly<Record<string, () => Promise<void>>> = {
    "a tool": () => page.locator("#shape-button").click(),
    "a tool that is held": async () => {
      const { x, y } = (await page.locator("#shape-button").boundingBox())!;
      await page.mouse.move(x + 20, y + 20);
      await page.mouse.down();
      await page.locator("#panel-shape").waitFor();
      await page.mouse.up();
    },
    "the cross of a panel": async () => {
      await page.locator("#menu-button").click();
      await page.locator("#layers-button").click();
      await page.locator("#close-layers").click();
    },
    "the words of a panel, and Escape": async () => {
      await page.locator("#menu-button").click();
      await page.locator("#help-button").click();
      await page.locator("#panel-help h3, #panel-help dt, #panel-help td, #panel-help th").first().click();
      await page.keyboard.press("Escape");
    },
    "a name in a panel, and Escape": async () => {
      await page.locator("#menu-button").click();
      await page.locator("#layers-button").click();
      await page.locator("#layer-name").click();
      await page.keyboard.press("Escape");
    },
    "nothing: a panel by its key, and Escape": async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("Escape");
    },
    "the menu of a selection": async () => {
      await page.keyboard.press("Control+a");
      await page.locator('#selection-menu [data-command="duplicate"]').click();
      await page.keyboard.press("Escape");
    },
    // These change settings, which the page keeps: they come last.
    "a colour in a panel": async () => {
      await page.locator("#ink-button").click();
      await page.getByRole("radio", { name: "Red", exact: true }).click();
    },
    "a slider": async () => {
      await page.locator("#ink-button").click();
      await page.getByRole("slider", { name: "Size" }).click();
    },
    "a switch": async () => {
      await page.locator("#menu-button").click();
      await page.locator("#settings-button").click();
      await page.getByRole("switch", { name: "Left-handed" }).click();
    },
  };
  it.each(Object.keys(pressed))("are the board's after a press on %s", async (what) => {
    await open({ reducedMotion: "reduce" });
    await draw([60, 300], [150, 300]);
    await pressed[what]!();
    const before = await digest();
    expect(await moved()).toBe(false);
    await page.keyboard.press("ArrowRight");
    await expect.poll(moved).toBe(true);
    await page.keyboard.press("Home");
    expect(await moved()).toBe(false);
    await page.keyboard.down("Space");
    await page.mouse.move(200, 120);
    await page.mouse.down();
    await page.mouse.move(200, 200, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up("Space");
    expect(await moved()).toBe(true);
    expect(await digest()).toBe(before);
  });

  it("are the bar's for whoever came by the Tab key, also after a panel that opened from there", async () => {
    await openNew();
    await draw([60, 300], [150, 300]);
    await page.locator("#undo-button").click();
    const focused = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.id);
    while ((await focused()) !== "undo-button") await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("redo-button");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.locator("#panel-menu").waitFor();
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("menu-button");
    await page.keyboard.press("ArrowLeft");
    expect(await focused()).toBe("redo-button");
  });

  it("that are held down do not open and shut a panel by turns", async () => {
    await open();
    await page.keyboard.down("s");
    for (let i = 0; i < 3; i++) await page.keyboard.down("s");
    await page.keyboard.up("s");
    expect(await page.getByRole("dialog", { name: "Settings" }).isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    // A button that has the focus is pressed by Enter, once.
    await page.locator("#shape-button").focus();
    await page.keyboard.press("Enter");
    for (let i = 0; i < 4; i++) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    expect(await page.locator("#panel-shape").isVisible()).toBe(true);
  });

  it("that are held down go on where going on is meant", async () => {
    await open();
    for (const y of [200, 250, 300, 350]) await draw([60, y], [150, y]);
    await page.keyboard.down("Control");
    for (let i = 0; i < 3; i++) await page.keyboard.down("z");
    await page.keyboard.up("z");
    await page.keyboard.up("Control");
    expect(await inkedPlaces([100, 200], [100, 250], [100, 300], [100, 350])).toBe(1);
    await page.keyboard.press("v");
    await page.keyboard.press("Control+a");
    await page.keyboard.down("Control");
    for (let i = 0; i < 3; i++) await page.keyboard.down("d");
    await page.keyboard.up("d");
    await page.keyboard.up("Control");
    await page.keyboard.press("Control+z");
    expect(await inkedPlaces([100, 200])).toBe(1);
    await page.keyboard.press("Control+z");
    expect(await inked()).toBe(0);
  });
});
