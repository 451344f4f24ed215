import { source } from "axe-core";
import type * as AxeCore from "axe-core";
import type { Frame, Locator } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { closeClean } from "./closing.ts";
import { circle, wave } from "./places.ts";
import {
  openSimulator,
  type SimulatedPhone,
  type SimulatorOptions,
  type SimulatorPage,
} from "./simulator.ts";

const WAVE = wave([60, 220], 200, 40);
const CIRCLE = circle([160, 330], 50);
const QUESTION = '.notice[data-kind="carry"]';

let simulator: SimulatorPage;
let alice: SimulatedPhone;
let bob: SimulatedPhone;
let carol: SimulatedPhone;

afterEach(async () => {
  await closeClean(simulator);
});

/** Alice and Bob have drawn with one another; then all three open the app in one session. */
async function openGroup(options: SimulatorOptions = {}): Promise<void> {
  simulator = await openSimulator({
    search: "phones=3&latency=50&jitter=0",
    // All three beside one another.
    context: { viewport: { width: 1600, height: 860 } },
    ...options,
  });
  [alice, bob, carol] = [simulator.phone("Alice"), simulator.phone("Bob"), simulator.phone("Carol")];
  for (const phone of [alice, bob]) await phone.ready();
  await alice.draw(WAVE);
  await expect.poll(() => bob.inkedPlaces(WAVE)).toBe(WAVE.length);
  for (const phone of [alice, bob]) await phone.saved();
  await simulator.page.locator("#gather").click();
  for (const phone of [alice, bob, carol]) await phone.ready();
}

async function questionOn(phone: SimulatedPhone): Promise<{ app: Frame; question: Locator }> {
  const app = await phone.frame();
  const question = app.locator(QUESTION);
  await question.waitFor();
  return { app, question };
}

describe("a board whose people have become more", () => {
  it("is copied where one of them says so, and shown to who was not there only then", async () => {
    await openGroup();
    const { question } = await questionOn(alice);
    expect(await question.locator("p").textContent()).toMatch(
      /^You have a drawing with BobHs8Kq….* CaroLp7Z… will see it\.$/u,
    );
    await carol.draw(CIRCLE);
    await expect.poll(() => alice.inkedPlaces(CIRCLE)).toBe(CIRCLE.length);
    for (const phone of [alice, bob, carol]) expect(await phone.inkedPlaces(WAVE)).toBe(0);
    expect(await (await carol.frame()).locator(QUESTION).count()).toBe(0);

    const bring = question.getByRole("button", { name: "Bring it" });
    const field = await nameField(bob);
    await bring.focus();
    // As if typed, but for the focus: of all frames of a page only one has it.
    await field.evaluate((input: HTMLInputElement) => {
      input.value = "Bob";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await expect.poll(() => question.locator("p").textContent()).toContain("a drawing with Bob.");
    expect(await bring.evaluate((button) => button === document.activeElement)).toBe(true);
    await bring.click();
    for (const phone of [alice, bob, carol]) {
      await expect.poll(() => phone.inkedPlaces(WAVE)).toBe(WAVE.length);
      expect(await phone.inkedPlaces(CIRCLE)).toBe(CIRCLE.length);
    }
    expect(await question.count()).toBe(0);
    expect((await simulator.samePixels(alice, bob, carol)).inked).toBeGreaterThan(0);
  });

  it("waits for an answer by keyboard on a narrow screen, and is not asked about again after a no", async () => {
    await openGroup({ screen: { width: 320, height: 568 } });
    const { app, question } = await questionOn(alice);
    const buttons = question.getByRole("button");
    expect(await buttons.allTextContents()).toEqual(["Bring it", "Leave it there"]);
    // It rises for a moment, in which it is smaller.
    for (const each of [question, buttons.first(), buttons.last()]) {
      await expect.poll(() => each.evaluate(placeOf)).toEqual({ isInside: true, isTouchable: true });
    }
    const group = app.getByRole("group", { name: "You have a drawing with" });
    expect(await group.count()).toBe(1);
    await app.evaluate(source);
    expect(await app.evaluate(findingsOf, QUESTION)).toEqual([]);

    await buttons.first().focus();
    await simulator.page.keyboard.press("Tab");
    expect(await buttons.last().evaluate((button) => button === document.activeElement)).toBe(true);
    await simulator.page.keyboard.press("Enter");
    await expect.poll(() => question.count()).toBe(0);
    await alice.saved();
    await alice.press("Reopen");
    await alice.ready();
    // What is stored now is asked for after the register, which was read when the question came.
    await alice.draw(CIRCLE);
    await alice.saved();
    expect(await alice.says(QUESTION)).toBe("");
    expect(await alice.inkedPlaces(WAVE)).toBe(0);
  });
});

/** Where this person says what the others are to call them. */
async function nameField(phone: SimulatedPhone): Promise<Locator> {
  const app = await phone.frame();
  await app.locator("#menu-button").click();
  await app.locator("#settings-button").click();
  return app.locator("#own-name");
}

function placeOf(shown: Element): { readonly isInside: boolean; readonly isTouchable: boolean } {
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  return {
    isInside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
    isTouchable: right - left >= 44 && bottom - top >= 44,
  };
}

/** What axe-core finds wrong in a part of the page. */
async function findingsOf(part: string): Promise<readonly string[]> {
  const { axe } = window as unknown as { axe: typeof AxeCore };
  const { violations } = await axe.run(part, { resultTypes: ["violations"] });
  return violations.map(({ id, help }) => `${id} (${help})`);
}
