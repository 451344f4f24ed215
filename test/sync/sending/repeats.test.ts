import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createRepeats } from "../../../src/sync/sending/repeats.ts";

const SESSION = 7;
/** Between two updates of somebody who draws. */
const STEP_MS = 300;

/** Somebody who writes one letter in each update, to one contact or to several. */
function createDesk(isPair: boolean) {
  const clock = createSimulatedClock();
  const repeats = createRepeats(clock, isPair);
  const doc = new Y.Doc();
  doc.clientID = SESSION;
  let written = 0;

  /** The next update leaves; says how many of those before it go along. */
  async function along(switched = 0): Promise<number> {
    await clock.advance(STEP_MS);
    doc.getText("text").insert(written, "a");
    const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(new Map([[SESSION, written]])));
    const { from } = Y.parseUpdateMeta(repeats.with(update, switched));
    return written++ - from.get(SESSION)!;
  }

  async function ask(times: number, pause: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      if (i > 0) await clock.advance(pause);
      repeats.troubled();
    }
  }

  return { clock, repeats, along, ask };
}

describe("[S3] the last update goes along with the next", () => {
  test.each([true, false])("for 4 s after a question (with two people: %s)", async (isPair) => {
    const { clock, along, ask } = createDesk(isPair);
    await along();
    expect(await along()).toBe(0);
    await ask(1, 0);
    expect(await along()).toBe(1);
    expect(await along()).toBe(1);
    await clock.advance(4000 - 3 * STEP_MS - 1);
    expect(await along()).toBe(1);
    expect(await along()).toBe(0);
  });
});

describe("[S3] in a group the last two go along", () => {
  test("for 10 s after four questions within 4 s, and then the last for as long as somebody asks", async () => {
    const { clock, repeats, along, ask } = createDesk(false);
    await along();
    await along();
    await along();
    expect(repeats.slowing()).toBe(1);
    await ask(4, 1333);
    expect(repeats.slowing()).toBe(1.25);
    expect(await along()).toBe(2);
    await clock.advance(10_000 - 2 * STEP_MS - 1);
    expect(await along()).toBe(2);
    expect(await along()).toBe(0);
    expect(repeats.slowing()).toBe(1);
    await ask(1, 0);
    expect(await along()).toBe(1);
  });

  test("not after fewer, or slower ones, nor with two people", async () => {
    for (const [isPair, times, pause] of [
      [false, 3, 100],
      [false, 40, 1334],
      [true, 40, 100],
    ] as const) {
      const { along, ask } = createDesk(isPair);
      await along();
      await along();
      await ask(times, pause);
      expect(await along()).toBe(1);
    }
  });

  test("as many of them as may be taken in at a time with the next", async () => {
    const { along, ask } = createDesk(false);
    const third = Math.floor(LIMITS.switchedBytes.takes / 3);
    await ask(4, 100);
    await along(third);
    await along(third);
    expect(await along(third)).toBe(2);
    expect(await along(third + 2)).toBe(1);
    expect(await along(3 * third)).toBe(0);
  });
});
