/*
 * Two who try to connect directly, over a line that a test bends: both at once, words that are lost, doubled, late, or
 * of another time.
 */
import { describe, expect, test } from "vitest";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import type { SimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createDirectTalk } from "../../../src/sync/voice/direct-talk.ts";
import type { DirectTalk } from "../../../src/sync/voice/direct-talk.ts";
import type { DirectWord } from "../../../src/sync/wire/voice-codec.ts";
import { createDirectWires, directEnd } from "../../support/direct-wires.ts";
import type { DirectWires } from "../../support/direct-wires.ts";

const ANN = 1;
const BO = 2;
const TALK_MS = 20;

interface Side {
  readonly talk: DirectTalk;
  readonly said: DirectWord[];
  /** What the other one is called by, and what of the call this side sees. */
  session: number;
  call: number;
  wants: boolean;
}

interface Two {
  readonly clock: SimulatedClock;
  readonly wires: DirectWires;
  readonly ann: Side;
  readonly bo: Side;
  /** What becomes of a word: when it comes, each time, in milliseconds. */
  line: (word: DirectWord, by: "ann" | "bo") => readonly number[];
  both(): boolean;
}

function openTwo(line: Two["line"] = () => [100]): Two {
  const clock = createSimulatedClock();
  const wires = createDirectWires(clock);
  const side = (name: "ann" | "bo", own: number, other: number): Side => {
    const said: DirectWord[] = [];
    const result: Side = {
      said,
      session: other,
      call: 5,
      wants: true,
      talk: createDirectTalk({
        clock,
        own,
        peer: () =>
          result.wants
            ? {
                address: name === "ann" ? "bo" : "ann",
                session: result.session,
                call: result.call,
                hearsThis: two[name === "ann" ? "bo" : "ann"].talk.hears(),
                connect: wires.connectOf(name),
              }
            : undefined,
        isTalking: () => false,
        say(word) {
          said.push(word);
          for (const late of two.line(word, name))
            clock.after(late, () => two[name === "ann" ? "bo" : "ann"].talk.receive(word));
        },
        heard: () => undefined,
        changed: () => undefined,
      }),
    };
    return result;
  };
  const two: Two = {
    clock,
    wires,
    ann: side("ann", ANN, BO),
    bo: side("bo", BO, ANN),
    line,
    both: () => two.ann.talk.isHeard() && two.bo.talk.isHeard(),
  };
  const hum = (): void => {
    clock.after(TALK_MS, hum);
    wires.say("ann", 0.1);
    wires.say("bo", 0.1);
  };
  hum();
  return two;
}

function begin({ ann, bo }: Two): void {
  ann.talk.look();
  bo.talk.look();
}

const offers = ({ said }: Side): number => said.filter(({ what }) => what === "offer").length;

describe("[S22] two who connect", () => {
  test("need one offer and one answer: the one with the higher session begins", async () => {
    const two = openTwo();
    begin(two);
    expect(await two.clock.runUntil(two.both, 3000)).toBe(true);
    expect([two.ann.said.map(({ what }) => what), two.bo.said.map(({ what }) => what)]).toEqual([
      ["answer"],
      ["offer"],
    ]);
    expect([two.wires.made("ann"), two.wires.made("bo")]).toEqual([1, 1]);
  });

  test("and both offer at once are one connection: the lower session gives in", async () => {
    // Her offer is under way before his comes.
    const two = openTwo(() => [2500, 9000]);
    begin(two);
    expect(await two.clock.runUntil(two.both, 12_000)).toBe(true);
    expect(offers(two.ann)).toBeGreaterThan(0);
    expect(two.bo.said.every(({ what }) => what === "offer")).toBe(true);
    expect([two.wires.open("ann"), two.wires.open("bo")]).toEqual([1, 1]);
    // What comes late of hers changes nothing.
    await two.clock.advance(10_000);
    expect(two.both()).toBe(true);
    expect([two.wires.made("ann"), two.wires.made("bo")]).toEqual([2, 1]);
  });

  test("say a lost offer again, and a lost answer", async () => {
    let left = 3;
    const two = openTwo(() => (left-- > 0 ? [] : [100]));
    begin(two);
    expect(await two.clock.runUntil(two.both, 8000)).toBe(true);
    expect(offers(two.bo)).toBeGreaterThan(2);
    await two.clock.advance(10_000);
    expect(two.wires.made("bo")).toBe(1);
  });

  test("hear doubled words once", async () => {
    const two = openTwo(() => [100, 200, 300, 3000, 9000]);
    begin(two);
    expect(await two.clock.runUntil(two.both, 5000)).toBe(true);
    await two.clock.advance(20_000);
    expect(two.both()).toBe(true);
    expect(two.wires.accepted).toHaveLength(2);
    expect([two.wires.made("ann"), two.wires.made("bo")]).toEqual([1, 1]);
  });

  test("give up when none hears the other in time, and try again ever more rarely", async () => {
    const two = openTwo();
    two.wires.reach = false;
    begin(two);
    await two.clock.advance(13_000);
    expect([two.wires.open("ann"), two.wires.open("bo")]).toEqual([0, 0]);
    await two.clock.advance(120_000);
    const before = two.wires.made("bo");
    expect(before).toBeLessThan(8);
    await two.clock.advance(120_000);
    expect(two.wires.made("bo") - before).toBeLessThan(4);
    two.wires.reach = true;
    expect(await two.clock.runUntil(two.both, 90_000)).toBe(true);
  });

  test.each([
    ["in a call of before", { call: 4 }],
    ["in a session of before", { session: 9 }],
  ])("begin anew where they were %s", async (_, other) => {
    const two = openTwo();
    begin(two);
    expect(await two.clock.runUntil(two.both, 3000)).toBe(true);
    Object.assign(two.ann, other);
    two.ann.talk.look();
    expect(two.wires.open("ann")).toBe(0);
    expect(two.ann.talk.hears()).toBe(false);
  });

  test("are apart at once when one does not want it any more", async () => {
    const two = openTwo();
    begin(two);
    expect(await two.clock.runUntil(two.both, 3000)).toBe(true);
    two.ann.wants = false;
    two.ann.talk.look();
    expect(two.wires.open("ann")).toBe(0);
    // Nor does anything that the other says begin one.
    two.ann.talk.receive({ what: "offer", attempt: 77, end: directEnd(1) });
    await two.clock.advance(30_000);
    expect(two.wires.made("ann")).toBe(1);
  });
});

describe("[S22] one who hears words of another time", () => {
  test("passes over answers to what it did not ask, and offers that are older than the last", async () => {
    const two = openTwo();
    begin(two);
    expect(await two.clock.runUntil(two.both, 3000)).toBe(true);
    const accepted = two.wires.accepted.length;
    await two.clock.advance(5000);
    for (const attempt of [0, 1, 2, 99]) two.bo.talk.receive({ what: "answer", attempt, end: directEnd(50) });
    two.ann.talk.receive({ what: "answer", attempt: 1, end: directEnd(50) });
    two.ann.talk.receive({ what: "offer", attempt: 0, end: directEnd(50) });
    await two.clock.advance(10_000);
    expect(two.both()).toBe(true);
    expect(two.wires.accepted).toHaveLength(accepted);
  });

  test("begins no more than an honest page would have it, however many offers come", async () => {
    const two = openTwo();
    two.ann.talk.look();
    for (let attempt = 1; attempt <= 1000; attempt++) {
      two.ann.talk.receive({ what: "offer", attempt, end: directEnd(attempt) });
      await two.clock.advance(20);
    }
    expect(two.wires.made("ann")).toBeLessThan(9);
    expect(two.wires.open("ann")).toBe(1);
    expect(two.ann.said.length).toBeLessThan(50);
  });

  test("begins no more either where the other wants it and does not, again and again", async () => {
    const two = openTwo(() => []);
    for (let i = 0; i < 1000; i++) {
      two.bo.wants = !two.bo.wants;
      two.bo.talk.look();
      await two.clock.advance(20);
    }
    expect(two.wires.made("bo")).toBeLessThan(8);
  });
});
