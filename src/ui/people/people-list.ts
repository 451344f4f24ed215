/*
 * The list of everybody in its panel: made only while it is open, from the latest contacts.
 */
import type { Address } from "../../env/host.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { Contact } from "../../session.ts";
import type { Choices } from "../choices/choices.ts";
import { element } from "../widgets/dom.ts";
import type { PeoplePanelEvents } from "./people-panel.ts";
import { createPeoplePanel } from "./people-panel.ts";
import { peopleRows } from "./people-rows.ts";
import type { NameOf } from "./presence-text.ts";
import type { ElsewhereOf } from "./whose-page.ts";
import type { Strings } from "../words/strings.ts";

/** Air between the list and the bar. */
const GAP = 8;

/** The list of everybody, which opens below the strip; brought up to date while it is open. */
export interface PeopleList {
  /** Where its panel goes. */
  readonly root: HTMLElement;
  readonly content: HTMLElement;
  /** It has just been opened, and may be as high as the room above the bar. */
  open(bar: HTMLElement): void;
  update(own: Address | undefined, contacts: readonly Contact[]): void;
  /** Somebody is followed, or is not any more, or this person has another tool. */
  show(): void;
  setTheme(theme: InkTheme): void;
}

export interface PeopleListDeps extends PeoplePanelEvents {
  readonly strings: Strings;
  readonly choices: Choices;
  readonly nameOf: NameOf;
  readonly elsewhere: ElsewhereOf;
  readonly followed: () => Address | undefined;
  readonly isOpen: () => boolean;
}

export function createPeopleList(deps: PeopleListDeps): PeopleList {
  const { strings, choices, nameOf, elsewhere } = deps;
  const panel = createPeoplePanel(deps);
  const root = element("div", { id: "strip-panels" });
  let own: Address | undefined;
  let contacts: readonly Contact[] = [];

  const show = (): void => {
    if (!deps.isOpen()) return;
    const holding = { tool: choices.tool(), color: choices.brush().color };
    const options = { own, holding, contacts, followed: deps.followed(), nameOf, elsewhere, strings };
    panel.update(peopleRows(options), contacts);
  };

  return {
    root,
    content: panel.content,
    open(bar) {
      const room = bar.getBoundingClientRect().top - root.getBoundingClientRect().top - GAP;
      root.style.setProperty("--room", `${room.toFixed(0)}px`);
      show();
    },
    update(nextOwn, next) {
      own = nextOwn;
      contacts = next;
      show();
    },
    show,
    setTheme: panel.setTheme,
  };
}
