import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createOutbox } from "../../../src/sync/sending/outbox.ts";
import { paceOf } from "../../../src/sync/sending/pace.ts";
import { createPuller } from "../../support/puller.ts";

/** An outbox whose ink is one character per `write`; what is due leaves at once, unless the bridge is busy. */
function createDesk(pace = 1) {
  const clock = createSimulatedClock();
  const doc = new Y.Doc();
  const text = doc.getText("items");
  let ink = "";
  const sent: { at: number; text: string }[] = [];
  const copy = new Y.Doc();
  const bridge = { isBusy: false };
  const pull = createPuller({
    clock,
    dueAt: () => (bridge.isBusy ? undefined : outbox.dueAt()),
    take: send,
  });
  const outbox = createOutbox({
    clock,
    pace: () => pace,
    flushInk() {
      if (ink !== "") text.insert(text.length, ink);
      ink = "";
    },
    wake: pull,
  });

  function send(): void {
    const update = outbox.take();
    if (!update) return;
    const before = copy.getText("items").length;
    Y.applyUpdate(copy, update);
    sent.push({ at: clock.now(), text: copy.getText("items").toJSON().slice(before) });
  }

  const free = (): void => {
    bridge.isBusy = false;
    pull();
  };
  const write = (what: string, urgency: "soon" | "now" = "soon"): void => {
    ink += what;
    outbox.wake(urgency);
  };
  doc.on("update", (update: Uint8Array) => outbox.add(update));
  return { clock, sent, bridge, free, outbox, write, send };
}

describe("[S3] ink leaves", () => {
  test("50 ms after the pen came down, then every 150 ms", async () => {
    const { clock, sent, write } = createDesk();
    for (let i = 0; i < 60; i++) {
      write("x");
      await clock.advance(10);
    }
    await clock.advance(1000);
    expect(sent.map(({ at }) => at)).toEqual([50, 200, 350, 500, 650]);
    expect(sent.map(({ text }) => text).join("")).toBe("x".repeat(60));
  });

  test("at once when the pen is lifted", async () => {
    const { clock, sent, write } = createDesk();
    await clock.advance(1000);
    write("x");
    await clock.advance(10);
    write("!", "now");
    await clock.advance(0);
    expect(sent).toEqual([{ at: 1010, text: "x!" }]);
  });

  test("never oftener than every 115 ms, however fast one taps", async () => {
    const { clock, sent, write } = createDesk();
    for (let i = 0; i < 100; i++) {
      write(".", "now");
      await clock.advance(20);
    }
    await clock.advance(1000);
    const gaps = sent.slice(1).map(({ at }, i) => at - sent[i]!.at);
    expect(gaps.length).toBeGreaterThan(10);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(115);
    expect(sent.map(({ text }) => text).join("")).toBe(".".repeat(100));
  });

  test.each([
    [2, 300, 230],
    [3, 450, 345],
  ])("%i times as rarely at that pace", async (pace, inkMs, gapMs) => {
    const { clock, sent, write } = createDesk(pace);
    for (let i = 0; i < 300; i++) {
      write("x");
      await clock.advance(10);
    }
    const gaps = (): number[] => sent.slice(1).map(({ at }, i) => at - sent[i]!.at);
    expect(new Set(gaps())).toEqual(new Set([inkMs]));
    await clock.advance(5000);
    sent.length = 0;
    for (let i = 0; i < 150; i++) {
      write(".", "now");
      await clock.advance(20);
    }
    expect(gaps().length).toBeGreaterThan(5);
    expect(Math.min(...gaps())).toBeGreaterThanOrEqual(gapMs);
    expect(Math.max(...gaps())).toBeLessThan(gapMs + 20);
  });

  test("as one update, the newest of it too, when a busy bridge is free again", async () => {
    const { clock, sent, bridge, free, outbox, write } = createDesk();
    bridge.isBusy = true;
    for (let i = 0; i < 500; i++) {
      write("x");
      await clock.advance(10);
    }
    expect(sent).toEqual([]);
    // Since the first ink was due.
    expect(outbox.dueAt()).toBe(50);
    free();
    await clock.advance(0);
    expect(sent).toEqual([{ at: 5000, text: "x".repeat(500) }]);
    expect(outbox.dueAt()).toBeUndefined();
  });

  test("at once when the page is hidden, and not a second time", async () => {
    const { clock, sent, write, outbox, send } = createDesk();
    write("x");
    send();
    expect(sent).toEqual([{ at: 0, text: "x" }]);
    expect(outbox.dueAt()).toBeUndefined();
    await clock.advance(1000);
    expect(sent.length).toBe(1);
    expect(clock.pending()).toBe(0);
  });
});

test("[S3] the pace is the usual one among few, and rarer among many", () => {
  expect([1, 2, 6, 9, 12, 15, 100].map(paceOf)).toEqual([1, 1, 1, 1.5, 2, 2, 2]);
});
