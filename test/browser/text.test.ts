import type { CDPSession, Locator } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { useApp } from "./fixture.ts";
import { canStep, handsOn } from "./hands.ts";
import { useKeptMeeting } from "./kept-meeting.ts";
import { allSee } from "./meeting.ts";
import type { Place } from "./picture.ts";
import type { SimulatedPhone } from "./simulator.ts";
import { inkOf } from "./state.ts";

/** The notice of a text that somebody else took away. */
const TAKEN = '.notice[data-kind^="text-taken"] p';

describe("two contacts", () => {
  const { simulator, alice, bob, alices, bobs, meetAnew } = useKeptMeeting();

  const field = async (phone: SimulatedPhone): Promise<Locator> =>
    (await phone.frame()).locator("#text-field");
  const typedAt = async (phone: SimulatedPhone): Promise<string> => (await field(phone)).inputValue();
  const keyboard = () => simulator.page.keyboard;

  it("a text that stays empty was never there; a tap beside it ends it and makes no other", async () => {
    await meetAnew();
    await bobs.press("t");
    await bobs.tap([80, 250]);
    await (await field(bob)).waitFor();
    await bobs.tap([200, 400]);
    expect(await (await field(bob)).count()).toBe(0);
    expect((await bob.picture()).inked).toBe(0);
    expect(await canStep(await bob.frame(), "undo")).toBe(false);
    await simulator.boardsEqual();
    expect((await alice.picture()).inked).toBe(0);
  });

  it("see what one types while it is typed; one text is one step back and forth", async () => {
    await meetAnew();
    await bobs.press("t");
    await bobs.tap([80, 250]);
    await keyboard().type("Hello");
    await expect.poll(async () => (await alice.picture()).inked).toBeGreaterThan(50);
    const part = (await alice.picture()).inked;
    await keyboard().type(" you");
    await expect.poll(async () => (await alice.picture()).inked).toBeGreaterThan(part);
    await keyboard().press("Escape");
    expect(await (await field(bob)).count()).toBe(0);
    const { hash } = await simulator.samePixels(alice, bob);
    await bobs.press("Control+z");
    await expect.poll(async () => (await alice.picture()).inked).toBe(0);
    expect(await canStep(await bob.frame(), "undo")).toBe(false);
    await bobs.press("Control+y");
    await expect.poll(async () => (await alice.picture()).hash).toBe(hash);
    await simulator.samePixels(alice, bob);
  });

  it("type in the same text, and each keeps the own caret where it was", async () => {
    await bobs.press("t");
    await bobs.tap([80, 250]);
    await keyboard().type("middle");
    await expect.poll(async () => (await alice.picture()).inked).toBeGreaterThan(50);
    await alices.press("t");
    await alices.tap([100, 250]);
    await expect.poll(() => typedAt(alice)).toBe("middle");
    await keyboard().press("Home");
    await keyboard().type("front ");
    await expect.poll(() => typedAt(bob)).toBe("front middle");
    await (await field(bob)).focus();
    await keyboard().type(" end");
    await expect.poll(() => typedAt(alice)).toBe("front middle end");
    await (await field(alice)).focus();
    await keyboard().type("& ");
    await expect.poll(() => typedAt(bob)).toBe("front & middle end");
    await keyboard().press("Escape");
    await (await field(bob)).press("Escape");
    await simulator.samePixels(alice, bob);
    // Each takes back what each typed.
    await alices.press("Control+z");
    await bobs.press("t");
    await bobs.tap([100, 250]);
    await expect.poll(() => typedAt(bob)).toBe("middle end");
  });

  it("an input method composes undisturbed, and then both have all of it", async () => {
    const session: CDPSession = await simulator.page.context().newCDPSession(simulator.page);
    const compose = (text: string): Promise<unknown> =>
      session.send("Input.imeSetComposition", {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    await bobs.press("t");
    await bobs.tap([80, 250]);
    await keyboard().type("ab");
    await expect.poll(async () => (await alice.picture()).inked).toBeGreaterThan(20);
    await alices.press("t");
    await alices.tap([88, 250]);
    await expect.poll(() => typedAt(alice)).toBe("ab");
    await keyboard().press("End");
    await compose("か");
    await expect.poll(() => typedAt(bob)).toBe("abか");
    await (
      await field(bob)
    ).evaluate((area: HTMLTextAreaElement) => {
      area.setRangeText("X", 0, 0, "start");
      area.dispatchEvent(new Event("input"));
    });
    await simulator.boardsEqual();
    await compose("から");
    expect(await typedAt(alice)).toBe("abから");
    await session.send("Input.insertText", { text: "から" });
    await expect.poll(() => typedAt(alice)).toBe("Xabから");
    await expect.poll(() => typedAt(bob)).toBe("Xabから");
  });

  it("a note made by a finger has emoji and letters from right to left as they are, on both", async () => {
    await bobs.press("n");
    await handsOn(simulator, bob, "touch").tap([180, 300]);
    await keyboard().insertText("שלום 👋🏽 عالم");
    expect(await (await field(bob)).evaluate((area) => getComputedStyle(area).direction)).toBe("rtl");
    await keyboard().press("Backspace");
    // The note, 160 px wide and high, and words on it.
    await allSee(
      [alice, bob],
      [
        [110, 230],
        [250, 370],
      ],
    );
    await keyboard().press("Escape");
    const { inked } = await simulator.samePixels(alice, bob);
    expect(inked).toBeGreaterThan(150 * 150);
    await alices.press("n");
    await alices.tap([180, 300]);
    await expect.poll(() => typedAt(alice)).toBe("שלום 👋🏽 عال");
  });

  it("who types in what the other one erases is told, and keeps the field alone", async () => {
    await bobs.press("t");
    await bobs.tap([80, 250]);
    await keyboard().type("Hello");
    await expect.poll(async () => (await alice.picture()).inked).toBeGreaterThan(50);
    await alices.press("e");
    await alices.drag([60, 250], [150, 250]);
    await expect.poll(() => bob.says(TAKEN)).toContain("erased the text you were writing");
    expect(await typedAt(bob)).toBe("Hello");
    await (await field(bob)).press("Escape");
    expect(await (await field(bob)).count()).toBe(0);
    await bob.picture();
    expect((await simulator.samePixels(alice, bob)).inked).toBe(0);
  });

  it("who types on a layer that the other one locks is told, and what was typed before stays", async () => {
    await bobs.press("t");
    await bobs.tap([80, 250]);
    await keyboard().type("Hello");
    await expect.poll(async () => (await alice.picture()).inked).toBeGreaterThan(50);
    await alices.press("g");
    await (await alice.frame()).getByRole("button", { name: /^Lock/u }).click();
    await expect.poll(() => bob.says(TAKEN)).toContain("hid or locked the layer you were writing on");
    await alices.press("Escape");
    await (await field(bob)).press("Escape");
    await bob.picture();
    expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(50);
  });

  it("a double tap with the selecting tool takes up what is there", async () => {
    await bobs.press("t");
    await bobs.tap([80, 250]);
    await keyboard().type("Hello");
    await keyboard().press("Escape");
    await bobs.press("v");
    await bobs.doubleTap([95, 250]);
    await expect.poll(() => typedAt(bob)).toBe("Hello");
    await keyboard().type("!");
    await expect.poll(() => typedAt(bob)).toBe("Hello!");
    await keyboard().press("Escape");
    await simulator.samePixels(alice, bob);
  });
});

describe("on a phone", () => {
  const { open, page, touch } = useApp({ isMobile: true });
  const tap = async (place: Place): Promise<void> => {
    await touch.down(place);
    await touch.up();
  };

  beforeEach(() => open());

  it("the button takes back what is being typed, not what was done before", async () => {
    await page.keyboard.press("t");
    await tap([120, 200]);
    await page.keyboard.type("first");
    await page.keyboard.press("Escape");
    const before = await inkOf(page);
    expect(before).toBeGreaterThan(20);
    await tap([120, 400]);
    await page.keyboard.type("second");
    await page.locator("#undo-button").tap();
    await expect.poll(() => page.locator("#text-field").count()).toBe(0);
    expect(await inkOf(page)).toBe(before);
  });

  it("a tap opens the keyboard; what that covers comes into sight, and the page is not scrolled", async () => {
    await page.keyboard.press("t");
    await tap([120, 640]);
    const field = page.locator("#text-field");
    expect(await field.evaluate((area) => document.activeElement === area)).toBe(true);
    await page.keyboard.type("below");
    const top = async (): Promise<number> => (await field.boundingBox())!.y;
    expect(await top()).toBeGreaterThan(600);
    // A keyboard of 380 px, as systems tell of it that leave the page as high as it is.
    await page.evaluate(() => {
      Object.defineProperty(window.visualViewport, "height", { get: () => innerHeight - 380 });
      window.visualViewport!.dispatchEvent(new Event("resize"));
    });
    await expect.poll(top).toBeLessThan(844 - 380 - 20);
    for (let i = 0; i < 8; i++) await page.keyboard.press("Enter");
    await expect
      .poll(async () => {
        const { y, height } = (await field.boundingBox())!;
        return y + height;
      })
      .toBeLessThan(844 - 380);
    const scrolled = await page.evaluate(() =>
      [document.scrollingElement!, document.getElementById("canvas-overlay")!].map(
        ({ scrollTop }) => scrollTop,
      ),
    );
    expect(scrolled).toEqual([0, 0]);
    await page.keyboard.press("Escape");
    await expect.poll(() => inkOf(page)).toBeGreaterThan(20);
  });
});
