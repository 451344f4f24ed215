import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createAnswers } from "../../../src/sync/link/answers.ts";
import { createPuller } from "../../support/puller.ts";
import { createDesk as createAskingDesk } from "./asking-desk.ts";

const ALL = { state: new Map(), withDeletions: true, refused: new Map() };

const SESSION = 7;

/** Who answers out of a document in which one session wrote a text of so many letters. */
function createDesk(letters: number, isGroup = false) {
  const clock = createSimulatedClock();
  const doc = new Y.Doc();
  doc.clientID = SESSION;
  doc.getText("text").insert(0, "a".repeat(letters));
  const said: { readonly at: number; readonly kind: string }[] = [];
  const answers = createAnswers({ clock, doc, isGroup, wake: () => pull() });
  const pull = createPuller({
    clock,
    dueAt: () => answers.dueAt(),
    take() {
      const answer = answers.take();
      if (answer) said.push({ at: clock.now(), kind: answer.kind });
    },
  });
  return { clock, answers, letters, said, link: createAskingDesk([5]).links[0]! };
}
type Desk = ReturnType<typeof createDesk>;

describe("[S5] an answer of one short part", () => {
  const questions: [string, (desk: Desk) => void][] = [
    ["writes", ({ answers, letters }) => answers.giveWrites([{ client: SESSION, from: 0, to: letters }])],
    ["all", ({ answers, link }) => answers.giveAll(link, ALL)],
  ];

  test.each(questions)("is said twice to one contact: %s", async (kind, ask) => {
    const desk = createDesk(100);
    ask(desk);
    await desk.clock.advance(60_000);
    expect(desk.said).toEqual([
      { at: 0, kind },
      { at: 350, kind },
    ]);
  });

  test.each(questions)("is said once in a group, and where it is long: %s", async (kind, ask) => {
    for (const desk of [createDesk(100, true), createDesk(2000)]) {
      ask(desk);
      await desk.clock.advance(60_000);
      expect(desk.said.map((each) => each.kind)).toEqual([kind]);
    }
  });

  test("is not said again to another page of the contact", async () => {
    const desk = createDesk(100);
    desk.answers.giveAll(desk.link, ALL);
    await desk.clock.advance(100);
    desk.answers.restart(desk.link);
    await desk.clock.advance(60_000);
    expect(desk.said).toHaveLength(1);
  });
});
