/*
 * What the gallery says of each page, as data.
 */
import type { Address } from "../../env/host.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import type { Contact } from "../../session.ts";
import type { PageInfo, Pages } from "../../session/pages.ts";
import type { NameOf } from "../people/presence-text.ts";
import { pageOf } from "../people/whose-page.ts";
import { whoOf } from "../people/who.ts";
import { pageName, pageTitle, placeText } from "../words/page-title.ts";
import type { Strings } from "../words/strings.ts";
import type { CardState } from "./page-card.ts";
import type { RemovedPage } from "./removed-pages.ts";
import { sizeWords } from "./size-words.ts";
import { timeWords } from "../words/time-words.ts";

export interface GalleryView {
  readonly contacts: readonly Contact[];
  readonly nameOf: NameOf;
  readonly strings: Strings;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function cardStates(
  pages: Pick<Pages, "current" | "hasRoom">,
  list: readonly PageInfo[],
  { contacts, nameOf, strings, now }: GalleryView,
): readonly CardState[] {
  const there = peopleByPage(contacts);
  const hasRoom = pages.hasRoom();
  return list.map((page, at) => {
    const people = there.get(page.id) ?? [];
    return {
      number: at + 1,
      total: list.length,
      name: pageName(page),
      title: pageTitle(list, page, strings),
      place: placeText(list, page.id, strings),
      isShown: page.id === pages.current(),
      people,
      peopleText: peopleText(people, nameOf, strings),
      times: timesOf(page, now, strings),
      hasRoom,
    };
  });
}

export function removedStates(
  pages: Pick<Pages, "list" | "removed">,
  strings: Strings,
  now: number,
): readonly RemovedPage[] {
  const list = pages.list();
  return pages.removed().map((page) => {
    const [made, changed] = timesOf(page, now, strings);
    const size = page.bytes === undefined ? "" : sizeWords(page.bytes, strings);
    const about = [changed === "" ? made : changed, size].filter((text) => text !== "").join(" · ");
    return { id: page.id, title: pageTitle(list, page, strings), about };
  });
}

function peopleByPage(contacts: readonly Contact[]): ReadonlyMap<PageId, readonly Address[]> {
  const there = new Map<PageId, readonly Address[]>();
  for (const contact of contacts) {
    const page = pageOf(contact);
    if (page !== undefined) there.set(page, [...(there.get(page) ?? []), contact.address]);
  }
  return there;
}

function peopleText(people: readonly Address[], nameOf: NameOf, strings: Strings): string {
  const who = whoOf(people, nameOf, strings);
  if (!who) return "";
  return (who.areSeveral ? strings.people.areHere : strings.isHere)(who.names);
}

/** What is the same in words is said once. */
function timesOf({ madeAt, changedAt }: PageInfo, now: number, strings: Strings): [string, string] {
  const made = madeAt === undefined ? "" : timeWords(madeAt, now, strings);
  const changed = changedAt === undefined ? "" : timeWords(changedAt, now, strings);
  const { pages: words } = strings;
  return [
    made === "" ? "" : words.made(made),
    changed === "" || changed === made ? "" : words.changed(changed),
  ];
}
