import { afterAll, expect, it } from "vitest";
import { storedBoard } from "../bench/stored-board.ts";
import { openAlone } from "./alone.ts";
import type { AloneApp } from "./alone.ts";
import { closeClean } from "./closing.ts";
import { untilIdle, untilReady } from "./state.ts";

/*
 * A long board that a page of its own has stored, opened in a real browser.
 */

const COUNT = 4000;

let app: AloneApp | undefined;
afterAll(async () => {
  if (app) await closeClean(app);
});

/** Before the page's own script: notes what is said of the page when ink is laid on the canvas first. */
function noteFirstInk(): void {
  const { prototype } = CanvasRenderingContext2D;
  const { fill, stroke, drawImage } = prototype;
  let isInked = false;
  for (const [name, paint] of Object.entries({ fill, stroke })) {
    const noted = function noted(this: CanvasRenderingContext2D, ...args: never): void {
      isInked = true;
      paint.apply(this, args);
    };
    Object.assign(prototype, { [name]: noted });
  }
  prototype.drawImage = function noted(this: CanvasRenderingContext2D, ...args: never): void {
    drawImage.apply(this, args);
    if (!isInked || this.canvas.id !== "cached-ink") return;
    Object.assign(prototype, { fill, stroke, drawImage });
    const zoom = document.getElementById("zoom-button")?.textContent;
    Object.assign(window, { firstInk: { phase: document.documentElement.dataset["phase"], zoom } });
  };
}

/** Before the page's own script: notes what is in the bar when the task in which the script has run is nearly over. */
function noteLoad(): void {
  const note = (): unknown =>
    Object.assign(window, { atLoad: document.getElementById("bar")!.childElementCount });
  document.addEventListener("DOMContentLoaded", () => window.addEventListener("load", note));
}

/** Before the page's own script: notes who asks the browser how a language writes its numbers. */
function noteNumbers(): void {
  const asked: unknown[] = [];
  const construct = (made: typeof Intl.NumberFormat, args: [string]): Intl.NumberFormat => {
    asked.push(args[0]);
    return new made(...args);
  };
  Intl.NumberFormat = new Proxy(Intl.NumberFormat, { construct });
  Object.assign(window, { asked });
}

it("does not wait until the browser has read how a language writes its numbers", async () => {
  const own = await openAlone({ viewport: { width: 390, height: 844 }, locale: "de" });
  await own.context.addInitScript(noteNumbers);
  const page = await own.open();
  await untilIdle(page);
  const asked = (): Promise<unknown> => page.evaluate(() => (window as unknown as { asked: unknown }).asked);
  expect(await asked()).toEqual([]);
  await page.evaluate(() => new Intl.NumberFormat("de"));
  expect(await asked()).toEqual(["de"]);
  await closeClean(own);
});

it("begins in a task of its own, after that in which the script is read", async () => {
  const own = await openAlone({ viewport: { width: 390, height: 844 } });
  const page = await own.open();
  await page.addInitScript(noteLoad);
  await page.reload();
  await untilReady(page);
  const { atLoad, now } = await page.evaluate(() => ({
    atLoad: (window as unknown as { atLoad: number }).atLoad,
    now: document.getElementById("bar")!.childElementCount,
  }));
  expect(now).toBeGreaterThan(0);
  expect(atLoad).toBe(0);
  await closeClean(own);
});

it("shows the first ink of a long board before all of it is loaded, where it stays", async () => {
  app = await openAlone({ viewport: { width: 390, height: 844 } });
  const page = await app.open();
  await page.evaluate((values) => Object.assign(localStorage, values), storedBoard(COUNT));
  await page.addInitScript(noteFirstInk);
  await page.reload();
  await untilReady(page);
  await untilIdle(page);
  const first = await page.evaluate(() => (window as unknown as { firstInk: unknown }).firstInk);
  const zoom = await page.evaluate(() => document.getElementById("zoom-button")?.textContent);
  expect(zoom).not.toBe("100 %");
  expect(first).toEqual({ phase: "loading", zoom });
});
