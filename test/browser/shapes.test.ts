import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { closeClean } from "./closing.ts";
import { useApp } from "./fixture.ts";
import { canStep, handsOn, INPUTS } from "./hands.ts";
import { meet } from "./meeting.ts";
import type { Place } from "./picture.ts";
import { countTicks } from "./ticks.ts";

describe("on one screen", () => {
  const { open, page, touch, inkedPlaces: inked } = useApp();

  beforeEach(() => open());

  describe("a shape under a finger", () => {
    it("is a square as long as a second finger lies beside it; the board does not move", async () => {
      await page.keyboard.press("r");
      await touch.down([80, 200]);
      await touch.moveTo([[220, 260]]);
      expect(await inked([150, 260])).toBe(1);
      await touch.down([300, 600]);
      expect(await inked([150, 340])).toBe(1);
      await touch.moveTo([
        [240, 260],
        [330, 700],
      ]);
      expect(await inked([150, 360], [240, 300])).toBe(2);
      await touch.up();
      expect(await inked([150, 360], [80, 200])).toBe(2);
      expect(await inked([150, 260])).toBe(0);
      expect(await page.locator("#show-all-button").isVisible()).toBe(false);
    });

    it("that became a pinch was none", async () => {
      await page.keyboard.press("r");
      await touch.down([80, 200]);
      await touch.moveTo([[84, 203]], 2);
      await touch.down([220, 260]);
      await touch.moveTo([
        [80, 260],
        [220, 320],
      ]);
      await touch.up(200);
      expect(await page.locator("#undo-button").getAttribute("aria-disabled")).toBe("true");
    });
  });

  describe("a shape under a mouse", () => {
    it("is none when Escape breaks it off, however the pointer goes on", async () => {
      await page.keyboard.press("r");
      await page.mouse.move(80, 200);
      await page.mouse.down();
      await page.mouse.move(220, 260, { steps: 4 });
      expect(await inked([150, 260])).toBe(1);
      await page.keyboard.press("Escape");
      expect(await inked([150, 260])).toBe(0);
      await page.mouse.move(240, 400, { steps: 4 });
      await page.mouse.up();
      expect(await inked([150, 400])).toBe(0);
      expect(await page.locator("#undo-button").getAttribute("aria-disabled")).toBe("true");
    });
  });
});

describe("a rough shape", () => {
  const even: readonly Place[] = [
    [90, 230],
    [270, 230],
    [270, 370],
    [90, 370],
  ];
  /** As a hurried hand draws it: turned by 8 degrees. */
  const rough = [...even, even[0]!].map(([x, y]): Place => {
    const [sin, cos] = [Math.sin(Math.PI / 22.5), Math.cos(Math.PI / 22.5)];
    return [180 + (x - 180) * cos - (y - 300) * sin, 300 + (x - 180) * sin + (y - 300) * cos];
  });

  it("drawn by hand and held still becomes an even one for both, which is felt; undo gives it back, and then takes it", async () => {
    const { simulator, alice, bob, bobs } = await meet();
    onTestFinished(() => closeClean(simulator));
    const frame = await bob.frame();
    const ticks = await countTicks(frame);
    const bothEven = async (message: string): Promise<void> => {
      for (const phone of [bob, alice]) {
        await expect.poll(() => phone.inkedPlaces(even), { message }).toBe(4);
        await expect.poll(() => phone.inkedPlaces([...rough, [300, 500]]), { message }).toBe(0);
      }
    };
    const bothRough = async (message: string): Promise<void> => {
      for (const phone of [bob, alice]) {
        await expect.poll(() => phone.inkedPlaces(rough), { message }).toBe(rough.length);
        await expect.poll(() => phone.inkedPlaces([...even, [300, 500]]), { message }).toBe(0);
      }
    };
    for (const input of INPUTS) {
      const before = await ticks();
      const hands = handsOn(simulator, bob, input);
      await hands.start(...rough);
      await expect.poll(ticks, { message: input }).toBe(before + 1);
      await bothEven(`${input}, held still`);
      await hands.moveOn([300, 500]);
      await hands.lift();
      await bothEven(`${input}, lifted`);
      await bobs.press("Control+z");
      await bothRough(`${input}, undone`);
      await bobs.press("Control+z");
      await expect.poll(async () => (await alice.picture()).inked, { message: input }).toBe(0);
      expect(await canStep(frame, "undo"), input).toBe(false);
    }
    await bobs.press("Control+y");
    await bothRough("done again");
    await bobs.press("Control+y");
    await bothEven("done again");
    expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(100);
  });

  it("stays as it was drawn where a person has turned that off, who is told of the choice in the settings", async () => {
    const { simulator, bob, bobs } = await meet();
    onTestFinished(() => closeClean(simulator));
    const frame = await bob.frame();
    const ticks = await countTicks(frame);
    await bobs.press("s");
    await frame.getByRole("switch", { name: "Shapes held still become even" }).click();
    await bobs.press("Escape");
    const before = await ticks();
    await bobs.start(...rough);
    // Longer than it takes, on the page's own time.
    await frame.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const began = performance.now();
          const look = (now: number): void => {
            if (now - began > 800) resolve();
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
    );
    await bobs.lift();
    expect(await bob.inkedPlaces(rough)).toBe(rough.length);
    expect(await ticks()).toBe(before);
  });
});
