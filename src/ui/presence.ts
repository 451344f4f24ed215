import type { Address } from "../env/host.ts";
import type { Contact, Phase } from "../session.ts";
import { cssColor, initials, personColor } from "./colors.ts";
import { element } from "./dom.ts";
import type { BoardState, NameOf } from "./presence-text.ts";
import { deliveryText, longestTexts, presenceNews, presenceText } from "./presence-text.ts";
import type { Strings } from "./strings.ts";

export interface PresenceState extends BoardState {
  readonly phase: Phase;
  readonly own: Address | undefined;
  readonly contacts: readonly Contact[];
}

/** Who is here, in pictures and in words. */
export interface Presence {
  readonly root: HTMLElement;
  update(state: PresenceState): void;
}

/** More pictures than this become a number. */
const MAX_PICTURES = 3;

/**
 * Its size depends on who takes part, not on what they do: it must not jump while somebody draws. So
 * what it may have to say soon is in it already, invisible, and pictures that stay are left alone.
 */
export function createPresence({
  nameOf,
  strings,
  remark,
}: {
  readonly nameOf: NameOf;
  readonly strings: Strings;
  /** A lasting second line, instead of what the contacts have. */
  readonly remark?: string | undefined;
}): Presence {
  const people = element("ul", { class: "people" });
  const words = element("p", { id: "presence-text" });
  const delivery = element("p", { id: "delivery", class: "quiet" });
  const news = element("p", { class: "hidden-text", attributes: { role: "status" } });
  const second =
    remark === undefined ? delivery : element("p", { id: "remark", class: "quiet", text: remark });
  const room = element("div", { class: "room", attributes: { "aria-hidden": "true" } });
  const lines = element("div", { class: "presence-lines" }, [words, second, room]);
  const root = element("div", { id: "presence", class: "presence" }, [people, lines, news]);
  const pictures = new Map<string, HTMLElement>();
  let before: readonly Contact[] = [];
  let latest: string | undefined;

  const picture = (text: string, label: string, address: Address, state: string): HTMLElement => {
    let shown = pictures.get(address);
    if (!shown) {
      shown = element("li", { class: "person", attributes: { "data-address": address } });
      shown.style.setProperty("--person", cssColor(personColor(address)));
      pictures.set(address, shown);
    }
    shown.textContent = text;
    shown.dataset["state"] = state;
    shown.setAttribute("aria-label", label);
    shown.title = label;
    return shown;
  };

  const showPeople = (own: Address | undefined, contacts: readonly Contact[]): void => {
    const shown = contacts.slice(0, MAX_PICTURES);
    const more = contacts.length - shown.length;
    const wanted = [
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
    ];
    const stays = ({ childNodes }: HTMLElement): boolean =>
      childNodes.length === wanted.length && wanted.every((one, i) => childNodes[i] === one);
    if (!stays(people)) people.replaceChildren(...wanted);
  };

  return {
    root,
    update({ phase, own, contacts, hasInk, isSaved }) {
      // Asked for at every change of the board, and each time a contact points: what says the same is left alone.
      const said = contacts.map((contact) => ({ ...contact, presence: undefined, tip: undefined }));
      const state = JSON.stringify([phase, own, said, hasInk, isSaved]);
      if (state === latest) return;
      latest = state;
      showPeople(own, contacts);
      words.textContent =
        phase === "connecting"
          ? strings.connecting
          : phase === "loading"
            ? strings.loading
            : presenceText(contacts, nameOf, strings);
      const delivered =
        phase === "ready" ? deliveryText(contacts, { hasInk, isSaved }, nameOf, strings) : undefined;
      delivery.textContent = delivered ?? "";
      delivery.hidden = delivered === undefined;
      const longest = longestTexts(contacts, nameOf, strings);
      room.replaceChildren(
        ...longest.first.map((text) => element("p", { text })),
        ...(remark === undefined ? longest.second : []).map((text) => element("p", { class: "quiet", text })),
      );
      root.dataset["state"] =
        phase !== "ready" ? phase : contacts.length === 0 ? "alone" : (contacts[0]?.state ?? "alone");
      news.textContent = presenceNews(before, contacts, nameOf, strings).join(". ") || news.textContent;
      before = contacts;
    },
  };
}
