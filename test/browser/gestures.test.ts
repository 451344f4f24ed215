import { describe, expect, it } from "vitest";
import { useApp } from "./fixture.ts";
import type { Place } from "./picture.ts";
import { serveBuilt } from "./simulator.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { watchPage } from "./watch.ts";

const { open, page, touch, idle, inked, inkedPlaces } = useApp();

const digest = (): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset["board"]);

/** The middle of all finished ink on the screen. */
async function inkMiddle(): Promise<Place> {
  await idle();
  return page.evaluate(() => {
    const canvas = document.getElementById("cached-ink") as HTMLCanvasElement;
    const { clientWidth: width, clientHeight: height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d")!;
    copy.drawImage(canvas, 0, 0, width, height);
    const { data } = copy.getImageData(0, 0, width, height);
    let count = 0;
    let x = 0;
    let y = 0;
    for (let i = 0; i < width * height; i++) {
      if (data[4 * i]! > 128) continue;
      count++;
      x += i % width;
      y += Math.floor(i / width);
    }
    return [x / count, y / count] as [number, number];
  });
}

async function mouseDot(place: Place): Promise<void> {
  await page.mouse.move(...place);
  await page.mouse.down();
  await page.mouse.up();
  await idle();
}

/** What the button says that shows the zoom; undefined while it is hidden. */
async function zoomShown(): Promise<string | undefined> {
  await idle();
  const button = page.locator("#zoom-button");
  return (await button.isVisible()) ? ((await button.textContent()) ?? "") : undefined;
}

const hasUndo = async (): Promise<boolean> =>
  (await page.locator("#undo-button").getAttribute("aria-disabled")) === "false";

describe("fingers", () => {
  it("a second one that lands in the midst of a stroke leaves it whole", async () => {
    await open();
    await touch.down([80, 300]);
    await touch.moveTo([[200, 300]]);
    await touch.down([100, 500]);
    await touch.moveTo([
      [300, 300],
      [100, 600],
    ]);
    await touch.up();
    await idle();
    const along = Array.from({ length: 20 }, (_, i): Place => [85 + 11 * i, 300]);
    const beside = Array.from({ length: 20 }, (_, i): Place => [100, 480 + 7 * i]);
    expect(await inkedPlaces(...along)).toBe(20);
    expect(await inkedPlaces(...beside)).toBe(0);
    expect(await zoomShown()).toBeUndefined();
    await page.locator("#undo-button").click();
    expect(await inked()).toBe(0);
    expect(await hasUndo()).toBe(false);
  });

  it("a pinch zooms about the fingers, and nothing reaches the document", async () => {
    await open();
    await mouseDot([195, 400]);
    const before = await digest();
    await touch.down([165, 400], [225, 400]);
    await touch.moveTo([
      [105, 400],
      [285, 400],
    ]);
    await touch.up(200);
    expect(await zoomShown()).toMatch(/^(2[3-9]\d|3\d\d) %$/u);
    const [x, y] = await inkMiddle();
    expect(Math.hypot(x - 195, y - 400)).toBeLessThan(3);
    expect(await digest()).toBe(before);
  });

  it("a touch that the system takes away at once was a palm; later it was a stroke", async () => {
    await open();
    await touch.down([100, 300]);
    await touch.moveTo([[104, 302]], 2);
    await touch.cancel();
    expect(await inked()).toBe(0);
    expect(await hasUndo()).toBe(false);
    await touch.down([100, 300]);
    await touch.moveTo([[200, 300]]);
    await touch.cancel();
    expect(await inked()).toBeGreaterThan(100);
  });

  /** Two fingers drag the board up or down, and let go while it moves. */
  async function throwBoard(from: number, to: number): Promise<void> {
    await touch.down([100, from], [160, from]);
    await touch.moveTo(
      [
        [100, to],
        [160, to],
      ],
      6,
    );
    await touch.up();
  }

  it("two that let go of the moving board throw it; one that touches it stops it", async () => {
    await open();
    await mouseDot([195, 300]);
    await throwBoard(500, 560);
    const [, y] = await inkMiddle();
    // As far as the fingers went, and on.
    expect(y).toBeGreaterThan(300 + 60 + 40);
    await throwBoard(300, 240);
    await touch.down([200, 600]);
    await touch.up();
    // The tap stopped it and left no dot.
    expect(await inked()).toBeGreaterThan(0);
    await page.locator("#undo-button").click();
    expect(await inked()).toBe(0);
  });

  it("who wants no motion gets none", async () => {
    await open({ reducedMotion: "reduce" });
    await mouseDot([195, 300]);
    await throwBoard(500, 560);
    const [, y] = await inkMiddle();
    expect(y).toBeGreaterThan(340);
    expect(y).toBeLessThan(363);
  });
});

describe("a pen", () => {
  it("above the paper leaves no ink; on it, it draws, and what lies beside it does not", async () => {
    await open();
    await touch.pen("hover", [100, 300]);
    await touch.pen("hover", [200, 300]);
    expect(await inked()).toBe(0);
    await touch.pen("down", [200, 300]);
    await touch.down([300, 600]);
    for (let x = 205; x <= 300; x += 5) await touch.pen("move", [x, 300]);
    await touch.moveTo([[310, 660]], 4);
    await touch.pen("up", [300, 300]);
    await touch.up();
    const [x, y] = await inkMiddle();
    expect(Math.hypot(x - 250, y - 300)).toBeLessThan(10);
    await page.locator("#undo-button").click();
    expect(await inked()).toBe(0);
    expect(await hasUndo()).toBe(false);
  });

  it("shows around its own eraser what that takes, with another tool in the hand", async () => {
    await open();
    await touch.pen("down", [200, 300], "right");
    for (let x = 205; x <= 250; x += 5) await touch.pen("move", [x, 300], "right");
    expect(await inked()).toBeGreaterThan(0);
    await touch.pen("up", [250, 300], "right");
    expect(await inked()).toBe(0);
  });

  it("turns fingers into hands, which is shown and can be left", async () => {
    await open({ reducedMotion: "reduce" });
    const button = page.getByRole("button", { name: "Fingers move the board" });
    expect(await button.isVisible()).toBe(false);
    await touch.pen("down", [200, 300]);
    await touch.pen("up", [200, 300]);
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    const dot = await inkMiddle();
    await touch.down([100, 500]);
    await touch.moveTo([[160, 580]]);
    await touch.up();
    const [x, y] = await inkMiddle();
    // All but the first step, which tells a pan from a palm.
    expect(x - dot[0]).toBeGreaterThan(40);
    expect(y - dot[1]).toBeGreaterThan(55);
    const before = await inked();
    await button.click();
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    await touch.down([100, 600]);
    await touch.moveTo([[260, 600]]);
    await touch.up();
    expect(await inked()).toBeGreaterThan(before + 300);
  });

  it("its side button and its eraser end take what is under them, and nothing else of a stroke", async () => {
    await open();
    await page.mouse.move(80, 300);
    await page.mouse.down();
    await page.mouse.move(320, 300, { steps: 10 });
    await page.mouse.up();
    await touch.pen("down", [150, 260], "right");
    for (let y = 260; y <= 340; y += 10) await touch.pen("move", [150, y], "right");
    await touch.pen("up", [150, 340], "right");
    expect(await inkedPlaces([100, 300], [200, 300])).toBe(2);
    expect(await inkedPlaces([150, 300])).toBe(0);
    await page.evaluate(() => {
      const stage = document.getElementById("stage")!;
      const end = { pointerId: 77, pointerType: "pen", clientX: 250, bubbles: true, cancelable: true };
      stage.dispatchEvent(new PointerEvent("pointerdown", { ...end, button: 5, buttons: 32, clientY: 260 }));
      stage.dispatchEvent(new PointerEvent("pointermove", { ...end, button: -1, buttons: 32, clientY: 340 }));
      stage.dispatchEvent(new PointerEvent("pointerup", { ...end, button: 5, buttons: 0, clientY: 340 }));
    });
    expect(await inkedPlaces([250, 300])).toBe(0);
    expect(await inkedPlaces([100, 300], [200, 300], [310, 300])).toBe(3);
    await page.locator("#undo-button").click();
    await page.locator("#undo-button").click();
    expect(await inkedPlaces([150, 300], [250, 300])).toBe(2);
  });
});

describe("fingers that tap together", () => {
  const taps = async (...places: Place[]): Promise<void> => {
    await touch.down(...places);
    await touch.up();
    await idle();
  };

  it("take back with two and do again with three, and leave no ink of their own", async () => {
    await open();
    await mouseDot([100, 300]);
    await mouseDot([200, 300]);
    const both = await inked();
    await taps([120, 500], [220, 500]);
    const one = await inked();
    expect(one).toBeLessThan(both);
    expect(one).toBeGreaterThan(0);
    await taps([120, 500], [220, 500]);
    expect(await inked()).toBe(0);
    expect(await hasUndo()).toBe(false);
    await taps([120, 500], [200, 480], [280, 500]);
    await taps([120, 500], [200, 480], [280, 500]);
    expect(await inked()).toBe(both);
    expect(await zoomShown()).toBeUndefined();
  });

  it("do so where fingers move the board, which stays where it is", async () => {
    await open({ reducedMotion: "reduce" });
    await touch.pen("down", [200, 300]);
    await touch.pen("up", [200, 300]);
    await mouseDot([100, 300]);
    await taps([120, 500], [220, 500]);
    const [x, y] = await inkMiddle();
    expect(Math.hypot(x - 200, y - 300)).toBeLessThan(3);
    expect(await page.locator("#show-all-button").isVisible()).toBe(false);
  });

  it("are no tap when they move, nor when they stay: then they pinch", async () => {
    await open({ reducedMotion: "reduce" });
    await mouseDot([195, 300]);
    const before = await digest();
    await touch.down([120, 500], [220, 500]);
    await touch.moveTo(
      [
        [120, 530],
        [220, 530],
      ],
      4,
    );
    await touch.up(10);
    const [, y] = await inkMiddle();
    expect(y).toBeGreaterThan(315);
    await touch.down([120, 500], [220, 500]);
    await touch.up(300);
    expect(await digest()).toBe(before);
  });
});

describe("the view", () => {
  it("a wheel with Ctrl zooms about the pointer, without it pans", async () => {
    await open();
    await mouseDot([100, 300]);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -100);
    await page.mouse.wheel(0, -100);
    await page.keyboard.up("Control");
    expect(await zoomShown()).toBe("205 %");
    const [x, y] = await inkMiddle();
    expect(Math.hypot(x - 100, y - 300)).toBeLessThan(2);
    await page.mouse.wheel(20, -50);
    const [left, top] = await inkMiddle();
    expect(Math.hypot(left - 80, top - 350)).toBeLessThan(2);
  });

  it("a trackpad's pinch as WebKit tells it zooms about the pointer", async () => {
    await open();
    await mouseDot([100, 300]);
    await page.evaluate(() => {
      const stage = document.getElementById("stage")!;
      const pinch = (type: string, scale: number): boolean =>
        stage.dispatchEvent(
          Object.assign(new MouseEvent(type, { clientX: 100, clientY: 300, cancelable: true }), { scale }),
        );
      pinch("gesturestart", 1);
      for (const scale of [1.2, 1.5, 2]) pinch("gesturechange", scale);
    });
    expect(await zoomShown()).toBe("200 %");
    const [x, y] = await inkMiddle();
    expect(Math.hypot(x - 100, y - 300)).toBeLessThan(2);
  });

  it("a pointer that the page loses ends its stroke", async () => {
    await open();
    await page.mouse.move(100, 300);
    await page.mouse.down();
    await page.mouse.move(180, 300, { steps: 5 });
    await page.evaluate(() => document.getElementById("stage")!.releasePointerCapture(1));
    await page.mouse.move(300, 500, { steps: 5 });
    await page.mouse.up();
    await idle();
    const [x, y] = await inkMiddle();
    expect(Math.abs(y - 300)).toBeLessThan(3);
    expect(x).toBeLessThan(185);
  });

  it("keys pan and zoom, between 10 % and 800 %, and back to 100 % and to everything", async () => {
    await open({ reducedMotion: "reduce" });
    await mouseDot([195, 400]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    const [x, y] = await inkMiddle();
    expect(Math.hypot(x - 275, y - 320)).toBeLessThan(2);
    await page.keyboard.press("+");
    expect(await zoomShown()).toBe("125 %");
    await page.locator("#zoom-button").click();
    expect(await zoomShown()).toBeUndefined();
    for (let i = 0; i < 14; i++) await page.keyboard.press("+");
    expect(await zoomShown()).toBe("800 %");
    await page.keyboard.press("0");
    expect(await zoomShown()).toBeUndefined();
    for (let i = 0; i < 14; i++) await page.keyboard.press("-");
    expect(await zoomShown()).toBe("10 %");
    await page.keyboard.press("Home");
    expect(await zoomShown()).toBeUndefined();
    expect(await page.locator("#show-all-button").isVisible()).toBe(false);
    const [homeX, homeY] = await inkMiddle();
    expect(Math.hypot(homeX - 195, homeY - 400)).toBeLessThan(2);
  });

  it("keys that a slider needs are the slider's", async () => {
    await open({ reducedMotion: "reduce" });
    await page.locator("#ink-button").click();
    await page.getByRole("slider", { name: "Size" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Home");
    await page.keyboard.press("PageUp");
    expect(await page.getByRole("slider", { name: "Size" }).inputValue()).not.toBe("0");
    expect(await page.locator("#show-all-button").isVisible()).toBe(false);
  });
});

describe("the simulator's page", () => {
  it.each([320, 390, 844])("fits a screen %i px wide: it scrolls down only", async (width) => {
    const server = await serveBuilt();
    const browser = await sharedBrowser();
    const simulator = await browser.newPage({ viewport: { width, height: 700 } });
    const { problems } = watchPage(simulator, server.url);
    await simulator.goto(server.url);
    await simulator.locator("iframe").nth(1).waitFor();
    const size = await simulator.evaluate(() => document.documentElement.scrollWidth);
    expect(size).toBe(width);
    const screens = await simulator
      .locator("iframe")
      .evaluateAll((frames) => frames.map((frame) => frame.getBoundingClientRect().right));
    for (const right of screens) expect(right).toBeLessThanOrEqual(width);
    expect(problems()).toEqual([]);
    await simulator.close();
    await server.close();
  });
});
