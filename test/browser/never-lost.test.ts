import { describe, expect, it } from "vitest";
import { PEOPLE } from "../../src/simulator/page/people.ts";
import { createTestContact } from "./contact.ts";
import { useKeptSimulator } from "./kept-simulator.ts";
import type { Place } from "./picture.ts";
import { circle, wave, zigzag } from "./places.ts";
import type { SimulatedPhone } from "./simulator.ts";

const WAVE = wave([60, 200], 240, 40);
const CIRCLE = circle([180, 400], 70);

/** What the host calls in a page that is still loading is lost on phones, too. */
const NOT_LOADED = "executeUiCommand is not defined";

/** Words in warnings that a test brings about. */
let expected: readonly string[] = [];

const { simulator, alice, bob, open, closeAfter } = useKeptSimulator(async (opened) => {
  const problems = opened.simulator.problems();
  expect(problems.filter((text) => !expected.some((words) => text.includes(words)))).toEqual([]);
  expected = [];
  const logged = (await opened.simulator.loggedProblems()).filter((text) => !text.includes(NOT_LOADED));
  expect(logged).toEqual([]);
});

async function expectSaid(phone: SimulatedPhone, selector: string, text: string): Promise<void> {
  await expect.poll(() => phone.says(selector)).toBe(text);
}

async function expectInked(phone: SimulatedPhone, places: readonly Place[]): Promise<void> {
  await expect.poll(() => phone.inkedPlaces(places)).toBe(places.length);
}

describe("where the drawing is, in words", () => {
  it("counts what a contact lacks, and says when it has everything", async () => {
    await open();
    await expectSaid(alice, "#presence-text", "BobHs8Kq… is here");
    await expectSaid(alice, "#delivery", "The board is empty");
    await bob.setOffline(true);
    // Few places: who has not been heard for long is away, and nothing is sent to them.
    await alice.draw(wave([60, 200], 240, 20, 13));
    await expectSaid(alice, "#delivery", "Sending 1 stroke");
    await alice.draw(wave([60, 280], 240, 20, 13));
    await alice.draw(wave([60, 360], 240, 20, 13));
    await expectSaid(alice, "#delivery", "Sending 3 strokes");
    await bob.setOffline(false);
    await expectSaid(alice, "#delivery", "BobHs8Kq… has everything");
    await expectSaid(bob, "#delivery", "ALiceQ4v… has everything");
    await simulator.samePixels(alice, bob);
  });

  it("says that the drawing is here while the contact is away, and what it has when it is back", async () => {
    await open();
    await bob.press("Back");
    await expectSaid(alice, "#presence-text", "BobHs8Kq… is away");
    await expectSaid(alice, "#delivery", "You can start drawing");
    await alice.draw(WAVE);
    await expectSaid(alice, "#delivery", "Saved here");
    await bob.press("Open");
    await bob.ready();
    await expectSaid(alice, "#presence-text", "BobHs8Kq… is here");
    await expectSaid(alice, "#delivery", "BobHs8Kq… has everything");
    await simulator.samePixels(alice, bob);
  });

  it("does not make the strip jump", async () => {
    await open();
    const app = await alice.frame();
    await app.evaluate(() => {
      const strip = document.getElementById("presence")!;
      const sizes = new Set<string>();
      new ResizeObserver(() => {
        sizes.add(`${strip.offsetWidth} x ${strip.offsetHeight}`);
        strip.dataset["sizes"] = [...sizes].join(", ");
      }).observe(strip);
    });
    await alice.draw(WAVE);
    await expectSaid(alice, "#delivery", "BobHs8Kq… has everything");
    // Held still, it becomes no shape.
    await bob.startStroke(wave([60, 400], 240, 30));
    await expectSaid(alice, "#presence-text", "BobHs8Kq… is drawing");
    await bob.endStroke();
    await bob.press("Back");
    await expectSaid(alice, "#delivery", "Saved here");
    expect(await app.locator("#presence").getAttribute("data-sizes")).toMatch(/^\d+ x \d+$/);
  });
});

describe("a kill in mid-stroke", () => {
  it.each(["Kill the page", "Kill"])(
    "%s: what was sent stays, on both sides, and can be cleared",
    async (kill) => {
      await open();
      const drawn = WAVE.slice(0, 18);
      await alice.startStroke(drawn);
      await expectSaid(bob, "#presence-text", "ALiceQ4v… is drawing");
      await expectInked(bob, drawn.slice(0, 12));
      await alice.strike(kill);
      await alice.endStroke();
      await bob.draw(CIRCLE);
      await alice.press("Open");
      await alice.ready();
      await simulator.samePixels(alice, bob);
      await expectSaid(bob, "#presence-text", "ALiceQ4v… is here");
      for (const phone of [alice, bob]) {
        await expectInked(phone, drawn.slice(0, 12));
        await expectInked(phone, CIRCLE);
      }

      await (await bob.frame()).locator("#menu-button").click();
      await (await bob.frame()).getByRole("button", { name: "Clear the board" }).click();
      for (const phone of [alice, bob]) await expect.poll(async () => (await phone.picture()).inked).toBe(0);
      await expectSaid(alice, "#delivery", "The board is empty");
      await (await bob.frame()).locator("#undo-button").click();
      await alice.draw(wave([60, 500], 240, 10));
      await simulator.samePixels(alice, bob);
      await expectInked(bob, drawn.slice(0, 12));
    },
  );
});

describe("storage that loses", () => {
  /** Draws, and returns when a board without this was stored. */
  async function drawAfterSaved(places: readonly Place[]): Promise<number> {
    await alice.saved();
    const moment = await alice.now();
    await alice.draw(places);
    await alice.saved();
    return moment;
  }

  it("the last seconds: the contact gives them back", async () => {
    await open();
    await alice.draw(WAVE);
    const before = await drawAfterSaved(CIRCLE);
    await simulator.boardsEqual();
    const picture = await bob.picture();
    await alice.rollBack(before);
    await alice.press("Open");
    await alice.ready();
    await expect.poll(() => alice.picture()).toEqual(picture);
    await alice.draw(wave([60, 500], 240, 10));
    await simulator.samePixels(alice, bob);
  });

  it("the last seconds of a private board: it opens as it was, without alarm", async () => {
    await open();
    closeAfter();
    await alice.setContact("Bob", false);
    await alice.ready();
    await expectSaid(alice, "#presence-text", "Private board");
    await alice.draw(WAVE);
    // What is saved is painted, too.
    await alice.saved();
    const picture = await alice.picture();
    const before = await drawAfterSaved(CIRCLE);
    await alice.rollBack(before);
    await alice.press("Open");
    await alice.ready();
    await expect.poll(() => alice.picture()).toEqual(picture);
    expect(await alice.says("#notices")).toBe("");
    await alice.draw(CIRCLE);
    await expectInked(alice, CIRCLE);
  });

  it("damaged values everywhere: the board opens, words say so, and the contact repairs it", async () => {
    await open();
    closeAfter();
    expected = ["a damaged value is put aside", "register: a copy is damaged"];
    const lines = Array.from({ length: 40 }, (_, i) => zigzag([60, 100 + 4 * i], 240, 60, 40));
    const guest = createTestContact(0x0b0b0b0b, PEOPLE[1]!.address, PEOPLE[0]!.address);
    await bob.send([guest.message({ type: "update", update: guest.draw(lines) })]);
    await bob.press("Reopen");
    await bob.ready();
    const before = await simulator.samePixels(alice, bob);
    expect(before.inked).toBeGreaterThan(1000);
    await alice.saved();
    await alice.draw(CIRCLE);
    const all = await simulator.samePixels(alice, bob);
    await alice.saved();
    await bob.press("Back");
    await alice.strike("Damage storage");
    await alice.press("Open");
    await alice.ready();
    await expectSaid(alice, ".notice p", "A part of this board could not be read. The rest is here.");
    expect((await alice.picture()).inked).toBe(0);

    await bob.press("Open");
    await bob.ready();
    await expect.poll(() => alice.picture()).toEqual(all);
    await simulator.samePixels(alice, bob);
    await (await alice.frame()).locator(".notice").getByRole("button", { name: "Close" }).click();
    await alice.saved();
    await bob.press("Back");
    await alice.press("Reopen");
    await alice.ready();
    await expect.poll(() => alice.picture()).toEqual(all);
    expect(await alice.says("#notices")).toBe("");
  });
});
