/*
 * Tells of contacts who are, or begin, on another page than this person, with one tap that leads there: when
 * they leave this page, when they come, and when they make a page. Where they go after that is told only as long
 * as the notice is there.
 */
import type { Address } from "../../env/host.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import type { Contact } from "../../session.ts";
import type { Pages } from "../../session/pages.ts";
import type { PageAdded } from "../notices/notice-text.ts";
import type { Notices } from "../notices/notices.ts";
import { NOTICE_SECONDS } from "../notices/session-notices.ts";
import type { NameOf } from "../people/presence-text.ts";
import { pageOf } from "../people/whose-page.ts";
import { pageNumber } from "../words/page-title.ts";
import type { Strings } from "../words/strings.ts";

export interface Elsewhere {
  update(contacts: readonly Contact[]): void;
  /** A contact made a page. */
  added(notice: PageAdded): void;
}

export interface ElsewhereDeps {
  readonly pages: () => Pages | undefined;
  readonly notices: Pick<Notices, "show" | "dismiss" | "has">;
  readonly nameOf: NameOf;
  readonly strings: Strings;
  /** Whom this person follows: there is no need to tell where. */
  readonly followed: () => Address | undefined;
  readonly go: (id: PageId) => void;
}

const KIND = "elsewhere";

export function createElsewhere(deps: ElsewhereDeps): Elsewhere {
  const { pages, notices, nameOf, strings } = deps;
  const words = strings.pages;
  let before = new Map<Address, PageId>();
  let shownBefore: PageId | undefined;
  /** Of whom the notice tells. */
  let told: Address | undefined;
  /** The pages that each contact made, as far as that was told: that it is there now is no news. */
  const made = new Map<Address, PageId>();
  /** Made by whom, before the page itself was here. */
  const awaited = new Map<PageId, Address | undefined>();

  const numberOf = (id: PageId): number | undefined => pageNumber(pages()?.list() ?? [], id);
  const action = (id: PageId) => ({ label: words.goThere, run: () => deps.go(id) });

  const tell = (address: Address, page: PageId): void => {
    const number = numberOf(page);
    if (number === undefined || address === deps.followed() || made.get(address) === page) return;
    told = address;
    const text = words.isOn(nameOf(address), number);
    notices.show({ kind: KIND, text, seconds: NOTICE_SECONDS, action: action(page) });
  };
  const tellAdded = (page: PageId, address: Address | undefined): void => {
    const number = numberOf(page);
    if (number === undefined) return void awaited.set(page, address);
    awaited.delete(page);
    if (page === pages()?.current()) return;
    const name = address === undefined ? strings.somebody : nameOf(address);
    const text = words.added(name, number);
    notices.show({ kind: "page-added", text, seconds: NOTICE_SECONDS, action: action(page) });
  };

  return {
    update(contacts) {
      const shown = pages()?.current();
      if (shown === undefined) return;
      for (const [page, address] of awaited) tellAdded(page, address);
      const now = new Map(contacts.flatMap((contact) => pairOf(contact)));
      const isAlone = told !== undefined && (now.get(told) ?? shown) === shown;
      if (isAlone) {
        notices.dismiss(KIND);
        told = undefined;
      }
      const hasTurned = shownBefore !== undefined && shown !== shownBefore;
      for (const [address, page] of now) {
        const was = before.get(address);
        if (page === shown || page === was || hasTurned) continue;
        const isFollowUp = told === address && notices.has(KIND);
        if (was === undefined || was === shown || isFollowUp) tell(address, page);
      }
      before = now;
      shownBefore = shown;
    },
    added({ page, address }) {
      if (address !== undefined) made.set(address, page);
      tellAdded(page, address);
    },
  };
}

function pairOf(contact: Contact): readonly (readonly [Address, PageId])[] {
  const page = pageOf(contact);
  return page === undefined ? [] : [[contact.address, page]];
}
