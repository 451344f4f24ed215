import { el } from "./dom.ts";
import type { PhoneModel } from "./phone-model.ts";

/** - `equal`, `different`: at least two phones show boards of the same people. - `unknown`: there are none, or not yet. */
export type Equality = "equal" | "different" | "unknown";

/**
 * Compares what the app says of its board (`data-board` on the root element, a digest) between the
 * phones whose app was opened with the same set of people.
 */
export function compareBoards(phones: readonly PhoneModel[]): Equality {
  const groups = new Map<string, Set<string | undefined>>();
  const sizes = new Map<string, number>();
  for (const phone of phones) {
    // A document that has just been opened may be without its root element.
    const page = phone.frame()?.document();
    if (!page) continue;
    const people = [phone.person.address, ...phone.settings.contacts].sort().join();
    if (!groups.has(people)) groups.set(people, new Set());
    groups.get(people)!.add((page.documentElement as HTMLElement | null)?.dataset["board"]);
    sizes.set(people, (sizes.get(people) ?? 0) + 1);
  }
  const compared = [...groups].filter(([people]) => sizes.get(people)! > 1).map(([, digests]) => digests);
  // A page that is still loading has not said anything yet.
  if (compared.length === 0 || compared.some((digests) => digests.has(undefined))) return "unknown";
  return compared.every((digests) => digests.size === 1) ? "equal" : "different";
}

const TEXTS: Record<Equality, string> = {
  equal: "Boards are equal",
  different: "Boards differ",
  unknown: "Nothing to compare",
};

export interface EqualLight {
  readonly element: HTMLElement;
  show(equality: Equality): void;
}

export function createEqualLight(): EqualLight {
  const text = el("span");
  const element = el("div", { class: "light", role: "status" }, el("i"), text);
  return {
    element,
    show(equality) {
      if (element.dataset["state"] === equality) return;
      element.dataset["state"] = equality;
      text.textContent = TEXTS[equality];
    },
  };
}
