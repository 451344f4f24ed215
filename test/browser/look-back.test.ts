import { source } from "axe-core";
import type * as AxeCore from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { drawOn } from "./alone.ts";
import { closeClean } from "./closing.ts";
import { useApp } from "./fixture.ts";
import { allSee, meet } from "./meeting.ts";
import { seesThen } from "./past-picture.ts";
import type { Place } from "./picture.ts";

const [FIRST, SECOND, THIRD]: readonly [Place, Place, Place] = [
  [180, 150],
  [180, 250],
  [180, 350],
];
const across = ([, y]: Place): readonly [Place, Place] => [
  [80, y],
  [300, y],
];
const says = (page: Page): Promise<string | null> => page.locator("#look-back-words").textContent();
const place = (page: Page): Promise<string> => page.locator("#look-back-slider").inputValue();
const bringBack = (page: Page) => page.locator("#look-back-bring-back");

/** What begins within a sixteenth of a second is one step of the past; no hand is as quick as a test. */
const later = async (page: Page): Promise<void> => {
  const from = await page.evaluate(() => performance.now());
  await page.waitForFunction((then) => performance.now() - then > 130, from);
};

/** What a screen reader says of the slider. */
const readAloud = (page: Page): Promise<string | null> =>
  page.locator("#look-back-slider").getAttribute("aria-valuetext");

describe("looking back", () => {
  const { page, touch, open, draw, inkedPlaces } = useApp();

  /** Three strokes, the second of which is erased. */
  async function openDrawn(): Promise<void> {
    await open();
    for (const at of [FIRST, SECOND, THIRD]) {
      await draw(...across(at));
      await later(page);
    }
    await page.keyboard.press("e");
    await draw([180, 230], [180, 270]);
    await later(page);
    await page.keyboard.press("p");
    expect(await inkedPlaces(FIRST, SECOND, THIRD)).toBe(2);
  }

  async function lookBack(): Promise<void> {
    await page.locator("#menu-button").click();
    await page.locator("#look-back-button").click();
    await page.locator("#look-back").waitFor();
  }

  it("begins as the board is, and shows by the slider what was erased as it was", async () => {
    await openDrawn();
    await lookBack();
    expect(await place(page)).toBe("4");
    await seesThen(page, [FIRST, THIRD], [SECOND]);
    const track = (await page.locator("#look-back-slider").boundingBox())!;
    const at = (part: number): Place => [track.x + track.width * part, track.y + track.height / 2];
    await page.mouse.move(...at(0.97));
    await page.mouse.down();
    await page.mouse.move(...at(0.74), { steps: 4 });
    await seesThen(page, [FIRST, SECOND, THIRD]);
    await page.mouse.move(...at(0.26), { steps: 4 });
    await page.mouse.up();
    await seesThen(page, [FIRST], [SECOND, THIRD]);
    expect(await place(page)).toBe("1");
    expect(await says(page)).toMatch(/^You drew, \w+ \d/u);
    // The board of now is as it was.
    await page.locator("#look-back-now").click();
    await page.locator("#look-back").waitFor({ state: "detached" });
    expect(await inkedPlaces(FIRST, SECOND, THIRD)).toBe(2);
  });

  it("goes by keys, says aloud where it is, and Escape returns to the board", async () => {
    await openDrawn();
    await page.keyboard.press("y");
    await page.locator("#look-back").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("look-back-slider");
    await page.keyboard.press("ArrowLeft");
    await seesThen(page, [FIRST, SECOND, THIRD]);
    expect(await readAloud(page)).toMatch(/^You drew, .*, 3 of 4$/u);
    await page.keyboard.press("Home");
    await seesThen(page, [], [FIRST, SECOND, THIRD]);
    expect(await readAloud(page)).toBe("Before the first stroke, 0 of 4");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await seesThen(page, [FIRST, SECOND], [THIRD]);
    await expect.poll(() => page.locator("#news").textContent()).toMatch(/^You drew, /u);
    await page.keyboard.press("End");
    expect(await readAloud(page)).toMatch(/^You erased something, .*, 4 of 4$/u);
    await page.keyboard.press("Escape");
    await page.locator("#look-back").waitFor({ state: "detached" });
    // The keys are the board's again.
    await page.keyboard.press("Control+z");
    await expect.poll(() => inkedPlaces(FIRST, SECOND, THIRD)).toBe(3);
  });

  it("plays to the end, stops on demand, and is as fast as one wants", async () => {
    await openDrawn();
    await page.keyboard.press("y");
    await page.locator("#look-back").waitFor();
    const play = page.locator("#look-back-play");
    for (const speed of ["4×", "16×", "60×"]) {
      await page.locator("#look-back-speed").click();
      expect(await page.locator("#look-back-speed").textContent()).toBe(speed);
    }
    await play.click();
    await expect.poll(() => place(page)).toBe("4");
    await expect.poll(() => play.getAttribute("aria-label")).toBe("Play");
    await seesThen(page, [FIRST, THIRD], [SECOND]);
    await page.locator("#look-back-speed").click();
    await page.keyboard.press(" ");
    expect(await play.getAttribute("aria-label")).toBe("Pause");
    await page.keyboard.press(" ");
    expect(await play.getAttribute("aria-label")).toBe("Play");
    expect(Number(await place(page))).toBeLessThan(4);
  });

  it("brings back all that is gone of a moment, which one press takes away again", async () => {
    await openDrawn();
    await page.keyboard.press("y");
    await page.locator("#look-back").waitFor();
    await expect.poll(() => bringBack(page).textContent()).toBe("Nothing of this is gone");
    expect(await bringBack(page).getAttribute("aria-disabled")).toBe("true");
    await page.locator("#look-back-earlier").click();
    await expect.poll(() => bringBack(page).textContent()).toBe("Bring back 1 thing");
    await bringBack(page).click();
    await page.locator("#look-back").waitFor({ state: "detached" });
    const notice = page.locator('.notice[data-kind="history"]');
    expect(await notice.textContent()).toContain("1 thing is back");
    await expect.poll(() => inkedPlaces(FIRST, SECOND, THIRD)).toBe(3);
    await notice.locator("button").click();
    await expect.poll(() => inkedPlaces(FIRST, SECOND, THIRD)).toBe(2);
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => inkedPlaces(FIRST, SECOND, THIRD)).toBe(3);
    await page.keyboard.press("Control+z");
    await expect.poll(() => inkedPlaces(FIRST, SECOND, THIRD)).toBe(2);
  });

  it("brings back what one taps of it", async () => {
    await openDrawn();
    await page.keyboard.press("e");
    await draw([180, 130], [180, 170]);
    await page.keyboard.press("y");
    await page.locator("#look-back").waitFor();
    for (const _ of [1, 2]) await page.keyboard.press("ArrowLeft");
    await expect.poll(() => bringBack(page).textContent()).toBe("Bring back 2 things");
    await page.mouse.click(...SECOND);
    expect(await page.locator(".past-frame").count()).toBe(1);
    expect(await bringBack(page).textContent()).toBe("Bring back 1 thing");
    await bringBack(page).click();
    await expect.poll(() => inkedPlaces(SECOND, THIRD)).toBe(2);
    expect(await inkedPlaces(FIRST)).toBe(0);
  });

  it("brings back what one circles of it, with the lasso in the hand; two fingers move the board", async () => {
    await openDrawn();
    await page.keyboard.press("e");
    await draw([180, 130], [180, 170]);
    await page.keyboard.press("y");
    await page.locator("#look-back").waitFor();
    for (const _ of [1, 2]) await page.keyboard.press("ArrowLeft");
    await seesThen(page, [FIRST, SECOND, THIRD]);
    const lasso = page.locator("#look-back-lasso");
    expect(await lasso.getAttribute("aria-pressed")).toBe("false");
    await lasso.click();
    expect(await lasso.getAttribute("aria-pressed")).toBe("true");
    const frames = page.locator(".past-frame");
    await draw([60, 120], [330, 120], [330, 180], [60, 180]);
    await expect.poll(() => frames.count()).toBe(1);
    // What comes into it besides is chosen too, also of what is on the board still.
    await draw([60, 220], [330, 220], [330, 380], [60, 380]);
    await expect.poll(() => frames.count()).toBe(3);
    const top = async (): Promise<number> => (await frames.first().boundingBox())!.y;
    const before = await top();
    await touch.down([150, 500], [250, 500]);
    await touch.moveTo(
      [
        [150, 560],
        [250, 560],
      ],
      5,
    );
    await touch.up(300);
    await expect.poll(top).toBeGreaterThan(before + 30);
    expect(await frames.count()).toBe(3);
    await page.keyboard.press("v");
    expect(await lasso.getAttribute("aria-pressed")).toBe("false");
    await bringBack(page).click();
    await expect.poll(() => inkedPlaces(FIRST, SECOND, THIRD)).toBe(3);
  });

  it("is moved and zoomed like the board, and no tool changes anything", async () => {
    await openDrawn();
    await page.keyboard.press("y");
    await page.locator("#look-back").waitFor();
    await seesThen(page, [FIRST, THIRD], [SECOND]);
    await drawOn(page, [
      [200, 500],
      [200, 560],
    ]);
    await seesThen(page, [
      [180, 210],
      [180, 410],
    ]);
    for (const key of ["e", "Control+a", "Delete", "Control+z", "Control+v", "t"])
      await page.keyboard.press(key);
    await page.keyboard.press("1");
    await page.mouse.wheel(0, 40);
    await page.keyboard.press("Escape");
    expect(await inkedPlaces(FIRST, SECOND, THIRD)).toBe(2);
    expect(await page.locator("html").getAttribute("data-tool")).toBe("pen");
  });

  it("is moved by fingers, and a tap of one chooses", async () => {
    await openDrawn();
    await lookBack();
    await page.locator("#look-back-earlier").click();
    await seesThen(page, [FIRST, SECOND, THIRD]);
    await touch.down(SECOND);
    await touch.up();
    await expect.poll(() => page.locator(".past-frame").count()).toBe(1);
    const top = async (): Promise<number> => (await page.locator(".past-frame").boundingBox())!.y;
    const before = await top();
    await touch.down([200, 500]);
    await touch.moveTo([[200, 600]], 5);
    // Let go of in motion it would coast on.
    await touch.up(300);
    await expect.poll(top).toBeGreaterThan(before + 50);
    await seesThen(page, [], [FIRST]);
    await bringBack(page).click();
    await expect.poll(() => inkedPlaces(FIRST, SECOND, THIRD)).toBe(3);
  });

  it("says where there is nothing to look back at, and the help says what is not known", async () => {
    await open();
    await page.keyboard.press("y");
    await expect
      .poll(() => page.locator(".notice").allTextContents())
      .toContain("Nothing has been drawn here yet.");
    expect(await page.locator("#look-back").count()).toBe(0);
    await page.keyboard.press("?");
    const help = page.locator('[data-section="memory"]');
    expect(await help.textContent()).toContain("is not known");
  });

  it("runs the other way where people read so", async () => {
    await open({ locale: "ar" });
    for (const at of [FIRST, SECOND]) {
      await draw(...across(at));
      await later(page);
    }
    await page.keyboard.press("y");
    await page.locator("#look-back").waitFor();
    await page.keyboard.press("ArrowRight");
    await seesThen(page, [FIRST], [SECOND]);
    await page.keyboard.press("ArrowLeft");
    await seesThen(page, [FIRST, SECOND]);
    expect(await place(page)).toBe("2");
  });

  it.each(["light", "dark"] as const)("axe-core finds nothing, %s", async (colorScheme) => {
    await open({ colorScheme, reducedMotion: "reduce" });
    for (const at of [FIRST, SECOND]) await draw(...across(at));
    await page.keyboard.press("y");
    await page.locator("#look-back").waitFor();
    await page.evaluate(source);
    const findings = (): Promise<string[]> =>
      page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: typeof AxeCore }).axe.run();
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      });
    expect(await findings()).toEqual([]);
    await page.locator("#look-back-play").click();
    expect(await findings()).toEqual([]);
  });
});

it("what a contact draws meanwhile goes on arriving, and is there on return; who did what has their names", async () => {
  const { simulator, alice, bob, alices, bobs } = await meet();
  onTestFinished(() => closeClean(simulator));
  await alices.drag(...across(FIRST));
  await bobs.drag(...across(SECOND));
  await allSee([alice, bob], [FIRST, SECOND]);
  await alices.press("y");
  const frame = await alice.frame();
  await frame.locator("#look-back").waitFor();
  await seesThen(frame, [FIRST, SECOND], [THIRD]);
  // Which came first within a minute nobody knows.
  const told = async (): Promise<string> => (await frame.locator("#look-back-words").textContent()) ?? "";
  const last = await told();
  await alices.press("ArrowLeft");
  await expect.poll(told).not.toBe(last);
  const words = [last, await told()].sort();
  await alices.press("ArrowRight");
  expect(words.filter((each) => each.startsWith("You drew, ")).length).toBe(1);
  expect(words.filter((each) => /^(?!You|Somebody)\S+ drew, /u.test(each)).length).toBe(1);
  expect(await frame.locator("#look-back-slider").getAttribute("style")).toMatch(
    /#\w{6} 0.00% 50.00%, #\w{6} 50.00%/u,
  );
  await bobs.drag(...across(THIRD));
  await simulator.boardsEqual();
  await seesThen(frame, [FIRST, SECOND], [THIRD]);
  await alices.press("Escape");
  await frame.locator("#look-back").waitFor({ state: "detached" });
  await allSee([alice, bob], [FIRST, SECOND, THIRD]);
});

it("who did what has names also when the app was closed since, and the contact is not there", async () => {
  const { simulator, alice, bob, alices, bobs } = await meet();
  onTestFinished(() => closeClean(simulator));
  await alices.drag(...across(FIRST));
  await bobs.drag(...across(SECOND));
  await allSee([alice, bob], [FIRST, SECOND]);
  await bob.press("Back");
  await alice.saved();
  await alice.press("Reopen");
  await alice.ready();
  await alices.press("y");
  const frame = await alice.frame();
  await frame.locator("#look-back").waitFor();
  const told = async (): Promise<string> => (await frame.locator("#look-back-words").textContent()) ?? "";
  const last = await told();
  await alices.press("ArrowLeft");
  await expect.poll(told).not.toBe(last);
  const words = [last, await told()].sort();
  expect(words.filter((each) => each.startsWith("You drew, ")).length).toBe(1);
  expect(words.filter((each) => /^(?!You|Somebody)\S+ drew, /u.test(each)).length).toBe(1);
});

it("who takes another name meanwhile is called by it", async () => {
  const { simulator, alice, bob, alices, bobs } = await meet();
  onTestFinished(() => closeClean(simulator));
  await bobs.drag(...across(FIRST));
  await allSee([alice, bob], [FIRST]);
  await alices.press("y");
  const frame = await alice.frame();
  await frame.locator("#look-back").waitFor();
  const words = (): Promise<string | null> => frame.locator("#look-back-words").textContent();
  expect(await words()).toMatch(/^(?!Somebody|Zoe)\S+ drew, /u);
  const bobsFrame = await bob.frame();
  await bobsFrame.locator("#menu-button").click();
  await bobsFrame.locator("#settings-button").click();
  await bobsFrame.locator("#own-name").fill("Zoe");
  await bobsFrame.locator("#own-name").press("Enter");
  await expect.poll(words).toMatch(/^Zoe drew, /u);
  expect(await frame.locator("#look-back-slider").getAttribute("aria-valuetext")).toMatch(/^Zoe drew, /u);
});
