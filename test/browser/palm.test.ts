/* The hand that holds a pen: its palm lies on the screen before, during and after, and nothing comes of it. */
import { beforeEach, describe, expect, it } from "vitest";
import { useGestureApp } from "./gesture-app.ts";
import { canStep } from "./hands.ts";
import { useKeptApp } from "./kept-app.ts";
import { useKeptMeeting } from "./kept-meeting.ts";
import { allSee } from "./meeting.ts";
import type { Place } from "./picture.ts";
import { createTouch, type Touch } from "./touch.ts";

/** Of a palm's edge and of a fingertip, in CSS pixels. */
const [PALM, FINGERTIP] = [90, 26];
const TWO: readonly Place[] = [
  [120, 600],
  [220, 600],
];
const THREE: readonly Place[] = [...TWO, [300, 600]];

/** A pen draws a line of 200 px. */
async function penLine(touch: Touch, [x, y]: Place): Promise<void> {
  await touch.pen("down", [x, y]);
  for (let way = 20; way <= 200; way += 20) await touch.pen("move", [x + way, y]);
  await touch.pen("up", [x + 200, y]);
}

/** A touch of 20 moves of 1 px in 320 ms, which is still down. */
async function blot(touch: Touch, [x, y]: Place): Promise<void> {
  await touch.down([x, y]);
  await touch.moveTo([[x + 20, y]], 20);
}

describe("taps", () => {
  const kept = useKeptApp();
  const { hasUndo, idle, inked, inkedPlaces, page, touch } = useGestureApp(kept);
  const [FIRST, SECOND]: readonly [Place, Place] = [
    [150, 200],
    [150, 300],
  ];

  async function tap(places: readonly Place[]): Promise<void> {
    await touch.down(...places);
    await touch.up(100);
    await idle();
  }

  /** With `isNew`, for a test that looks at the history, nothing else was drawn before. */
  async function twoLines(isNew = false): Promise<void> {
    await (isNew ? kept.openNew() : kept.open());
    touch.breadth(undefined);
    await penLine(touch, [60, 200]);
    await penLine(touch, [60, 300]);
  }

  it("of a palm after the pen take nothing back, with two or three fingers", async () => {
    await twoLines();
    touch.rest(60);
    await tap(TWO);
    expect(await inkedPlaces(FIRST, SECOND)).toBe(2);
    touch.rest(1000);
    await tap(TWO);
    expect(await inkedPlaces(FIRST, SECOND)).toBe(1);
    touch.rest(1000);
    await touch.pen("hover", [200, 400]);
    touch.rest(60);
    await tap(THREE);
    expect(await inkedPlaces(FIRST, SECOND)).toBe(1);
    touch.rest(1000);
    await tap(THREE);
    expect(await inkedPlaces(FIRST, SECOND)).toBe(2);
  });

  it("take nothing back while a pen is down, however that goes on", async () => {
    await twoLines();
    await touch.pen("down", [60, 400]);
    touch.rest(800);
    await touch.down(...TWO);
    await touch.pen("up", [60, 400]);
    await touch.up(50);
    await idle();
    expect(await inkedPlaces(FIRST, SECOND, [60, 400])).toBe(3);
  });

  it("of a palm just before the pen are taken back as it comes, and leave the history as it was", async () => {
    await twoLines(true);
    touch.rest(1000);
    await tap(TWO);
    expect(await inkedPlaces(SECOND)).toBe(0);
    touch.rest(150);
    await touch.pen("hover", [60, 400]);
    expect(await inkedPlaces(FIRST, SECOND)).toBe(2);
    expect(await canStep(page, "redo")).toBe(false);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    expect(await inked()).toBe(0);
    expect(await hasUndo()).toBe(false);
    await page.keyboard.press("Control+y");
    touch.rest(1000);
    await tap(THREE);
    await tap(TWO);
    await touch.pen("down", [60, 400]);
    await touch.pen("up", [60, 400]);
    expect(await inkedPlaces(FIRST, SECOND)).toBe(1);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    expect(await inked()).toBe(0);
  });

  it("on an empty history leave it so, though something was undone before that", async () => {
    await twoLines(true);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    touch.rest(1000);
    await tap(TWO);
    touch.rest(100);
    await touch.pen("hover", [60, 400]);
    expect(await inked()).toBe(0);
  });

  it("of fingers still do, when the pen has been away, in its mode and out of it", async () => {
    await twoLines();
    touch.breadth(FINGERTIP);
    touch.rest(600);
    await tap(TWO);
    expect(await inkedPlaces(FIRST, SECOND)).toBe(1);
    const button = page.getByRole("button", { name: "Fingers move the board" });
    await button.click();
    await tap(TWO);
    expect(await inked()).toBe(0);
    await button.click();
  });

  it("of what is as broad as a palm, or of more than three, do nothing, whether or not there is a pen", async () => {
    await twoLines();
    touch.rest(2000);
    touch.breadth(PALM);
    await tap(TWO);
    touch.breadth(FINGERTIP);
    touch.rest(300);
    await tap([...THREE, [60, 600]]);
    expect(await inkedPlaces(FIRST, SECOND)).toBe(2);
  });
});

describe("a touch that the pen proves to have been its palm", () => {
  const { draw, hasUndo, idle, inked, inkedPlaces, open, page, touch } = useGestureApp();

  beforeEach(() => open());

  /** Without a pen so far, fingers draw. */
  async function blotAndPen(at: Place, isDown = false): Promise<void> {
    await blot(touch, at);
    if (!isDown) await touch.up(30);
    await penLine(touch, [60, 200]);
    if (isDown) await touch.up(30);
    await idle();
  }

  it.each([false, true])("leaves no ink, and nothing to undo; still down: %s", async (isDown) => {
    await blotAndPen([200, 600], isDown);
    expect(await inkedPlaces([150, 200])).toBe(1);
    expect(await inkedPlaces([200, 600], [210, 600], [220, 600])).toBe(0);
    await page.keyboard.press("Control+z");
    expect(await inked()).toBe(0);
    expect(await hasUndo()).toBe(false);
    await page.keyboard.press("Control+y");
    expect(await inkedPlaces([150, 200])).toBe(1);
    expect(await canStep(page, "redo")).toBe(false);
  });

  it("leaves what could be done again before it", async () => {
    await draw([60, 300], [260, 300]);
    await page.keyboard.press("Control+z");
    await blot(touch, [200, 600]);
    await touch.up(30);
    // By its own eraser where there is nothing.
    await touch.pen("down", [60, 100], "right");
    await touch.pen("up", [60, 100], "right");
    await page.keyboard.press("Control+y");
    expect(await inkedPlaces([60, 300], [160, 300])).toBe(2);
  });

  it("leaves nothing of what it erased, cut, drew as a shape or highlighted", async () => {
    const button = page.getByRole("button", { name: "Fingers move the board" });
    for (const key of ["e", "x", "r", "h"]) {
      await page.keyboard.press("p");
      await draw([100, 600], [300, 600]);
      const before = await inked();
      for (const isDown of [false, true]) {
        await page.keyboard.press(key);
        await page.keyboard.press("Escape");
        await blot(touch, [200, 600]);
        if (!isDown) await touch.up(30);
        await touch.pen("down", [60, 100], "right");
        await touch.pen("up", [60, 100], "right");
        if (isDown) await touch.up(30);
        expect(await inked(), key).toBe(before);
        expect(await inkedPlaces([110, 600], [200, 600], [290, 600]), key).toBe(3);
        // As if there was no pen so far.
        if ((await button.getAttribute("aria-pressed")) === "true") await button.click();
      }
      await page.keyboard.press("Control+z");
      expect(await inked(), key).toBe(0);
      expect(await hasUndo(), key).toBe(false);
    }
  });

  it("leaves nothing of what it moved, and what was selected is so again", async () => {
    await draw([100, 600], [300, 600]);
    await page.keyboard.press("v");
    await page.mouse.click(110, 600);
    const before = await inked();
    const selected = page.getByRole("button", { name: "Delete" });
    expect(await selected.isVisible()).toBe(true);
    await blot(touch, [200, 600]);
    expect(await inkedPlaces([105, 600])).toBe(0);
    await touch.up(30);
    // Another touch beside all there is takes the selection away.
    await touch.down([60, 300]);
    await touch.up(30);
    expect(await selected.isVisible()).toBe(false);
    await touch.pen("down", [60, 100], "right");
    await touch.pen("up", [60, 100], "right");
    expect(await inked()).toBe(before);
    expect(await inkedPlaces([105, 600], [295, 600])).toBe(2);
    expect(await selected.isVisible()).toBe(true);
    await page.keyboard.press("Control+z");
    expect(await inked()).toBe(0);
    expect(await hasUndo()).toBe(false);
  });

  it("leaves no text to type in, and the pen's own tap makes one where it is", async () => {
    await page.keyboard.press("t");
    await touch.down([200, 600]);
    await touch.up(30);
    const field = page.locator("#text-field");
    expect(await field.isVisible()).toBe(true);
    await touch.pen("down", [100, 300]);
    expect(await field.isVisible()).toBe(false);
    await touch.pen("up", [100, 300]);
    const { y } = (await field.boundingBox())!;
    expect(Math.abs(y - 300)).toBeLessThan(40);
    await page.keyboard.press("Escape");
    expect(await hasUndo()).toBe(false);
  });

  it("is none where a finger has drawn long before, or far", async () => {
    await blot(touch, [200, 600]);
    await touch.up();
    touch.rest(1000);
    await penLine(touch, [60, 200]);
    const button = page.getByRole("button", { name: "Fingers move the board" });
    await button.click();
    touch.rest(1000);
    await touch.down([60, 500]);
    await touch.moveTo([[260, 500]]);
    await touch.up();
    await penLine(touch, [60, 300]);
    expect(await inkedPlaces([210, 600], [150, 200], [150, 500], [150, 300])).toBe(4);
  });

  it("leaves nothing where it comes after the pen, which never comes back", async () => {
    await penLine(touch, [60, 200]);
    await page.getByRole("button", { name: "Fingers move the board" }).click();
    touch.rest(60);
    await blot(touch, [200, 600]);
    await touch.up(30);
    touch.breadth(PALM);
    await blot(touch, [200, 500]);
    await touch.up(30);
    expect(await inkedPlaces([210, 600], [210, 500])).toBe(0);
    touch.breadth(FINGERTIP);
    touch.rest(1000);
    await blot(touch, [200, 500]);
    await touch.up(30);
    expect(await inkedPlaces([210, 500])).toBe(1);
  });
});

describe("with a contact", () => {
  const { simulator, alice, bob, bobs } = useKeptMeeting();

  it("a palm's blot, and what its tap took back, is on neither side as soon as the pen is there", async () => {
    const touch = await createTouch(simulator.page);
    const { x, y } = (await bob.screen.boundingBox())!;
    const on = ([left, top]: Place): Place => [x + left, y + top];
    await bobs.drag([60, 320], [260, 320]);
    await allSee([alice, bob], [[150, 320]]);
    await blot(touch, on([200, 450]));
    await allSee([alice], [[210, 450]]);
    await touch.up(30);
    await penLine(touch, on([60, 200]));
    await allSee(
      [alice, bob],
      [
        [150, 320],
        [150, 200],
      ],
      [[210, 450]],
    );
    await simulator.samePixels(alice, bob);
    touch.rest(1000);
    await touch.down(on([100, 450]), on([200, 450]));
    await touch.up(50);
    await allSee([alice, bob], [[150, 320]], [[150, 200]]);
    touch.rest(100);
    await touch.pen("hover", on([60, 250]));
    await allSee(
      [alice, bob],
      [
        [150, 320],
        [150, 200],
      ],
    );
    await bobs.press("Control+z");
    await allSee([alice, bob], [[150, 320]], [[150, 200]]);
    expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(100);
  });
});

describe("where fingers move the board, a palm", () => {
  const { idle, inkMiddle, mouseDot, open, page, touch, zoomShown } = useGestureApp(useKeptApp());

  beforeEach(async () => {
    await open({ reducedMotion: "reduce" });
    touch.breadth(undefined);
    await mouseDot([200, 300]);
    await touch.pen("hover", [200, 320]);
  });

  const expectStill = async (): Promise<void> => {
    await idle();
    const [x, y] = await inkMiddle();
    expect(Math.hypot(x - 200, y - 300)).toBeLessThan(1);
    expect(await zoomShown()).toBeUndefined();
    expect(await page.locator("#show-all-button").isVisible()).toBe(false);
  };

  it("that hardly moves does not move it, however long, nor does one with two contacts", async () => {
    touch.rest(1000);
    await touch.down([180, 600]);
    await touch.moveTo([[200, 630]], 40);
    for (let i = 0; i < 4; i++) {
      touch.rest(1100);
      await touch.moveTo([[200 + 15 * i, 630]], 4);
    }
    await touch.up(30);
    await expectStill();
    touch.rest(1000);
    await touch.down([200, 600], [260, 640]);
    touch.rest(300);
    await touch.moveTo(
      [
        [212, 606],
        [270, 650],
      ],
      6,
    );
    await touch.up(30);
    await expectStill();
  });

  it("that comes while the pen is near or down does not, also when the pen has gone", async () => {
    touch.rest(60);
    await touch.down([200, 600]);
    await touch.moveTo([[230, 610]], 8);
    await touch.up(30);
    await expectStill();
    await touch.pen("hover", [200, 320]);
    await touch.down([200, 600]);
    await touch.pen("hover", [210, 320]);
    await touch.moveTo([[300, 700]]);
    await touch.up(100);
    await expectStill();
    await touch.pen("down", [60, 100], "right");
    await touch.down([200, 600]);
    await touch.pen("up", [60, 100], "right");
    await touch.moveTo([[300, 700]]);
    await touch.up(100);
    await expectStill();
  });

  it("that is broad does not, nor where it becomes so", async () => {
    touch.rest(1000);
    touch.breadth(PALM);
    await touch.down([200, 600]);
    await touch.moveTo([[300, 700]]);
    await touch.up(100);
    await expectStill();
    touch.breadth(FINGERTIP);
    await touch.down([200, 600]);
    await touch.moveTo([[212, 600]], 3);
    touch.breadth(PALM);
    await touch.moveTo([[300, 700]]);
    await touch.up(100);
    await expectStill();
  });

  it("is told from a finger that means it, and from two, which do", async () => {
    touch.rest(1000);
    touch.breadth(FINGERTIP);
    await touch.down([100, 500]);
    await touch.moveTo([[160, 580]]);
    await touch.up(100);
    const [x, y] = await inkMiddle();
    expect(Math.hypot(x - 260, y - 380)).toBeLessThan(3);
    await touch.pen("hover", [200, 320]);
    await touch.down([100, 500]);
    await touch.moveTo([[40, 420]]);
    await touch.up(100);
    const [left, top] = await inkMiddle();
    expect(Math.hypot(left - 200, top - 300)).toBeLessThan(3);
    touch.rest(1000);
    await touch.down([165, 400], [225, 400]);
    await touch.moveTo([
      [105, 400],
      [285, 400],
    ]);
    await touch.up(200);
    expect(await zoomShown()).toBe("300 %");
  });
});
