import type { Address } from "../env/host.ts";
import type { Contact, Phase } from "../session.ts";
import { cssColor, initials, personColor } from "./colors.ts";
import { element } from "./dom.ts";
import type { NameOf } from "./presence-text.ts";
import { deliveryText, presenceNews, presenceText } from "./presence-text.ts";
import type { Strings } from "./strings.ts";

export interface PresenceState {
  readonly phase: Phase;
  readonly own: Address | undefined;
  readonly contacts: readonly Contact[];
  /** Something is on the board. */
  readonly hasInk: boolean;
}

/** Who is here, in pictures and in words. */
export interface Presence {
  readonly root: HTMLElement;
  update(state: PresenceState): void;
}

/** More pictures than this become a number. */
const MAX_PICTURES = 4;

export function createPresence({
  nameOf,
  strings,
  remark,
}: {
  readonly nameOf: NameOf;
  readonly strings: Strings;
  /** A lasting second line. */
  readonly remark?: string | undefined;
}): Presence {
  const people = element("ul", { class: "people" });
  const words = element("p", { id: "presence-text" });
  const delivery = element("p", { id: "delivery" });
  const news = element("p", { class: "hidden-text", attributes: { role: "status" } });
  const lines = element("div", { class: "presence-lines" }, [words, delivery]);
  if (remark !== undefined) lines.append(element("p", { id: "remark", text: remark }));
  const root = element("div", { id: "presence", class: "presence" }, [people, lines, news]);
  let before: readonly Contact[] = [];
  let latest: string | undefined;

  const picture = (text: string, label: string, address: Address, state: string): HTMLElement => {
    const made = element("li", {
      class: "person",
      text,
      attributes: { "data-state": state, "data-address": address, "aria-label": label, title: label },
    });
    made.style.setProperty("--person", cssColor(personColor(address)));
    return made;
  };

  return {
    root,
    update({ phase, own, contacts, hasInk }) {
      // Asked for at every change of the board: what has not changed is left alone.
      const state = JSON.stringify([phase, own, contacts, hasInk]);
      if (state === latest) return;
      latest = state;
      const shown = contacts.slice(0, MAX_PICTURES);
      const more = contacts.length - shown.length;
      people.replaceChildren(
        ...shown.map((contact) =>
          picture(
            initials(nameOf(contact.address)),
            presenceText([contact], nameOf, strings),
            contact.address,
            contact.drawing && contact.state === "here" ? "drawing" : contact.state,
          ),
        ),
        ...(more > 0 ? [element("li", { class: "person person-more", text: `+${more}` })] : []),
        picture(strings.you, strings.you, own ?? "", "you"),
      );
      words.textContent =
        phase === "connecting"
          ? strings.connecting
          : phase === "loading"
            ? strings.loading
            : presenceText(contacts, nameOf, strings);
      const delivered = phase === "ready" ? deliveryText(contacts, hasInk, nameOf, strings) : undefined;
      delivery.textContent = delivered ?? "";
      delivery.hidden = delivered === undefined;
      root.dataset["state"] =
        phase !== "ready" ? phase : contacts.length === 0 ? "alone" : (contacts[0]?.state ?? "alone");
      news.textContent = presenceNews(before, contacts, nameOf, strings).join(". ") || news.textContent;
      before = contacts;
    },
  };
}
