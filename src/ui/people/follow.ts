import { sameBox, type Box } from "../../base/geometry.ts";
import type { Address } from "../../env/host.ts";
import type { Contact } from "../../session.ts";

/** Keeps in view what one contact sees, until this person goes elsewhere. */
export interface Follow {
  whom(): Address | undefined;
  /** Follows, or stops where it does. Nobody can be followed who does not tell what it sees. */
  toggle(address: Address): void;
  stop(): void;
  update(contacts: readonly Contact[]): void;
}

export function createFollow({
  goTo,
  onChange,
}: {
  readonly goTo: (view: Box) => void;
  readonly onChange: () => void;
}): Follow {
  let whom: Address | undefined;
  let seen: Box | undefined;
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
    if (!view) return set(undefined);
    if (seen && sameBox(seen, view)) return;
    seen = view;
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
