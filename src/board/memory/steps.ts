import { markOf } from "../document/marks.ts";
import type { PastDeed, PastStep } from "../document/past.ts";
import type { Deed } from "./deeds.ts";

/** Deeds that belong together, and what a person calls it. */
export interface Step extends PastStep {
  readonly deeds: readonly Deed[];
}

interface Growing {
  readonly deeds: Deed[];
  deed: PastDeed;
}

/** With several in one step, the first of these says what it was. */
const RANKS: readonly PastDeed[] = ["wrote", "drew", "erased", "broughtBack", "changed"];

/** Makes steps of deeds that come in their order. `own`: this page's session. */
export class Steps {
  readonly all: Step[] = [];
  readonly #own: number;
  readonly #isText: (id: string) => boolean;
  #last: Growing | undefined = undefined;

  constructor(own: number, isText: (id: string) => boolean) {
    this.#own = own;
    this.#isText = isText;
  }

  add(deed: Deed): void {
    const named = this.#nameOf(deed);
    const last = this.#last;
    if (last && goesOn(last.deeds, deed)) {
      last.deeds.push(deed);
      if (RANKS.indexOf(named) < RANKS.indexOf(last.deed)) last.deed = named;
      return;
    }
    const { client: by, moment } = deed;
    const step: Growing & Step = { by, isOwn: by === this.#own, deed: named, moment, deeds: [deed] };
    this.#last = step;
    this.all.push(step);
  }

  #nameOf({ does }: Deed): PastDeed {
    switch (does.of) {
      case "item":
        return this.#isText(does.id) ? "wrote" : "drew";
      case "words":
        return "wrote";
      case "mark":
        return "erased";
      case "switch":
        return does.isUndone ? "broughtBack" : "erased";
      case "attribute":
        return "changed";
    }
  }
}

/** Whether it was done in one go with what came right before it: by the same session, at the same moment. */
function goesOn(before: readonly Deed[], { client, moment, does }: Deed): boolean {
  const last = before.at(-1)!;
  if (last.client !== client) return false;
  // When words were typed nobody knows: with the item that they are the first of, or with other words.
  if (does.of === "words") return "id" in last.does && last.does.id === does.id;
  // Nor does anybody know when a switch was set that was set again since.
  if (does.of === "switch" && before.some((each) => isOfMark(each, markOf(does.key).mark))) return false;
  if (moment !== undefined) return last.moment === moment;
  return (
    does.of === "attribute" && last.does.of === "attribute" && !before.some((each) => isSameKey(each, does))
  );
}

function isOfMark({ does }: Deed, mark: string): boolean {
  return (does.of === "mark" || does.of === "switch") && markOf(does.key).mark === mark;
}

function isSameKey({ does }: Deed, other: { readonly key: string }): boolean {
  return "key" in does && does.key === other.key;
}
