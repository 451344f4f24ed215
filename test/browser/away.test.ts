/*
 * What a contact drew while one was away: it draws itself in when the app is opened, says so in one line, and is never
 * in anybody's way.
 */
import type { Frame } from "playwright-core";
import { describe, expect, it } from "vitest";
import { handsOn } from "./hands.ts";
import { useKeptSimulator } from "./kept-simulator.ts";
import { areInked, type Place } from "./picture.ts";
import { declineName } from "./meeting.ts";
import type { SimulatorOptions } from "./simulator.ts";

const OPTIONS: SimulatorOptions = { search: "latency=50&jitter=0", context: { hasTouch: true } };
const { simulator, alice, bob, open, closeAfter } = useKeptSimulator(async (opened) => {
  expect(opened.simulator.problems()).toEqual([]);
  expect(
    (await opened.simulator.loggedProblems()).filter((text) => !text.includes("is not defined")),
  ).toEqual([]);
});

/** The middles of lines across the board, from above. */
const LINES: readonly Place[] = Array.from({ length: 10 }, (_, i): Place => [180, 130 + 30 * i]);
const HERS: Place = [180, 100];

/** With so many corners that all of them take a few seconds to play: a busy machine looks rarely. */
const across = ([, y]: Place): Place[] =>
  Array.from({ length: 41 }, (_, i): Place => [80 + 5 * i, y + [0, 5, 0, -5][i % 4]!]);

/** Both have been there, and Alice has left, with one line of hers on the board; Bob draws so many more. */
async function drawWhileAway(count = LINES.length, options: SimulatorOptions = OPTIONS): Promise<void> {
  await open(options);
  for (const phone of [alice, bob]) await declineNameOnce(phone);
  await alice.draw(across(HERS));
  await simulator.boardsEqual();
  await alice.saved();
  await alice.press("Back");
  for (const line of LINES.slice(0, count)) await bob.draw(across(line));
}

async function declineNameOnce(phone: typeof alice): Promise<void> {
  const app = await phone.frame();
  if ((await app.locator('.notice[data-kind="name"]').count()) > 0) await declineName(phone);
}

async function comeBack(): Promise<Frame> {
  await alice.press("Open");
  await alice.screen.waitFor();
  return alice.frame();
}

/** How many lines are seen at this moment, whether or not the picture is still. */
async function seen(app: Frame, lines: readonly Place[] = LINES): Promise<number> {
  const isThere = await app.evaluate(() => (document.querySelector("canvas")?.width ?? 0) > 300);
  return isThere ? (await app.evaluate(areInked, lines)).filter(Boolean).length : 0;
}

/** How many lines are seen, from one look to the next, until all are. */
async function watch(app: Frame): Promise<readonly number[]> {
  const counts: number[] = [];
  await expect
    .poll(
      async () => {
        counts.push(await seen(app));
        return counts.at(-1);
      },
      { interval: 40 },
    )
    .toBe(LINES.length);
  return counts;
}

const lineOf = (app: Frame) => app.locator('.notice[data-kind="away"]');
const says = (app: Frame): Promise<string | null> => lineOf(app).locator("p").textContent();
const pageOf = (app: Frame): Promise<string | null> =>
  app.locator("#pages-button").getAttribute("aria-label");
/** At once: the line does not stay for long. */
const pressAgain = (app: Frame): Promise<void> =>
  lineOf(app)
    .locator("button")
    .evaluate((button: HTMLElement) => button.click());
const TOLD = "BobHs8Kq… drew 10 strokes while you were away";

/** Some were seen and not all, more and more. */
function expectPlayed(counts: readonly number[]): void {
  expect(counts.filter((count) => count > 0 && count < LINES.length).length).toBeGreaterThan(0);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
}

describe("what a contact drew while one was away", () => {
  it("draws itself in, is told in one line, and is the same picture; a tap plays it again", async () => {
    await drawWhileAway();
    const app = await comeBack();
    expectPlayed(await watch(app));
    await simulator.samePixels(alice, bob);
    expect(await says(app)).toBe(TOLD);
    expect(await lineOf(app).locator("button").textContent()).toBe("See again");
    // Once, in the one region that is read aloud.
    expect(await app.locator("#news").textContent()).not.toContain("drew");
    await pressAgain(app);
    await expect.poll(() => seen(app), { interval: 20 }).toBeLessThan(LINES.length);
    expectPlayed(await watch(app));
    await app.locator("#show-all-button").evaluate((button: HTMLElement) => button.click());
    await simulator.samePixels(alice, bob);
    expect(await lineOf(app).count()).toBe(0);
  });

  it("is all there at the first touch, which draws from its first point on", async () => {
    await drawWhileAway();
    const app = await comeBack();
    await expect.poll(() => seen(app), { interval: 20 }).toBeGreaterThan(0);
    const own: Place = [180, 500];
    const hands = handsOn(simulator, alice, "touch");
    await hands.start([80, 500]);
    await hands.moveOn([280, 500]);
    await hands.lift();
    await simulator.boardsEqual();
    expect(await alice.inkedPlaces([...LINES, own, [82, 500], [278, 500]])).toBe(LINES.length + 3);
    await simulator.samePixels(alice, bob);
    await expect.poll(() => says(app)).toBe(TOLD);
  });

  it("is all there at the first key, which does what it does", async () => {
    await drawWhileAway();
    const app = await comeBack();
    await expect.poll(() => seen(app), { interval: 20 }).toBeGreaterThan(0);
    await handsOn(simulator, alice).press("m");
    expect(await alice.inkedPlaces(LINES)).toBe(LINES.length);
    expect(await app.locator("html").getAttribute("data-tool")).toBe("marker");
  });

  it("is told to who comes back, and not again after another opening", async () => {
    await drawWhileAway(2);
    const app = await comeBack();
    await expect.poll(() => says(app)).toBe("BobHs8Kq… drew 2 strokes while you were away");
    await alice.saved();
    await alice.press("Back");
    await bob.draw(across([180, 480]));
    const again = await comeBack();
    await expect.poll(() => says(again)).toBe("BobHs8Kq… drew 1 stroke while you were away");
  });

  it("does not play where the settings say so, and is told all the same", async () => {
    await open(OPTIONS);
    closeAfter();
    const before = await alice.frame();
    await handsOn(simulator, alice).press("s");
    await before.getByRole("switch", { name: "Replay what I missed" }).click();
    await handsOn(simulator, alice).press("Escape");
    await drawWhileAway();
    const app = await comeBack();
    const counts = await watch(app);
    expect(counts.filter((count) => count > 0 && count < LINES.length).length).toBeLessThanOrEqual(1);
    await expect.poll(() => says(app)).toBe(TOLD);
    await pressAgain(app);
    await expect.poll(() => seen(app), { interval: 20 }).toBeLessThan(LINES.length);
  });

  it("does not play where motion is reduced: the line leads to where it is", async () => {
    const context = { ...OPTIONS.context, reducedMotion: "reduce" } as const;
    await drawWhileAway(LINES.length, { ...OPTIONS, context });
    const app = await comeBack();
    const counts = await watch(app);
    expect(counts.filter((count) => count > 0 && count < LINES.length).length).toBeLessThanOrEqual(1);
    await expect.poll(() => says(app)).toBe(TOLD);
    const { x, y } = (await alice.screen.boundingBox())!;
    await simulator.page.mouse.move(x + 180, y + 320);
    await simulator.page.mouse.wheel(0, 2000);
    await expect.poll(() => seen(app), { interval: 20 }).toBe(0);
    await pressAgain(app);
    await expect.poll(() => alice.picture().then(({ inked }) => inked)).toBeGreaterThan(0);
    await app.locator("#show-all-button").evaluate((button: HTMLElement) => button.click());
    await simulator.samePixels(alice, bob);
  });

  it("on pages that are not shown is told too, and a tap goes there", async () => {
    await open(OPTIONS);
    closeAfter();
    await drawWhileAway(2);
    const bobs = handsOn(simulator, bob);
    const his = await bob.frame();
    await bobs.press("k");
    await his.locator("#add-page").click();
    await expect.poll(() => pageOf(his)).toContain("Page 2 of 2");
    for (const line of LINES) await bob.draw(across(line));
    const app = await comeBack();
    await expect.poll(() => says(app)).toBe("BobHs8Kq… drew 12 strokes on 2 pages while you were away");
    await pressAgain(app);
    await expect.poll(() => lineOf(app).locator("button").textContent()).toBe("Go there");
    await pressAgain(app);
    await expect.poll(() => pageOf(app)).toContain("Page 2 of 2");
    expectPlayed(await watch(app));
    expect(await lineOf(app).count()).toBe(0);
    await simulator.samePixels(alice, bob);
  });
});
