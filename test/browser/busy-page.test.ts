/* What a hand does while the page is busy: the page hears of it later, and judges it by its own times. */
import { describe, expect, it } from "vitest";
import { busyAfterPress, whileBusy } from "./busy-page.ts";
import { useGestureApp } from "./gesture-app.ts";
import { clearBoard } from "./clear-board.ts";
import { canStep } from "./hands.ts";
import type { Place } from "./picture.ts";
import { circle } from "./places.ts";
import { countInked } from "./state.ts";

const { draw, idle, open, page, touch, inked, inkedPlaces } = useGestureApp();

const LINE: readonly Place[] = Array.from({ length: 11 }, (_, i) => [60 + 12 * i, 300]);
/** Goes round and comes back to where the line ends. */
const LOOP: readonly Place[] = circle([180, 240], 60);

async function startLine(): Promise<void> {
  await page.mouse.move(...LINE[0]!);
  await page.mouse.down();
  for (const place of LINE) await page.mouse.move(...place);
}

async function goRound(): Promise<void> {
  for (const place of LOOP) await page.mouse.move(...place);
}

describe("on a busy page", () => {
  it("what is drawn stays ink, and undo takes it back", async () => {
    await open();
    await startLine();
    await whileBusy(page, goRound);
    await page.mouse.up();
    expect(await inkedPlaces(...LOOP, [100, 300])).toBe(LOOP.length + 1);
    await page.keyboard.press("Control+z");
    expect(await inked()).toBe(0);
    expect(await canStep(page, "undo")).toBe(false);
  });

  it("a line that was lifted in time is no shape, however late the page hears of it", async () => {
    await open();
    const slanted = LINE.map(([x]): Place => [x, 300 + x / 24]);
    await touch.pen("down", slanted[0]!);
    for (const place of slanted.slice(1, -1)) await touch.pen("move", place);
    await whileBusy(page, () =>
      Promise.all([touch.pen("move", slanted.at(-1)!), touch.pen("up", slanted.at(-1)!)]),
    );
    // What is meant to be level ends as high as it begins.
    expect(await inkedPlaces(slanted.at(-1)!)).toBe(1);
  });

  it("a pen's loop stays", async () => {
    await open();
    await touch.pen("down", LINE[0]!);
    for (const place of LINE) await touch.pen("move", place);
    await whileBusy(page, () =>
      Promise.all([...LOOP.map((place) => touch.pen("move", place)), touch.pen("up", LOOP.at(-1)!)]),
    );
    expect(await inkedPlaces(...LOOP, [100, 300])).toBe(LOOP.length + 1);
  });

  it("a finger's loop stays", async () => {
    await open();
    await touch.down(LINE[0]!);
    await touch.moveTo([LINE.at(-1)!]);
    await whileBusy(page, async () => {
      for (const place of LOOP) await touch.moveTo([place], 1);
    });
    await touch.up();
    expect(await inkedPlaces(...LOOP, [100, 300])).toBe(LOOP.length + 1);
  });

  it("a click on a tool is a click, and no holding", async () => {
    await open();
    const box = (await page.locator("#shape-button").boundingBox())!;
    await busyAfterPress(page);
    await touch.down([box.x + 20, box.y + 20]);
    await touch.up();
    await idle();
    expect(await page.locator("html").getAttribute("data-tool")).toBe("line");
    expect(await page.locator("#panel-shape").isVisible()).toBe(false);
  });

  it("a press on a notice that was made in time is not too late", async () => {
    await open();
    await page.clock.install();
    await draw(...LOOP);
    await page.clock.pauseAt(Date.now() + 600_000);
    await clearBoard(page);
    const undo = page.locator('.notice[data-kind="clear"]').getByRole("button", { name: "Undo" });
    // The time of the notice is over all at once, as on a page that was busy.
    await page.clock.fastForward(10_500);
    await undo.click({ timeout: 5_000 });
    await page.clock.runFor(1000);
    expect(await countInked(page, LOOP)).toBe(LOOP.length);
  });
});
