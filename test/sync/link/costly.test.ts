/*
 * Strokes that Yjs has to compare with very many others: what is too much for one task is taken in part after
 * part, and whoever gets all of them at once ends with the same as who got them one by one.
 */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createIncoming } from "../../../src/sync/link/incoming.ts";
import { createRefusedSessions } from "../../../src/sync/link/refused.ts";
import { alone, chain } from "../../board/guard/costs.ts";
import { createDevice, draw } from "../../board/guard/lab.ts";
import { section } from "../../board/guard/raw-update.ts";
import { stroke } from "../../board/guard/raw-writes.ts";

const PAGE = 5;
const DRAWER = 10;
/** Above all others: what it puts at the very beginning goes behind all that stands there. */
const HIGH = 1_000_000;
/** Each stroke in front of them costs so many steps of comparing. */
const DRAWN = 10_000;

/** A page with very many strokes, and the way that what contacts send takes to it. */
function createReader(offencesUntilMuted = Infinity) {
  const page = createDevice(PAGE);
  for (const update of chain(DRAWER, DRAWN)) expect(page.admit(update).kind).toBe("ready");
  const clock = createSimulatedClock();
  const { doc, guard } = page;
  const written = (session: number): number => Y.getState(doc.store, session);
  const troubles: string[] = [];
  const incoming = createIncoming<string>({
    clock,
    doc,
    guard,
    refused: createRefusedSessions<string>({ size: guard.size, written }),
    isGroup: false,
    offend: (_, reason) => troubles.push(reason) < offencesUntilMuted,
    resumed: () => undefined,
    full: () => troubles.push("full"),
  });
  let changes = 0;
  doc.on("afterTransaction", ({ changed }: Y.Transaction) => {
    if (changed.size > 0) changes++;
  });
  return { page, clock, incoming, troubles, state: () => stateVectorOf(doc), changes: () => changes };
}

const strokesOf = (count: number): Uint8Array => alone(Array.from({ length: count }, stroke), HIGH);
const ofOneSession = (count: number): Uint8Array =>
  section(HIGH, 0, ...Array.from({ length: count }, stroke));

test("a dear update is judged in one task and applied in the next, and what comes meanwhile stays behind it", async () => {
  const { clock, incoming, troubles, state, changes } = createReader();
  incoming.apply([section(HIGH, 0, stroke(), stroke(), stroke())], "bo");
  incoming.apply(
    [section(HIGH + 1, 0, { origin: { client: HIGH, clock: 0 }, content: stroke().content })],
    "cy",
  );
  expect(state().has(HIGH)).toBe(false);
  expect(changes()).toBe(0);
  await clock.advance(100);
  expect([state().get(HIGH), state().get(HIGH + 1)]).toEqual([3, 1]);
  expect(troubles).toEqual(["more work than ink"]);
});

test.each([
  ["of many sessions", strokesOf(30), 30],
  ["of one session", ofOneSession(30), 1],
])(
  "thirty strokes in front of everything %s come whole, and are charged once",
  async (_, update, sessions) => {
    const { page, clock, incoming, troubles, state, changes } = createReader();
    incoming.apply([update], "bo");
    expect(changes()).toBe(0);
    draw(page, 1);
    await clock.advance(2000);
    expect(state().size).toBe(1 + 1 + sessions);
    expect([...state()].reduce((sum, [client, end]) => sum + (client >= HIGH ? end : 0), 0)).toBe(30);
    expect(changes()).toBeGreaterThan(15);
    expect(troubles).toEqual(["more work than ink"]);
  },
);

test("the page's own writes do not hold up what is put off, and what others store only for a moment", async () => {
  const { page, clock, incoming, state } = createReader();
  incoming.apply([section(HIGH, 0, stroke(), stroke(), stroke())], "bo");
  draw(page, 1);
  expect(page.admit(section(77, 0, stroke())).kind).toBe("ready");
  await clock.advance(100);
  expect(state().get(HIGH)).toBe(3);
});

test("so many tasks in half a minute go to what a contact makes a page compare; the rest comes when it is sent again", async () => {
  const { clock, incoming, troubles, state } = createReader();
  const update = ofOneSession(100);
  incoming.apply([update], "bo");
  await clock.advance(10_000);
  const taken = state().get(HIGH) ?? 0;
  expect(taken).toBeGreaterThan(LIMITS.dearTasks.takes / 2);
  expect(taken).toBeLessThan(100);
  incoming.apply([update], "bo");
  await clock.advance(10_000);
  expect(state().get(HIGH)).toBe(taken);
  for (let round = 0; round < 10 && state().get(HIGH)! < 100; round++) {
    await clock.advance(30_000);
    incoming.apply([update], "bo");
  }
  expect(state().get(HIGH)).toBe(100);
  expect(new Set(troubles)).toEqual(new Set(["more work than ink"]));
});

test("who is not listened to any more has nothing left that is taken in", async () => {
  const { clock, incoming, state } = createReader(2);
  incoming.apply([ofOneSession(30)], "bo");
  await clock.advance(1000);
  incoming.apply([strokesOf(30)], "bo");
  incoming.apply([section(7, 0, stroke())], "cy");
  await clock.advance(2000);
  expect([...state().keys()].filter((client) => client > HIGH)).toEqual([]);
  expect(state().get(7)).toBe(1);
});
