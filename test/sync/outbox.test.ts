import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createOutbox } from "../../src/sync/outbox.ts";

/** An outbox whose ink is one character per `write`. */
function createDesk() {
  const clock = createSimulatedClock();
  const doc = new Y.Doc();
  const text = doc.getText("items");
  let ink = "";
  const sent: { at: number; text: string }[] = [];
  const copy = new Y.Doc();
  const bridge = { backlog: 0 };
  const outbox = createOutbox({
    clock,
    flushInk() {
      if (ink !== "") text.insert(text.length, ink);
      ink = "";
    },
    backlog: () => bridge.backlog,
    send(update) {
      const before = copy.getText("items").length;
      Y.applyUpdate(copy, update);
      sent.push({ at: clock.now(), text: copy.getText("items").toJSON().slice(before) });
    },
  });
  const write = (what: string, urgency: "soon" | "now" = "soon"): void => {
    ink += what;
    outbox.wake(urgency);
  };
  doc.on("update", (update: Uint8Array) => outbox.add(update));
  return { clock, sent, bridge, outbox, write };
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
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(115);
    expect(sent.map(({ text }) => text).join("")).toBe(".".repeat(100));
  });

  test("more rarely while the bridge is busy, but at least every second", async () => {
    const desk = createDesk();
    desk.bridge.backlog = 100;
    for (let i = 0; i < 500; i++) {
      desk.write("x");
      await desk.clock.advance(10);
    }
    expect(desk.sent.length).toBeGreaterThanOrEqual(5);
    expect(desk.sent.length).toBeLessThanOrEqual(6);
  });

  test("at once when the page is hidden, and not a second time", async () => {
    const { clock, sent, write, outbox } = createDesk();
    write("x");
    outbox.flush();
    expect(sent.length).toBe(1);
    await clock.advance(1000);
    expect(sent.length).toBe(1);
  });
});
