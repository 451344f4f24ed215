import { expect, test } from "vitest";
import { createChoices } from "../../../src/ui/choices/choices.ts";
import { DEFAULT_SETTINGS, type Preferences } from "../../../src/ui/choices/settings.ts";
import { createNameQuestion } from "../../../src/ui/notices/name-question.ts";
import type { NoticeOptions } from "../../../src/ui/notices/notices.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import { contactOf } from "../../support/contacts.ts";

const HERE = contactOf("Bo", {});
const WAITING = contactOf("Bo");

function create() {
  const choices = createChoices({
    onError(error) {
      throw error;
    },
  });
  let shown: NoticeOptions | undefined;
  const state = { asked: 0, accepted: 0 };
  const question = createNameQuestion({
    choices,
    strings: ENGLISH,
    notices: {
      show(options) {
        state.asked++;
        shown = options;
        return () => undefined;
      },
      dismiss: () => (shown = undefined),
    },
    onAccept: () => state.accepted++,
  });
  const stored = (part: Partial<Preferences>): void =>
    choices.restore({ ...DEFAULT_SETTINGS, preferences: { ...DEFAULT_SETTINGS.preferences, ...part } });
  return { choices, question, state, stored, shown: () => shown };
}

test("is asked once, when the first contact is here", () => {
  const { choices, question, state, stored, shown } = create();
  stored({});
  question.update([]);
  question.update([WAITING]);
  expect(shown()).toBeUndefined();
  question.update([HERE]);
  question.update([WAITING]);
  question.update([HERE]);
  expect(state.asked).toBe(1);
  shown()!.answers![1]!.run();
  expect(choices.preferences()).toMatchObject({ nameAsked: true, name: "" });
  question.update([HERE]);
  expect([state.asked, state.accepted]).toEqual([1, 0]);
});

test("leads to the field of the name where that is wanted", () => {
  const { choices, question, state, stored, shown } = create();
  stored({});
  question.update([HERE]);
  shown()!.answers![0]!.run();
  expect([state.accepted, choices.preferences().nameAsked]).toEqual([1, true]);
});

test("waits until it is known what was answered before, and goes when there is a name", () => {
  const { choices, question, state, stored, shown } = create();
  question.update([HERE]);
  expect(state.asked).toBe(0);
  stored({ nameAsked: true });
  expect(state.asked).toBe(0);
  stored({});
  expect(shown()?.text).toBe(ENGLISH.askName);
  choices.prefer({ name: "Ann" });
  expect(shown()).toBeUndefined();
});

test("is not asked of who has a name", () => {
  const { question, state, stored } = create();
  stored({ name: "Ann" });
  question.update([HERE]);
  expect(state.asked).toBe(0);
});
