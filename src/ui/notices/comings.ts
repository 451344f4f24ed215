import type { Address } from "../../env/host.ts";
import type { Contact } from "../../session.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { Strings } from "../words/strings.ts";
import { whoOf } from "../people/who.ts";

/** Who came and who went, until it is told: of many at once in one sentence. */
export interface Comings {
  /** Says whether there is anything to tell now. */
  note(before: readonly Contact[], after: readonly Contact[]): boolean;
  /** What there is to tell; it counts as told. */
  take(): string | undefined;
}

export function createComings(nameOf: NameOf, strings: Strings): Comings {
  const came = new Set<Address>();
  const went = new Set<Address>();

  return {
    note(before, after) {
      const states = new Map(before.map(({ address, state }) => [address, state]));
      for (const { address, state } of after) {
        const old = states.get(address);
        if (old === undefined || old === state || state === "waiting") continue;
        const [to, from] = state === "here" ? [came, went] : [went, came];
        // A contact who came and went before anything was told needs no sentence.
        if (!from.delete(address)) to.add(address);
      }
      return came.size + went.size > 0;
    },
    take() {
      const here = whoOf([...came], nameOf, strings);
      const away = whoOf([...went], nameOf, strings);
      came.clear();
      went.clear();
      const texts = [
        ...(here ? [(here.areSeveral ? strings.people.areHere : strings.isHere)(here.names)] : []),
        ...(away ? [(away.areSeveral ? strings.people.areAway : strings.isAway)(away.names)] : []),
      ];
      return texts.length > 0 ? texts.join(". ") : undefined;
    },
  };
}
