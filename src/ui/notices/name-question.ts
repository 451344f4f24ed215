import type { Contact } from "../../session.ts";
import type { Choices } from "../choices/choices.ts";
import type { Strings } from "../words/strings.ts";
import type { Notices } from "./notices.ts";

const KIND = "name";

export interface NameQuestionDeps {
  readonly choices: Choices;
  readonly notices: Pick<Notices, "show" | "dismiss">;
  readonly strings: Strings;
  /** Leads to where the name is set. */
  readonly onAccept: () => void;
}

/**
 * Asks a person without a name for one when the first contact is here, until it is answered, and then never
 * again on this device: without it contacts see a cut address.
 */
export function createNameQuestion({ choices, notices, strings, onAccept }: NameQuestionDeps): {
  update(contacts: readonly Contact[]): void;
  close(): void;
} {
  let isShown = false;
  let isMet = false;

  const show = (): void => {
    const { name, nameAsked } = choices.preferences();
    const isOpen = isMet && choices.restored() && name === "" && !nameAsked;
    if (isOpen === isShown) return;
    isShown = isOpen;
    if (!isOpen) return notices.dismiss(KIND);
    const answer = (): void => choices.prefer({ nameAsked: true });
    notices.show({
      kind: KIND,
      text: strings.askName,
      answers: [
        {
          label: strings.askNameYes,
          run() {
            answer();
            onAccept();
          },
        },
        { label: strings.askNameNo, run: answer },
      ],
    });
  };
  return {
    update(contacts) {
      isMet ||= contacts.some(({ state }) => state === "here");
      show();
    },
    close: choices.onChange(show),
  };
}
