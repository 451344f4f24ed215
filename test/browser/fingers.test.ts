import { describe, expect, it } from "vitest";
import { useGestureApp } from "./gesture-app.ts";
import type { Place } from "./picture.ts";

const { digest, hasUndo, idle, inked, inkedPlaces, inkMiddle, mouseDot, open, page, touch, zoomShown } =
  useGestureApp();

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
    touch.rest(600);
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
