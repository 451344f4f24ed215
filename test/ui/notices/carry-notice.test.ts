import { describe, expect, test } from "vitest";
import type { CarryOffer } from "../../../src/board/storage/carry-offer.ts";
import { carryText, createCarryNotice } from "../../../src/ui/notices/carry-notice.ts";
import { shortAddress } from "../../../src/ui/choices/colors.ts";
import { LANGUAGES, stringsOf } from "../../../src/ui/words/languages.ts";
import type { NoticeOptions } from "../../../src/ui/notices/notices.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";

const TO_GROUP: CarryOffer = { members: ["Bob"], added: ["Carol"], gone: [] };

describe("the question whether a drawing is to be copied", () => {
  const text = (offer: Partial<CarryOffer>): string =>
    carryText({ ...TO_GROUP, ...offer }, shortAddress, ENGLISH);

  test("names whose it is and who will newly see it, by their addresses where they have no name", () => {
    expect(text({})).toBe(
      "You have a drawing with Bob. Bring a copy of it to this board? Carol will see it.",
    );
    expect(text({ added: ["Carol", "4dRfXz8qLm2TtYw"] })).toMatch(/\? Carol and 4dRfXz8q… will see it\.$/u);
  });

  test("warns of nobody where nobody will newly see it", () => {
    expect(text({ members: ["Bob", "Carol"], added: [], gone: ["Carol"] })).toBe(
      "You have a drawing with Bob and Carol. Bring a copy of it to this board?",
    );
  });

  test("stays short in a large group", () => {
    const members = Array.from({ length: 19 }, (_, i) => `p${i}`);
    expect(text({ members })).toContain("with p0, p1, p2, and +16.");
  });

  test.each(LANGUAGES)("names everybody in $name", ({ code }) => {
    const words = carryText({ ...TO_GROUP, members: ["Bob", "Dan"] }, shortAddress, stringsOf(code));
    for (const name of ["Bob", "Dan", "Carol"]) expect(words).toContain(name);
  });
});

describe("its notice", () => {
  function create() {
    const shown: NoticeOptions[] = [];
    const answers: boolean[] = [];
    const state = { offer: undefined as CarryOffer | undefined, name: "4dRf…", dismissed: 0 };
    const notice = createCarryNotice({
      session: { carryOffer: () => state.offer, answerCarry: (accept) => void answers.push(accept) },
      notices: {
        show(options) {
          shown.push(options);
          return () => undefined;
        },
        dismiss: () => void state.dismissed++,
      },
      nameOf: () => state.name,
      strings: ENGLISH,
    });
    return { notice, shown, answers, state };
  }

  test("is shown once, stays, and passes on the answer", () => {
    const { notice, shown, answers, state } = create();
    notice.update();
    expect(shown).toEqual([]);
    state.offer = TO_GROUP;
    for (let i = 0; i < 3; i++) notice.update();
    expect(shown).toHaveLength(1);
    expect(shown[0]!.seconds).toBeUndefined();
    for (const { run } of shown[0]!.answers!) run();
    expect(answers).toEqual([true, false]);
  });

  test("says the name that came later, and goes with the question", () => {
    const { notice, shown, state } = create();
    state.offer = TO_GROUP;
    notice.update();
    state.name = "Bob";
    notice.update();
    expect(shown.map(({ text }) => text.includes("Bob"))).toEqual([false, true]);
    state.offer = undefined;
    notice.update();
    notice.update();
    expect(state.dismissed).toBe(1);
  });
});
