import type { Address } from "../../env/host.ts";
import type { Contact, Phase } from "../../session.ts";
import { cssColor, initials, personColor } from "../choices/colors.ts";
import { element, listen } from "../widgets/dom.ts";
import { facesOf } from "./faces.ts";
import { nameButton } from "../widgets/icon-button.ts";
import type { BoardState, NameOf } from "./presence-text.ts";
import { deliveryText, longestTexts, presenceText } from "./presence-text.ts";
import type { Strings } from "../words/strings.ts";

export interface PresenceState extends BoardState {
  readonly phase: Phase;
  readonly own: Address | undefined;
  readonly contacts: readonly Contact[];
}

/** Who is here, in pictures and in words. */
export interface Presence {
  readonly root: HTMLElement;
  /** "+5": opens the list of everybody; on the page where there are more people than pictures. */
  readonly everyone: HTMLButtonElement;
  update(state: PresenceState): void;
  /** Whose view this person sees all the time. */
  setFollowed(address: Address | undefined): void;
}

interface Picture {
  readonly root: HTMLElement;
  readonly circle: HTMLElement;
  /** Follows whom it shows; this person's own picture is no button. */
  readonly button: HTMLButtonElement | undefined;
}

/**
 * Its size depends on who takes part, not on what they do: it must not jump while somebody draws. So
 * what it may have to say soon is in it already, invisible, and pictures that stay are left alone.
 */
export function createPresence({
  nameOf,
  strings,
  remark,
  onFollow,
  onEveryone,
}: {
  readonly nameOf: NameOf;
  readonly strings: Strings;
  /** A lasting second line, instead of what the contacts have. */
  readonly remark?: string | undefined;
  /** The person wants to see what this contact sees, or does not any more. */
  readonly onFollow: (address: Address) => void;
  /** The person wants to see the list of everybody; `byKeyboard`: and goes on in it by keyboard. */
  readonly onEveryone: (byKeyboard: boolean) => void;
}): Presence {
  const people = element("ul", { class: "people" });
  const words = element("p", { id: "presence-text" });
  const delivery = element("p", { id: "delivery", class: "quiet" });
  const second =
    remark === undefined ? delivery : element("p", { id: "remark", class: "quiet", text: remark });
  const room = element("div", { class: "room", attributes: { "aria-hidden": "true" } });
  const lines = element("div", { class: "presence-lines" }, [words, second, room]);
  const root = element("div", { id: "presence", class: "presence" }, [people, lines]);
  const pictures = new Map<string, Picture>();
  const more = element("span", { class: "person person-more" });
  const everyone = element("button", { class: "person-button", attributes: { type: "button" } }, [more]);
  const everyoneItem = element("li", { class: "everyone" }, [everyone]);
  listen(everyone, "click", (event) => onEveryone(event.detail === 0));
  let latest: string | undefined;
  let followed: Address | undefined;
  let shownState: PresenceState | undefined;

  const createPicture = (address: Address, isContact: boolean): Picture => {
    const circle = element("span", { class: "person", attributes: { "data-address": address } });
    circle.style.setProperty("--person", cssColor(personColor(address)));
    if (!isContact) return { root: element("li", {}, [circle]), circle, button: undefined };
    const button = element("button", { class: "person-button", attributes: { type: "button" } }, [circle]);
    listen(button, "click", () => onFollow(address));
    return { root: element("li", {}, [button]), circle, button };
  };

  const picture = (address: Address, isContact: boolean): Picture => {
    const shown = pictures.get(address) ?? createPicture(address, isContact);
    pictures.set(address, shown);
    return shown;
  };

  const ownPicture = (own: Address | undefined): HTMLElement => {
    const { root: shown, circle } = picture(own ?? "", false);
    circle.textContent = strings.you;
    circle.dataset["state"] = "you";
    return shown;
  };

  const contactPicture = (contact: Contact): HTMLElement => {
    const { address, state, drawing } = contact;
    const { root: shown, circle, button } = picture(address, true);
    const name = nameOf(address);
    // A picture, not words of the button.
    circle.dataset["letters"] = initials(name);
    circle.dataset["state"] = drawing && state === "here" ? "drawing" : state;
    if (!button) return shown;
    // Where somebody looks is known only of who is here.
    button.disabled = state !== "here";
    const says = presenceText([contact], nameOf, strings);
    const label = state === "here" ? `${says}. ${strings.follow(name)}` : says;
    button.setAttribute("aria-label", label);
    button.title = label;
    return shown;
  };

  const showPeople = (own: Address | undefined, contacts: readonly Contact[]): void => {
    const shown = facesOf(contacts, followed);
    const unseen = contacts.length - shown.length;
    more.textContent = `+${unseen}`;
    nameButton(everyone, strings.people.more(unseen));
    const wanted = [...shown.map(contactPicture), ...(unseen > 0 ? [everyoneItem] : []), ownPicture(own)];
    const stays = ({ childNodes }: HTMLElement): boolean =>
      childNodes.length === wanted.length && wanted.every((one, i) => childNodes[i] === one);
    if (!stays(people)) people.replaceChildren(...wanted);
  };

  const showFollowed = (): void => {
    for (const [address, { button }] of pictures)
      button?.setAttribute("aria-pressed", String(address === followed));
  };

  return {
    root,
    everyone,
    setFollowed(address) {
      followed = address;
      if (shownState) show(shownState);
      showFollowed();
    },
    update: show,
  };

  function show(next: PresenceState): void {
    shownState = next;
    const { phase, own, contacts, hasInk, isSaved } = next;
    // Asked for at every change of the board, and each time a contact points: what says the same is left alone.
    const said = contacts.map((contact) => ({
      ...contact,
      presence: undefined,
      tip: undefined,
      name: nameOf(contact.address),
    }));
    const state = JSON.stringify([phase, own, said, hasInk, isSaved, followed]);
    if (state === latest) return;
    latest = state;
    showPeople(own, contacts);
    showFollowed();
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
  }
}
