import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import type { NetworkSettings, Packet } from "../../src/simulator/network.ts";
import { createNetwork } from "../../src/simulator/network.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";

function setUp(settings: Partial<NetworkSettings> = {}, seed = 1) {
  const clock = createSimulatedClock();
  const arrived: { at: number; packet: Packet }[] = [];
  const types: string[] = [];
  const network = createNetwork({
    clock,
    prng: createPrng(seed),
    settings: { latency: 100, jitter: 0, ...settings },
    deliver(packet) {
      arrived.push({ at: clock.now(), packet });
      return packet.to === "nobody" ? undefined : 1;
    },
    emit: ({ type }) => types.push(type),
  });
  const send = (text: string, from = "a", to = "b", kind: Packet["kind"] = "data"): void =>
    network.send({ kind, from, to, appId: "app", protocol: undefined, text });
  const texts = (): string[] => arrived.map(({ packet }) => packet.text);
  return { clock, network, arrived, types, send, texts };
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

describe("network", () => {
  test("a message arrives after the latency", async () => {
    const { clock, arrived, send } = setUp();
    await clock.advance(5);
    send("x");
    await clock.advance(1000);
    expect(arrived.map(({ at }) => at)).toEqual([105]);
  });

  test("jitter spreads the arrivals and keeps their order", async () => {
    const { clock, arrived, send, texts } = setUp({ jitter: 500 });
    for (const text of numbers(200)) {
      send(text);
      await clock.advance(10);
    }
    await clock.advance(1000);
    expect(texts()).toEqual(numbers(200));
    expect(new Set(arrived.map(({ at }, i) => at - i * 10)).size).toBeGreaterThan(20);
  });

  test("loss, duplication and reordering come about as often as they should", async () => {
    const { clock, network, send, texts } = setUp({ loss: 0.3, duplication: 0.1, reordering: 0.2 });
    for (const text of numbers(2000)) {
      send(text);
      await clock.advance(10);
    }
    await clock.advance(5000);
    const { sent, lost, duplicated, delivered } = network.counters();
    expect(sent).toBe(2000);
    expect(lost).toBeGreaterThan(500);
    expect(lost).toBeLessThan(700);
    expect(duplicated).toBeGreaterThan(100);
    expect(duplicated).toBeLessThan(180);
    expect(delivered).toBe(sent - lost + duplicated);
    expect(texts()).toHaveLength(delivered);
    const overtaken = texts().filter((text, i, all) => i > 0 && Number(text) < Number(all[i - 1]));
    expect(overtaken.length).toBeGreaterThan(200);
  });

  test("settings change while it runs", async () => {
    const { clock, network, send, texts } = setUp({ loss: 1 });
    send("lost");
    network.configure({ loss: 0 });
    send("kept");
    await clock.advance(1000);
    expect(texts()).toEqual(["kept"]);
  });

  test("an offline phone loses data both ways, also what is under way", async () => {
    const { clock, network, send, texts } = setUp();
    send("under way");
    await clock.advance(50);
    network.setOnline("b", false);
    expect(network.isOnline("b")).toBe(false);
    send("to b");
    send("from b", "b", "a");
    send("others", "a", "c");
    await clock.advance(1000);
    network.setOnline("b", true);
    send("later");
    await clock.advance(1000);
    expect(texts()).toEqual(["others", "later"]);
    expect(network.counters().lost).toBe(3);
  });

  test("a block works one way", async () => {
    const { clock, network, send, texts } = setUp();
    network.block("a", "b");
    send("a to b");
    send("b to a", "b", "a");
    await clock.advance(1000);
    network.unblock("a", "b");
    send("again");
    await clock.advance(1000);
    expect(texts()).toEqual(["b to a", "again"]);
  });

  test("the end of a session is never lost: it waits until the phone is back", async () => {
    const { clock, network, send, texts } = setUp({ loss: 1 });
    network.setOnline("b", false);
    send("end", "a", "b", "end");
    await clock.advance(60_000);
    expect(texts()).toEqual([]);
    network.setOnline("b", true);
    await clock.advance(1000);
    expect(texts()).toEqual(["end"]);
  });

  test("healing ends all faults", async () => {
    const { clock, network, send, texts } = setUp({ loss: 1, duplication: 1, reordering: 1 });
    network.setOnline("a", false);
    network.block("a", "b");
    network.heal();
    for (const text of numbers(10)) send(text);
    await clock.advance(1000);
    expect(texts()).toEqual(numbers(10));
  });

  test("counts by sender, in UTF-8 bytes", async () => {
    const { clock, network, send } = setUp();
    send("é中😀");
    send("xy", "b", "a");
    send("z", "a", "nobody");
    await clock.advance(1000);
    expect(network.counters("a")).toEqual({
      sent: 2,
      sentBytes: 10,
      lost: 0,
      duplicated: 0,
      delivered: 1,
      deliveredBytes: 9,
      dropped: 1,
    });
    expect(network.counters().sent).toBe(3);
    expect(network.counters("c").sent).toBe(0);
  });

  test("the same seed gives the same run, another seed another", async () => {
    const run = async (seed: number): Promise<string> => {
      const { clock, arrived, send } = setUp(
        { jitter: 300, loss: 0.2, duplication: 0.2, reordering: 0.2 },
        seed,
      );
      for (const text of numbers(100)) {
        send(text);
        await clock.advance(10);
      }
      await clock.advance(5000);
      return arrived.map(({ at, packet }) => `${at} ${packet.text}`).join();
    };
    expect(await run(3)).toBe(await run(3));
    expect(await run(3)).not.toBe(await run(4));
  });
});
