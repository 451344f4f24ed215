import type { Address } from "../../env/host.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import type { Contact } from "../../session.ts";
import { pageOf } from "./whose-page.ts";

/** Goes to where a contact is, on whichever page that is. */
export interface ContactSearch {
  start(address: Address): void;
  /** Another page may be here now: the one that was gone to, or one that this person went to meanwhile. */
  update(): void;
}

export interface ContactSearchDeps {
  readonly contacts: () => readonly Contact[];
  /** The page that is shown. */
  readonly current: () => PageId | undefined;
  /** Shows this page; says whether it is shown now. */
  readonly turnTo: (page: PageId) => boolean;
  /** Shows where on the page the contact is; false: the page is not there yet. */
  readonly show: (address: Address) => boolean;
}

export function createContactSearch({ contacts, current, turnTo, show }: ContactSearchDeps): ContactSearch {
  let sought: { readonly address: Address; readonly from: PageId | undefined } | undefined;

  const update = (): void => {
    if (!sought) return;
    const { address, from } = sought;
    const contact = contacts().find((each) => each.address === address);
    const page = contact && pageOf(contact);
    const isElsewhere = current() !== from && current() !== page;
    const isOver = page === undefined || isElsewhere || (turnTo(page) && show(address));
    if (isOver) sought = undefined;
  };
  return {
    start(address) {
      sought = { address, from: current() };
      update();
    },
    update,
  };
}
