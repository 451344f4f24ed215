import { describe, expect, it } from "vitest";
import { useGestureApp } from "./gesture-app.ts";

const { hasUndo, inked, inkedPlaces, inkMiddle, open, page, touch } = useGestureApp();

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

  it("that draws changes nothing around the canvas from move to move", async () => {
    await open();
    await touch.pen("down", [100, 300]);
    for (let x = 105; x <= 130; x += 5) await touch.pen("move", [x, 300]);
    await page.evaluate(() => {
      const seen: string[] = [];
      const watch = new MutationObserver((changes) => {
        for (const { type, attributeName, target } of changes)
          seen.push(`${type} ${attributeName ?? ""} of ${target.nodeName} ${(target as Element).id}`);
      });
      watch.observe(document.body, { attributes: true, childList: true, characterData: true, subtree: true });
      Object.assign(window, { seenChanges: seen });
    });
    for (let x = 135; x <= 250; x += 5) await touch.pen("move", [x, 300]);
    const seen = await page.evaluate(() => (window as unknown as { seenChanges: string[] }).seenChanges);
    await touch.pen("up", [250, 300]);
    expect(seen).toEqual([]);
    expect(await inked()).toBeGreaterThan(0);
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
