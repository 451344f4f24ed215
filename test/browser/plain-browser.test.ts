import { expect, it, onTestFinished } from "vitest";
import { ENGLISH } from "../../src/ui/words/strings.ts";
import { drawOn, openAlone } from "./alone.ts";
import { closeClean } from "./closing.ts";
import { readPicture } from "./picture.ts";
import { circle } from "./places.ts";
import { countInked } from "./state.ts";

it("the hand that the space bar holds open is gone when the window loses the keyboard", async () => {
  const app = await openAlone({});
  onTestFinished(() => closeClean(app));
  const page = await app.open();
  const hand = (): Promise<string | null> => page.locator("#stage").getAttribute("data-pan");
  await page.keyboard.down("Space");
  expect(await hand()).toBe("open");
  await page.evaluate(() => window.dispatchEvent(new Event("blur")));
  expect(await hand()).toBe("none");
});

it("without a messenger the app says so, two tabs share a board, and a reload keeps it", async () => {
  const app = await openAlone({ viewport: { width: 390, height: 700 } });
  onTestFinished(() => closeClean(app));
  const [one, two] = [await app.open(), await app.open()];
  await expect.poll(() => one.locator("body").textContent()).toContain(ENGLISH.noHost);
  expect(await one.locator(".selection-handle:visible").count()).toBe(0);

  const first = circle([195, 320], 90);
  await drawOn(one, first);
  await two.bringToFront();
  await expect.poll(() => countInked(two, first)).toBe(first.length);
  expect((await two.evaluate(readPicture)).inked).toBeGreaterThan(0);

  await one.close();
  const second = circle([195, 320], 40);
  await drawOn(two, second);
  await two.reload();
  const both = [...first, ...second];
  await expect.poll(() => countInked(two, both)).toBe(both.length);
  await two.close();
  const three = await app.open();
  await expect.poll(() => countInked(three, both)).toBe(both.length);
});

it("tabs take the browser's locks, and whoever comes when one is gone has its place", async () => {
  const app = await openAlone({});
  onTestFinished(() => closeClean(app));
  const one = await app.open();
  const places = (): Promise<(string | undefined)[]> =>
    one.evaluate(async () => (await navigator.locks.query()).held!.map(({ name }) => name));
  expect(await places()).toEqual(["inkmesh/browser-tab-1"]);
  const two = await app.open();
  await expect.poll(places).toEqual(["inkmesh/browser-tab-1", "inkmesh/browser-tab-2"]);
  await two.close();
  await expect.poll(places).toEqual(["inkmesh/browser-tab-1"]);
  await app.open();
  await expect.poll(places).toEqual(["inkmesh/browser-tab-1", "inkmesh/browser-tab-2"]);
});
