import { describe, expect, test } from "vitest";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createSpeakers } from "../../../src/sync/voice/speakers.ts";

const said = (first: number) => ({ first, packets: Array.from({ length: 12 }, () => new Uint8Array(40)) });
const FIVE = ["a", "b", "c", "d", "e"].map((name, i) => ({ name, session: 10 * (i + 1) }));

function open() {
  const clock = createSimulatedClock();
  const speakers = createSpeakers(clock);
  const say = (name: string, first: number): boolean =>
    speakers.receive(name, FIVE.find((each) => each.name === name)!.session, said(first));
  const talking = (): string =>
    FIVE.filter(({ name }) => speakers.isTalking(name))
      .map(({ name }) => name)
      .join("");
  return { clock, speakers, say, talking };
}

describe("[S21] speakers", () => {
  test("are heard four at once, and a fifth when one of them is silent", async () => {
    const { clock, speakers, say, talking } = open();
    for (const { name } of FIVE) expect(say(name, 0)).toBe(true);
    expect(talking()).toBe("abcd");
    const heard = [...speakers.take(10_000)].filter(([, sounds]) => sounds.length > 0);
    expect(heard.map(([name]) => name)).toEqual(["a", "b", "c", "d"]);
    await clock.advance(500);
    for (const name of ["b", "c", "d"]) say(name, 25);
    await clock.advance(300);
    say("e", 40);
    expect(talking()).toBe("bcde");
    speakers.keep(new Set(["e"]));
    expect(talking()).toBe("e");
  });

  test.each(["abcde", "edcba", "cebda"])(
    "who begin together are the same four in whichever order: %s",
    (order) => {
      const { say, talking } = open();
      for (const name of order) say(name, 0);
      expect(talking()).toBe("abcd");
    },
  );

  test("who talk already go before who begins later, whatever the sessions", async () => {
    const { clock, say, talking } = open();
    for (const name of ["b", "c", "d", "e"]) say(name, 0);
    for (let at = 1; at < 12; at++) {
      await clock.advance(240);
      for (const name of ["b", "c", "d", "e"]) say(name, at * 12);
    }
    say("a", 0);
    expect(talking()).toBe("bcde");
  });

  test.each([
    // Whoever begins now, and whoever has begun before them or is the lower of those who began together.
    [55, undefined, true],
    [5, undefined, true],
    [5, 0, false],
    [55, 0, true],
  ])("of whom there are enough: session %d, sending since %s: %s", async (session, since, isFull) => {
    const { speakers, say, clock } = open();
    await clock.advance(100);
    for (const name of ["a", "b", "c"]) say(name, 0);
    expect(speakers.isFull({ session, since })).toBe(false);
    say("d", 0);
    expect(speakers.isFull({ session, since })).toBe(isFull);
    await clock.advance(800);
    expect(speakers.isFull({ session, since })).toBe(false);
  });
});
