/*
 * One page in the gallery: its picture, which leads there, its name, who is there, when it was made and changed,
 * and over the picture, where they are asked for, the buttons for what can be done with it.
 */
import type { Address } from "../../env/host.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import { cssColor, personColor } from "../choices/colors.ts";
import { element, listen } from "../widgets/dom.ts";
import { iconButton, nameButton } from "../widgets/icon-button.ts";
import type { IconName } from "../widgets/icons.ts";
import { createNameField } from "../widgets/name-field.ts";
import type { Strings } from "../words/strings.ts";
import type { PageActions } from "./page-actions.ts";

/** What a card shows. */
export interface CardState {
  /** Its place, from 1. */
  readonly number: number;
  readonly total: number;
  readonly name: string;
  /** By its name or its place. */
  readonly title: string;
  /** "Page 3 of 5: Plans". */
  readonly place: string;
  readonly isShown: boolean;
  /** The contacts who look at it. */
  readonly people: readonly Address[];
  /** "Ann is here"; empty where nobody is. */
  readonly peopleText: string;
  /** When it was made, and changed since; each empty where that is not known. */
  readonly times: readonly [made: string, changed: string];
  /** There is room for one more page. */
  readonly hasRoom: boolean;
}

export interface PageCard {
  readonly root: HTMLElement;
  /** The picture as a button: it stands for the card where keys go from one to the next. */
  readonly open: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
  /** Where its name is typed. */
  readonly name: HTMLInputElement;
  update(state: CardState): void;
  /** The buttons over the picture. */
  showOptions(on: boolean): void;
  /** The Tab key stops at what belongs to the card. */
  setReachable(on: boolean): void;
}

export interface PageCardDeps {
  readonly id: PageId;
  readonly strings: Strings;
  readonly actions: PageActions;
  readonly onOpen: (id: PageId) => void;
  /** The buttons of this card are asked for, or no more. */
  readonly onOptions: (id: PageId) => void;
}

/** More dots would hide the picture. */
const MAX_DOTS = 6;

export function createPageCard({ id, strings, actions, onOpen, onOptions }: PageCardDeps): PageCard {
  const words = strings.pages;
  const canvas = element("canvas", { class: "page-picture", attributes: { "aria-hidden": "true" } });
  const number = element("span", { class: "page-number", attributes: { "aria-hidden": "true" } });
  const open = element("button", { class: "page-open", attributes: { type: "button" } }, [canvas, number]);
  const people = element("span", { class: "page-people", attributes: { role: "img" } });
  const name = createNameField({
    id: `page-name-${id}`,
    attributes: { dir: "auto", autocomplete: "off" },
    onName: (typed) => void actions.rename(id, typed),
  });
  name.input.classList.add("page-name");
  const more = iconButton("", "more");
  const made = element("span");
  const changed = element("span");
  const options = createOptions();
  const root = element("li", { class: "page-card", attributes: { "data-page": id } }, [
    element("div", { class: "page-front" }, [open, people, options.root]),
    element("div", { class: "page-line" }, [name.input, more]),
    element("p", { class: "quiet page-times" }, [changed, made]),
  ]);
  options.root.hidden = true;
  more.setAttribute("aria-expanded", "false");
  listen(open, "click", () => onOpen(id));
  listen(more, "click", () => onOptions(id));
  let shown = "";

  function createOptions() {
    const button = (icon: IconName, run: () => void): HTMLButtonElement => {
      const option = iconButton("", icon);
      option.dataset["option"] = icon;
      listen(option, "click", () => {
        if (option.getAttribute("aria-disabled") !== "true") run();
      });
      return option;
    };
    const duplicate = button("duplicate", () => {
      onOptions(id);
      actions.duplicate(id);
    });
    const earlier = button("earlier", () => void actions.moveBy(id, -1));
    const later = button("later", () => void actions.moveBy(id, 1));
    const remove = button("delete", () => {
      onOptions(id);
      actions.remove(id);
    });
    return {
      root: element("div", { class: "page-options" }, [earlier, later, duplicate, remove]),
      update({ title, number: at, total, hasRoom }: CardState): void {
        nameButton(duplicate, words.duplicate(title));
        nameButton(earlier, words.earlier(title));
        nameButton(later, words.later(title));
        nameButton(remove, words.remove(title));
        duplicate.setAttribute("aria-disabled", String(!hasRoom));
        earlier.setAttribute("aria-disabled", String(at === 1));
        later.setAttribute("aria-disabled", String(at === total));
        remove.setAttribute("aria-disabled", String(total === 1));
      },
    };
  }

  return {
    root,
    open,
    canvas,
    name: name.input,
    update(state) {
      name.show(state.name);
      // Asked for whenever anything changes: what is the same is left alone.
      const key = JSON.stringify(state);
      if (key === shown) return;
      shown = key;
      number.dataset["number"] = String(state.number);
      open.setAttribute("aria-current", state.isShown ? "page" : "false");
      const told = [state.place, state.peopleText, ...[...state.times].reverse()];
      nameButton(open, told.filter((text) => text !== "").join(". "));
      people.hidden = state.people.length === 0;
      people.setAttribute("aria-label", state.peopleText);
      people.title = state.peopleText;
      people.replaceChildren(...state.people.slice(0, MAX_DOTS).map(dotOf));
      name.input.placeholder = words.pageAt(state.number);
      nameButton(name.input, words.nameOf(state.number));
      nameButton(more, words.options(state.title));
      [made.textContent, changed.textContent] = state.times;
      options.update(state);
    },
    showOptions(on) {
      options.root.hidden = !on;
      more.setAttribute("aria-expanded", String(on));
    },
    setReachable(on) {
      for (const each of [open, name.input, more]) each.tabIndex = on ? 0 : -1;
    },
  };
}

function dotOf(address: Address): HTMLElement {
  const dot = element("span", { class: "page-person", attributes: { "data-address": address } });
  dot.style.setProperty("--person", cssColor(personColor(address)));
  return dot;
}
