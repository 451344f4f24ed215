/*
 * What a person sees whose board is full.
 */
import { afterEach, expect, it } from "vitest";
import { LIMITS } from "../../src/board/document/limits.ts";
import { PEOPLE } from "../../src/simulator/page/people.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { ENGLISH } from "../../src/ui/words/strings.ts";
import { content, encodeRaw } from "../board/guard/raw-update.ts";
import { createTestContact } from "./contact.ts";
import { bothReady, declineName } from "./meeting.ts";
import { wave } from "./places.ts";
import { openSimulator, type SimulatorPage } from "./simulator.ts";

const WAVE = wave([60, 200], 240, 40);
const [ALICE, BOB] = [PEOPLE[0]!.address, PEOPLE[1]!.address];
/** So many fit into one update. */
const AT_ONCE = 1950;

let simulator: SimulatorPage;

afterEach(async () => {
  const problems = simulator.problems();
  await simulator.close();
  expect(problems).toEqual([]);
});

/** Sessions of former pages, each of which says when it began. */
function sessions(from: number, count: number): Frame {
  const sections = Array.from({ length: count }, (_, i) => {
    const client = (from + i + 1) * 500_000 + 7;
    const key = `b${client.toString(36)}.0`;
    const value = content.binary(Uint8Array.of(1));
    return { client, clock: 0, structs: [{ parent: "sessions", key, content: value }] };
  });
  return { type: "update", update: encodeRaw({ sections, deletions: [] }) };
}

it("is told that it is full, and told again by the pen, which draws nothing", async () => {
  simulator = await openSimulator();
  const [alice, bob] = await bothReady(simulator);
  await declineName(alice);
  const contact = createTestContact(0x0b0b0b0b, BOB, ALICE);
  const texts: string[] = [];
  for (let from = 0; from < LIMITS.sessions.writes; from += AT_ONCE)
    texts.push(contact.message(sessions(from, Math.min(AT_ONCE, LIMITS.sessions.writes - from))));
  await bob.send(texts);
  const told = (): Promise<string> => alice.says("[data-kind=room-sessions] p");
  await expect.poll(told).toBe(ENGLISH.room.sessionsFull);
  const frame = await alice.frame();
  await frame.locator("[data-kind=room-sessions] .notice-close").click();
  expect(await frame.locator("[data-kind=room-sessions]").count()).toBe(0);
  await alice.draw(WAVE);
  await expect.poll(told).toBe(ENGLISH.room.sessionsFull);
  expect(await alice.inkedPlaces(WAVE)).toBeLessThan(WAVE.length / 2);
});
