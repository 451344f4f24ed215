import { sameBox, type Box } from "../../base/geometry.ts";
import type { Address } from "../../env/host.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import type { Contact } from "../../session.ts";
import { pageOf } from "./whose-page.ts";

/** Keeps in view what one contact sees, on whichever page, until this person goes elsewhere. */
export interface Follow {
  whom(): Address | undefined;
  /** Follows, or stops where it does. Nobody can be followed who does not tell what it sees. */
  toggle(address: Address): void;
  stop(): void;
  update(contacts: readonly Contact[]): void;
}

export function createFollow({
  turnTo,
  goTo,
  onChange,
}: {
  /** Shows this page; says whether it is shown now. */
  readonly turnTo: (page: PageId) => boolean;
  readonly goTo: (view: Box) => void;
  readonly onChange: () => void;
}): Follow {
  let whom: Address | undefined;
  let seen: Box | undefined;
  let seenOn: PageId | undefined;
  let latest: readonly Contact[] = [];

  const set = (address: Address | undefined): void => {
    if (address === whom) return;
    whom = address;
    seen = undefined;
    onChange();
  };
  const keepUp = (): void => {
    if (whom === undefined) return;
    const contact = latest.find(({ address }) => address === whom);
    const view = contact?.presence?.view;
    const page = contact && pageOf(contact);
    if (!view || page === undefined) return set(undefined);
    // Where it looks on a page that is not here yet is seen when that is.
    if (!turnTo(page)) return void (seen = undefined);
    if (seen && sameBox(seen, view) && seenOn === page) return;
    seen = view;
    seenOn = page;
    goTo(view);
  };
  return {
    whom: () => whom,
    toggle(address) {
      set(address === whom ? undefined : address);
      keepUp();
    },
    stop: () => set(undefined),
    update(contacts) {
      latest = contacts;
      keepUp();
    },
  };
}
