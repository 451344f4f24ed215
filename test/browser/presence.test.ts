import { describe, expect, it } from "vitest";
import { PEOPLE } from "../../src/simulator/page/people.ts";
import { handsOn } from "./hands.ts";
import { listen, untilLooking } from "./hearing.ts";
import { useKeptMeeting } from "./kept-meeting.ts";
import type { Place } from "./picture.ts";
import type { SimulatedPhone } from "./simulator.ts";

const { simulator, alice, bob, meetAnew, closeAfter } = useKeptMeeting();

/** Bob's mouse, to a place of his screen. */
async function bobPoints([x, y]: Place): Promise<void> {
  const box = (await bob.screen.boundingBox())!;
  await simulator.page.mouse.move(box.x + x, box.y + y, { steps: 3 });
}

/** Where Alice sees Bob's cursor and in which state; undefined where she sees none. */
async function cursorAtAlice(): Promise<{ state: string; x: number; y: number } | undefined> {
  return (await alice.frame()).evaluate(() => {
    const cursor = document.querySelector<HTMLElement>(".cursor");
    if (!cursor || cursor.hidden) return undefined;
    const { x, y } = cursor.getBoundingClientRect();
    return { state: cursor.dataset["state"] ?? "", x: Math.round(x), y: Math.round(y) };
  });
}

const arrow = async () => (await alice.frame()).getByRole("button", { name: /^Show me Bob/u });

/** Moves what a person sees by presses of a key, while a button has the focus. */
async function lookAway(phone: SimulatedPhone, key: string, presses: number): Promise<void> {
  const button = (await phone.frame()).locator("#back-button");
  for (let i = 0; i < presses; i++) await button.press(key);
}

describe("a contact's cursor", () => {
  it("is where the contact points, and fades when it rests: two boards at rest look the same", async () => {
    await bobPoints([120, 200]);
    await expect.poll(cursorAtAlice).toEqual({ state: "pointing", x: 120, y: 200 });
    await expect.poll(async () => (await cursorAtAlice())?.state).toBe("resting");
    const opacity = async (): Promise<string> =>
      (await alice.frame()).locator(".cursor").evaluate((cursor) => getComputedStyle(cursor).opacity);
    await expect.poll(opacity).toBe("0");
    await bobPoints([100, 100]);
    await expect.poll(async () => (await cursorAtAlice())?.state).toBe("pointing");
  });

  it("is the tip of the ink while the contact draws", async () => {
    // No shape that a pen held still would snap to.
    const places = Array.from({ length: 60 }, (_, i): Place => [60 + 3 * i, 300 + 30 * Math.sin(i / 3)]);
    await bob.startStroke(places);
    // The last samples are not ink yet: the next ones decide which of them are kept.
    const isAtTip = (x: number, y: number): boolean =>
      places.slice(-8).some((place) => Math.hypot(place[0] - x, place[1] - y) < 3);
    await expect
      .poll(async () => {
        const cursor = await cursorAtAlice();
        return cursor && { state: cursor.state, isAtTip: isAtTip(cursor.x, cursor.y) };
      })
      .toEqual({ state: "drawing", isAtTip: true });
    await bob.endStroke();
    await simulator.boardsEqual();
  });

  it("is at the pointer while the contact draws what is no ink", async () => {
    const hands = handsOn(simulator, bob);
    await hands.press("r");
    await hands.start([60, 300], [200, 380]);
    await expect.poll(cursorAtAlice).toMatchObject({ x: 200, y: 380 });
    await hands.lift();
    await simulator.boardsEqual();
  });

  it("is gone with the contact", async () => {
    closeAfter();
    await bobPoints([120, 200]);
    await expect.poll(cursorAtAlice).toBeDefined();
    await bob.press("Back");
    await expect.poll(cursorAtAlice).toBeUndefined();
  });

  it("has the contact's name and colour, and leaves no mark on the canvas", async () => {
    closeAfter();
    const look = async (): Promise<{ name: string | null; ink: string }> =>
      (await alice.frame()).locator(".cursor").evaluate((cursor) => ({
        name: cursor.querySelector(".cursor-name")!.textContent,
        ink: getComputedStyle(cursor).getPropertyValue("--ink"),
      }));
    const hands = handsOn(simulator, bob);
    await hands.press("p");
    await bobPoints([120, 200]);
    await expect.poll(cursorAtAlice).toBeDefined();
    const before = await look();
    const frame = await bob.frame();
    await hands.press("s");
    await frame.locator("#own-name").fill("Bob the builder");
    await hands.press("Enter", "Escape", "c");
    await frame.getByRole("radio", { name: "Red" }).check();
    await hands.press("Escape");
    await bobPoints([100, 220]);
    await expect.poll(look).toEqual({ name: "Bob the builder", ink: "#d42a31" });
    expect(before.name).not.toBe("Bob the builder");
    expect(before.ink).not.toBe("#d42a31");
    expect((await alice.picture()).inked).toBe(0);
  });
});

describe("a contact beyond the edge", () => {
  it("is pointed to by a button of 44 px, which shows what the contact sees", async () => {
    await bobPoints([40, 200]);
    await expect.poll(cursorAtAlice).toBeDefined();
    expect(await (await arrow()).isVisible()).toBe(false);
    await lookAway(alice, "ArrowRight", 6);
    const shown = await arrow();
    await shown.waitFor();
    const box = (await shown.boundingBox())!;
    const screen = (await alice.screen.boundingBox())!;
    expect([box.width, box.height]).toEqual([44, 44]);
    expect(box.x - screen.x).toBeLessThan(30);
    await shown.click();
    await shown.waitFor({ state: "hidden" });
    await expect.poll(async () => (await cursorAtAlice())?.x).toBe(40);
  });

  it("is never below the buttons of the view", async () => {
    await bobPoints([340, 150]);
    await expect.poll(cursorAtAlice).toBeDefined();
    await lookAway(alice, "ArrowLeft", 4);
    await lookAway(alice, "ArrowDown", 3);
    const shown = await arrow();
    await shown.waitFor();
    const all = (await (await alice.frame()).locator("#show-all-button").boundingBox())!;
    const box = (await shown.boundingBox())!;
    expect(box.x + box.width).toBeGreaterThan(all.x);
    expect(box.y).toBeGreaterThan(all.y + all.height);
    // Playwright clicks only what nothing else covers.
    await shown.click();
    await shown.waitFor({ state: "hidden" });
  });

  it("can be followed from afar: to where it looks, though it never drew nor pointed", async () => {
    await meetAnew();
    const heard = await listen(alice, PEOPLE[1]!.address);
    await lookAway(bob, "ArrowDown", 8);
    await untilLooking(alice, heard, [0, 640]);
    const shown = await arrow();
    await shown.waitFor();
    await shown.click();
    await shown.waitFor({ state: "hidden" });
    await bobPoints([180, 320]);
    await expect.poll(async () => (await cursorAtAlice())?.state).toBe("pointing");
    await expect
      .poll(async () => {
        const { x, y } = (await cursorAtAlice())!;
        return Math.max(Math.abs(x - 180), Math.abs(y - 320));
      })
      .toBeLessThan(180);
  });
});
