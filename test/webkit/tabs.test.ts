import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { circle } from "../browser/places.ts";
import { readPicture, type Picture } from "../browser/picture.ts";
import { untilIdle } from "../browser/state.ts";
import { ENGLISH } from "../../src/ui/words/strings.ts";
import { openWebKit, type AppTab, type WebKitApp } from "./app.ts";

/*
 * What tabs of one browser share, and what its storage keeps: each test goes on with the board of the
 * one before. A tab that is hidden gets nothing painted, so what both show is asked of one after the other.
 */
let app: WebKitApp;
let one: AppTab;
let two: AppTab;

beforeAll(async () => {
  app = await openWebKit();
  [one, two] = [await app.open(), await app.open()];
});
afterAll(() => app.close());
afterEach(async () => {
  for (const tab of [one, two]) expect(await tab.problems()).toEqual([]);
});

const first = circle([400, 320], 90);
const second = circle([400, 320], 40);

const digestOf = (tab: AppTab): Promise<string | undefined> =>
  tab.evaluate(() => document.documentElement.dataset["board"]);
async function pictureOf(tab: AppTab): Promise<Picture> {
  await untilIdle(tab);
  return tab.evaluate(readPicture);
}

it("what either draws, both show, to the pixel", async () => {
  await expect.poll(() => one.evaluate(() => document.body.textContent)).toContain(ENGLISH.noHost);
  await one.drag("mouse", ...first);
  await two.shows(first);
  await two.drag("mouse", ...second);
  await two.press("t");
  await two.tap([200, 200]);
  await two.type("to both");
  await two.press("Escape");
  await one.shows([...first, ...second]);
  await expect.poll(async () => (await digestOf(one)) === (await digestOf(two))).toBe(true);
  expect(await pictureOf(one)).toEqual(await pictureOf(two));
});

it("each takes back what is its own", async () => {
  await one.press("Control+z");
  await one.shows(second, first.slice(0, 12));
  await two.shows(second, first.slice(0, 12));
  await one.press("Control+y");
  await two.shows([...first, ...second]);
});

it("a reload keeps the board, to the pixel", async () => {
  const before = await pictureOf(two);
  await two.reload();
  await two.shows([...first, ...second]);
  expect(await pictureOf(two)).toEqual(before);
});

it("a reload keeps it where no other tab could bring it, what was drawn just before included", async () => {
  await one.close();
  const third = circle([400, 320], 130);
  await two.press("p");
  await two.drag("mouse", ...third);
  await two.reload();
  await two.shows([...first, ...second, ...third]);
  one = await app.open();
  await one.shows([...first, ...second, ...third]);
});
