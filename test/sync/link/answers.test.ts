import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createAnswers } from "../../../src/sync/link/answers.ts";
import { createSaidAgain } from "../../../src/sync/link/said-again.ts";
import { createPuller } from "../../support/puller.ts";
import { createDesk as createAskingDesk } from "./asking-desk.ts";

const ALL = { state: new Map(), withDeletions: true, refused: new Map() };

const SESSION = 7;

/** A document in which one session wrote a text of so many letters. */
function documentOf(letters: number): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = SESSION;
  doc.getText("text").insert(0, "a".repeat(letters));
  return doc;
}

/** Who answers out of such a document. */
function createDesk(letters: number, isGroup = false) {
  const clock = createSimulatedClock();
  const said: number[] = [];
  const answers = createAnswers({ clock, doc: documentOf(letters), isGroup, wake: () => pull() });
  const pull = createPuller({
    clock,
    dueAt: () => answers.dueAt(),
    take() {
      if (answers.take()) said.push(clock.now());
    },
  });
  return { clock, answers, said, link: createAskingDesk([5]).links[0]! };
}

describe("[S5] a whole answer of one short part", () => {
  test("is said twice to one contact", async () => {
    const { clock, answers, said, link } = createDesk(100);
    answers.give(link, ALL);
    await clock.advance(60_000);
    expect(said).toEqual([0, 350]);
  });

  test("is said once in a group, and where it is long", async () => {
    for (const { clock, answers, said, link } of [createDesk(100, true), createDesk(2000)]) {
      answers.give(link, ALL);
      await clock.advance(60_000);
      expect(said).toEqual([0]);
    }
  });

  test("is not said again to another page of the contact", async () => {
    const { clock, answers, said, link } = createDesk(100);
    answers.give(link, ALL);
    await clock.advance(100);
    answers.restart(link);
    await clock.advance(60_000);
    expect(said).toHaveLength(1);
  });
});

describe("[S5] writes that are said again", () => {
  const range = (from: number, to: number) => ({ client: SESSION, from, to });

  function createAgain(letters: number, isGroup: boolean) {
    const clock = createSimulatedClock();
    const again = createSaidAgain({ clock, doc: documentOf(letters), isGroup, wake: () => undefined });
    return { clock, again };
  }

  test.each([
    [false, 0, 200],
    [true, 300, 450],
  ])(
    "are not said to whoever asks while they are on their way (in a group: %s)",
    async (isGroup, gather, pause) => {
      const { clock, again } = createAgain(100, isGroup);
      again.give([range(0, 9)]);
      expect(again.dueAt()).toBe(gather);
      await clock.advance(gather);
      expect(again.take()).toBeDefined();
      await clock.advance(pause - 1);
      again.give([range(0, 9)]);
      expect(again.dueAt()).toBeUndefined();
      await clock.advance(1);
      again.give([range(0, 9)]);
      expect(again.dueAt()).toBe(clock.now() + gather);
    },
  );

  test("are few, or wait with whole answers", () => {
    for (const [count, isLittle] of [
      [2048, true],
      [2049, false],
    ] as const) {
      const { again } = createAgain(3000, false);
      again.give([range(0, count)]);
      expect(again.isLittle()).toBe(isLittle);
    }
  });
});
