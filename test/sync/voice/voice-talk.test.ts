import { expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import type { OpenLink } from "../../../src/sync/link/link.ts";
import { createVoiceTalk } from "../../../src/sync/voice/voice-talk.ts";

const BO = 7;

test("what goes along with a message has room in it, and the rest comes later", async () => {
  const clock = createSimulatedClock();
  const link = { address: "bo", session: () => BO, state: () => "here" } as unknown as OpenLink;
  const talk = createVoiceTalk({
    clock,
    calendar: { minutes: () => 0 },
    random: { uint32: createPrng(1).uint32 },
    links: [link],
    own: 1,
    isLooking: () => true,
    offend: () => undefined,
    wake: () => undefined,
  });
  talk.attach({ canTalk: () => true, told: () => undefined, changed: () => undefined });
  const isIn = (call: number): void => talk.receive(link, BO, { type: "voice", what: "in", call, stamp: 0 });
  const numberOf = (): number => {
    const ring = talk.take().find((frame) => frame.type === "voice" && frame.what === "ring");
    return (ring as { call: number }).call;
  };
  // Calls that are over are answered one by one.
  const over: number[] = [];
  for (let i = 0; i < 5; i++) {
    talk.press();
    over.push(numberOf());
    talk.end();
  }
  talk.press();
  isIn(numberOf());
  expect(talk.phase()).toBe("talking");
  talk.take();
  for (let i = 0; i < 10; i++) {
    talk.speak(new Uint8Array(40), 0.2);
    await clock.advance(20);
  }
  talk.take();
  for (const call of over) isIn(call);
  for (let i = 0; i < 10; i++) talk.speak(new Uint8Array(40), 0.2);
  const words = (room: number): string[] =>
    talk.takeAlong(room).map((frame) => (frame.type === "voice" ? frame.what : frame.type));
  expect(words(0)).toEqual([]);
  expect(words(3)).toEqual(["end", "end", "end"]);
  expect(words(2)).toEqual(["end", "end"]);
  // Of two frames of speech one; the rest is too little to go along.
  expect(words(1)).toEqual(["talk"]);
  expect(words(1)).toEqual([]);
  await clock.advance(240);
  expect(talk.take()).toMatchObject([{ type: "voice", what: "talk" }]);
});
