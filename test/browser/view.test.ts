import { describe, expect, it } from "vitest";
import { useGestureApp } from "./gesture-app.ts";
import { useKeptApp } from "./kept-app.ts";
import { createWheel } from "./wheel.ts";

const { idle, inkMiddle, mouseDot, open, page, zoomShown } = useGestureApp(useKeptApp());

describe("the view", () => {
  it("a wheel with Ctrl zooms about the pointer, without it pans", async () => {
    await open();
    await mouseDot([100, 300]);
    const wheel = await createWheel(page, [100, 300]);
    await wheel.control(true);
    await wheel.turn(0, -100);
    await wheel.turn(0, -100);
    await wheel.control(false);
    expect(await zoomShown()).toBe("205 %");
    const [x, y] = await inkMiddle();
    expect(Math.hypot(x - 100, y - 300)).toBeLessThan(2);
    wheel.pause();
    await wheel.turn(20, -50);
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
    const slider = page.getByRole("slider", { name: "Size" });
    const value = async (): Promise<number> => Number(await slider.inputValue());
    await slider.focus();
    const before = await value();
    await page.keyboard.press("ArrowRight");
    expect(await value()).toBeGreaterThan(before);
    await page.keyboard.press("Home");
    expect(await slider.inputValue()).toBe("0");
    await page.keyboard.press("PageUp");
    expect(await slider.inputValue()).not.toBe("0");
    expect(await page.locator("#show-all-button").isVisible()).toBe(false);
  });
});
