import type { Contact, Session } from "../../session.ts";
import type { Choices } from "../choices/choices.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { Strings } from "../words/strings.ts";
import { createCarryNotice } from "./carry-notice.ts";
import { createNameQuestion } from "./name-question.ts";
import type { Notices } from "./notices.ts";

export interface QuestionsDeps {
  readonly session: Session;
  readonly choices: Choices;
  readonly notices: Notices;
  readonly nameOf: NameOf;
  readonly strings: Strings;
  /** A name is wanted only where there is a messenger: elsewhere everybody is the same person. */
  readonly inMessenger: boolean;
  /** Lead to where the own name is set. */
  readonly controls: { readonly askName: () => void };
}

/** What the page asks a person, above the bar, each when it is time for it. */
export function createQuestions(deps: QuestionsDeps): {
  /** The session has something new; `contacts` are shown. */
  update(contacts: readonly Contact[]): void;
  close(): void;
} {
  const carry = createCarryNotice(deps);
  const name = createNameQuestion({ ...deps, onAccept: deps.controls.askName });
  return {
    update(contacts) {
      carry.update();
      if (deps.inMessenger) name.update(contacts);
    },
    close: name.close,
  };
}
