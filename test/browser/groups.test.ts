import type { Frame, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { PEOPLE } from "../../src/simulator/page/people.ts";
import { clearBoard } from "./clear-board.ts";
import { closeClean } from "./closing.ts";
import { handsOn, type Hands } from "./hands.ts";
import { listen, untilLooking } from "./hearing.ts";
import { openSimulator, type SimulatedPhone, type SimulatorPage } from "./simulator.ts";

/*
 * Five people in one session, from one test to the next: each sets a name, and what they do is told by
 * their names.
 */
const NAMES = ["Alice", "Bob", "Carol", "Dave", "Erin"] as const;
const CALLED = ["Ali", "Bobby", "Caro", "David", "Rin"] as const;
/** Everybody tells everybody else in turn. */
const WHILE = { timeout: 60_000, interval: 200 };

let simulator: SimulatorPage;
let phones: readonly SimulatedPhone[];
let hands: readonly Hands[];
let app: Frame;

beforeAll(async () => {
  simulator = await openSimulator({
    search: "phones=5&latency=50&jitter=0",
    host: "next",
    group: "open",
    // All of them beside one another: a mouse reaches what is on the screen.
    context: { reducedMotion: "reduce", viewport: { width: 2600, height: 900 } },
  });
  phones = NAMES.map((name) => simulator.phone(name));
  hands = phones.map((phone) => handsOn(simulator, phone));
  await simulator.page.locator("#gather").click();
  for (const phone of phones) await phone.ready();
  for (const phone of phones) {
    await vi.waitFor(async () => expect(await phone.says("#presence-text")).toBe("4 of 4 are here"), WHILE);
  }
  app = await phones[0]!.frame();
});

afterAll(async () => {
  await closeClean(simulator);
});

/** Opens the list of everybody on Alice's phone. */
async function openList(): Promise<Locator> {
  const list = app.locator("#panel-people");
  if (!(await list.isVisible())) await app.getByRole("button", { name: /Show everybody/u }).click();
  await list.waitFor();
  return list;
}

/** Waits until a phone's notices say this. */
async function hears(phone: SimulatedPhone, text: string): Promise<void> {
  await vi.waitFor(async () => expect(await phone.says("#notices")).toContain(text), WHILE);
}

/** Points somewhere on a phone's screen, which makes news of everything that is new. */
async function point(phone: SimulatedPhone, x: number, y: number): Promise<void> {
  const box = (await phone.screen.boundingBox())!;
  await simulator.page.mouse.move(box.x + x, box.y + y, { steps: 3 });
}

describe("five people", () => {
  it("are three pictures, a number, and this person; the number opens the list", async () => {
    const faces = app.locator(".people .person");
    expect(await faces.count()).toBe(5);
    expect((await faces.allTextContents()).slice(3)).toEqual(["+1", "You"]);
    const list = await openList();
    expect(await list.getByRole("listitem").count()).toBe(5);
    const showMe = list.getByRole("button", { name: /^Show me /u });
    await vi.waitFor(async () => expect(await showMe.count()).toBe(4), WHILE);
    await hands[0]!.press("Escape");
  });

  it("are called as each of them wants to be", async () => {
    for (const [i, phone] of phones.entries()) {
      await hands[i]!.press("s");
      await (await phone.frame()).locator("#own-name").fill(CALLED[i]!);
      await hands[i]!.press("Enter", "Escape");
    }
    const list = await openList();
    await vi.waitFor(
      async () =>
        expect(
          (await list.locator(".person-name").allTextContents()).sort((a, b) => a.localeCompare(b)),
        ).toEqual(["Bobby", "Caro", "David", "Rin", "You"]),
      WHILE,
    );
    await hands[0]!.press("Escape");
  });

  it("show where they are, and can be followed", async () => {
    const dave = phones[3]!;
    const look = (await dave.frame()).locator("#back-button");
    const heard = await listen(phones[0]!, PEOPLE[3]!.address);
    for (let i = 0; i < 8; i++) await look.press("ArrowRight");
    await point(dave, 180, 320);
    await untilLooking(phones[0]!, heard, [640, 0]);
    const list = await openList();
    const arrow = app.getByRole("button", { name: "Show me David" }).and(app.locator(".edge-arrow"));
    await arrow.waitFor(WHILE);
    await list.getByRole("button", { name: "Show me David" }).click();
    await vi.waitFor(async () => expect(await arrow.isVisible()).toBe(false), WHILE);
    await (await openList()).getByRole("button", { name: "Follow David" }).click();
    const followed = app.locator('.person-button[aria-pressed="true"] .person');
    expect(await followed.getAttribute("data-letters")).toBe("DA");
    for (let i = 0; i < 12; i++) await look.press("ArrowDown");
    // What Alice sees has moved along with what he sees.
    await untilLooking(phones[0]!, heard, [640, 960]);
    await point(dave, 180, 320);
    const cursor = app.locator(`.cursor[data-address^="Dave"]`);
    await vi.waitFor(async () => {
      const [box, screen] = [await cursor.boundingBox(), await phones[0]!.screen.boundingBox()];
      expect(Math.abs((box?.y ?? 0) - screen!.y - 320)).toBeLessThan(40);
    }, WHILE);
    await hands[0]!.press("f");
    expect(await followed.count()).toBe(0);
  });

  it("hear who cleared the board, by name", async () => {
    await hands[0]!.press("1", "p");
    await phones[0]!.draw([
      [100, 300],
      [200, 380],
    ]);
    await simulator.boardsEqual();
    await clearBoard(await phones[2]!.frame());
    expect.hasAssertions();
    for (const phone of phones.filter((_, i) => i !== 2)) await hears(phone, "Caro cleared the board");
  });

  it("hear who was faster when there is nothing left to take back", async () => {
    await hands[0]!.press("Control+z");
    expect.hasAssertions();
    await hears(phones[0]!, "Caro has already erased or changed that.");
  });

  it("are named while they are away", async () => {
    await phones[4]!.press("Back");
    const list = await openList();
    const row = list.getByRole("listitem").filter({ hasText: "Rin" });
    await vi.waitFor(async () => expect(await row.textContent()).toContain("Away"), WHILE);
    expect(await row.getByRole("button", { name: /Rin/u }).count()).toBe(0);
  });
});
