/*
 * The row of faces in the strip: of a few contacts all, of many those who matter most, then this person.
 */
import type { Address } from "../../env/host.ts";
import type { Contact } from "../../session.ts";
import { cssColor, initials, personColor } from "../choices/colors.ts";
import { showChildren } from "../widgets/children.ts";
import { element, listen } from "../widgets/dom.ts";
import { nameButton } from "../widgets/icon-button.ts";
import type { Strings } from "../words/strings.ts";
import { facesOf } from "./faces.ts";
import type { NameOf } from "./presence-text.ts";
import { presenceText } from "./presence-text.ts";
import type { ElsewhereOf } from "./whose-page.ts";

/** Who is here, in pictures: the contacts, how many more there are, and this person. */
export interface FaceStrip {
  readonly root: HTMLElement;
  /** "+5": opens the list of everybody; on the page where there are more people than pictures. */
  readonly everyone: HTMLButtonElement;
  /** `followed`: whose view this person sees all the time. */
  show(own: Address | undefined, contacts: readonly Contact[], followed: Address | undefined): void;
}

export interface FaceStripDeps {
  readonly nameOf: NameOf;
  readonly strings: Strings;
  readonly elsewhere: ElsewhereOf;
  /** The person wants to see what this contact sees, or does not any more. */
  readonly onFollow: (address: Address) => void;
  /** The person wants to see the list of everybody; `byKeyboard`: and goes on in it by keyboard. */
  readonly onEveryone: (byKeyboard: boolean) => void;
}

interface Picture {
  readonly root: HTMLElement;
  readonly circle: HTMLElement;
  /** Follows whom it shows; this person's own picture is no button. */
  readonly button: HTMLButtonElement | undefined;
}

/** Pictures that stay are left alone: they may have the keyboard, or be under a finger. */
export function createFaceStrip(deps: FaceStripDeps): FaceStrip {
  const { nameOf, strings, elsewhere, onFollow, onEveryone } = deps;
  const root = element("ul", { class: "people" });
  const pictures = new Map<string, Picture>();
  const more = element("span", { class: "person person-more" });
  const everyone = element("button", { class: "person-button", attributes: { type: "button" } }, [more]);
  const everyoneItem = element("li", { class: "everyone" }, [everyone]);
  listen(everyone, "click", (event) => onEveryone(event.detail === 0));

  const createPicture = (address: Address, isContact: boolean): Picture => {
    const circle = element("span", { class: "person", attributes: { "data-address": address } }, [
      element("span", { class: "person-ring" }),
    ]);
    circle.style.setProperty("--person", cssColor(personColor(address)));
    if (!isContact) return { root: element("li", {}, [circle]), circle, button: undefined };
    const button = element("button", { class: "person-button", attributes: { type: "button" } }, [circle]);
    listen(button, "click", () => onFollow(address));
    return { root: element("li", {}, [button]), circle, button };
  };

  const pictureOf = (address: Address, isContact: boolean): Picture => {
    const picture = pictures.get(address) ?? createPicture(address, isContact);
    pictures.set(address, picture);
    return picture;
  };

  const ownPicture = (own: Address | undefined): HTMLElement => {
    const picture = pictureOf(own ?? "", false);
    picture.circle.textContent = strings.you;
    picture.circle.dataset["state"] = "you";
    return picture.root;
  };

  const contactPicture = (contact: Contact): HTMLElement => {
    const { address, state, drawing } = contact;
    const picture = pictureOf(address, true);
    const { circle, button } = picture;
    const name = nameOf(address);
    // A picture, not words of the button.
    circle.dataset["letters"] = initials(name);
    circle.dataset["state"] = drawing && state === "here" ? "drawing" : state;
    const page = elsewhere(contact);
    if (page === undefined) delete circle.dataset["page"];
    else circle.dataset["page"] = String(page);
    if (!button) return picture.root;
    // Where somebody looks is known only of who is here.
    button.disabled = state !== "here";
    const says = presenceText([contact], nameOf, strings, elsewhere);
    const label = state === "here" ? `${says}. ${strings.follow(name)}` : says;
    button.setAttribute("aria-label", label);
    button.title = label;
    return picture.root;
  };

  return {
    root,
    everyone,
    show(own, contacts, followed) {
      const shown = facesOf(contacts, followed);
      const unseen = contacts.length - shown.length;
      more.textContent = `+${unseen}`;
      nameButton(everyone, strings.people.more(unseen));
      const wanted = [...shown.map(contactPicture), ...(unseen > 0 ? [everyoneItem] : []), ownPicture(own)];
      showChildren(root, wanted);
      for (const [address, { button }] of pictures)
        button?.setAttribute("aria-pressed", String(address === followed));
    },
  };
}
