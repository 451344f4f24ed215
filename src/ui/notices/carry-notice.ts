import type { CarryOffer } from "../../board/storage/carry-offer.ts";
import type { Session } from "../../session.ts";
import { isolated } from "../words/messages.ts";
import type { Notices } from "./notices.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { Strings } from "../words/strings.ts";

const KIND = "carry";
/** At most this many people are named. */
const MAX_NAMES = 3;

/** Asks whether the drawing of nearly the same people is to be copied here; `update`: something changed. */
export function createCarryNotice({
  session,
  notices,
  nameOf,
  strings,
}: {
  readonly session: Pick<Session, "carryOffer" | "answerCarry">;
  readonly notices: Pick<Notices, "show" | "dismiss">;
  readonly nameOf: NameOf;
  readonly strings: Strings;
}): { update(): void } {
  let shown: string | undefined;
  return {
    update() {
      const offer = session.carryOffer();
      // A name may come later than the question.
      const text = offer && carryText(offer, nameOf, strings);
      if (text === shown) return;
      shown = text;
      if (text === undefined) return notices.dismiss(KIND);
      notices.show({
        kind: KIND,
        text,
        answers: [
          { label: strings.carry.accept, run: () => session.answerCarry(true) },
          { label: strings.carry.decline, run: () => session.answerCarry(false) },
        ],
      });
    },
  };
}

/** The question in words: whose drawing it is, and who would newly see it. */
export function carryText({ members, added }: CarryOffer, nameOf: NameOf, strings: Strings): string {
  const { carry } = strings;
  const names = listOf(members.map(nameOf), strings);
  return added.length === 0 ? carry.offer(names) : carry.offerTo(names, listOf(added.map(nameOf), strings));
}

function listOf(names: readonly string[], { language, direction }: Strings): string {
  const rest = names.length - MAX_NAMES;
  const parts = names.slice(0, MAX_NAMES).map((name) => isolated(name, direction));
  if (rest > 0) parts.push(`+${rest}`);
  return new Intl.ListFormat(language).format(parts);
}
