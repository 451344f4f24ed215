/*
 * The list of everybody as elements: a row each, which stays in place while what it says changes.
 */
import type { Address } from "../../env/host.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import { toolColor } from "../../render/canvas/theme.ts";
import type { Contact } from "../../session.ts";
import { cssColor, initials, personColor } from "../choices/colors.ts";
import { showChildren } from "../widgets/children.ts";
import { element, listen } from "../widgets/dom.ts";
import { nameButton } from "../widgets/icon-button.ts";
import type { IconName } from "../widgets/icons.ts";
import { icon } from "../widgets/icons.ts";
import type { PersonRow } from "./people-rows.ts";
import { presenceSum } from "./presence-text.ts";
import type { Strings } from "../words/strings.ts";

/** The list of everybody: who is here, on what, and ways to get to them. */
export interface PeoplePanel {
  readonly content: HTMLElement;
  update(rows: readonly PersonRow[], contacts: readonly Contact[]): void;
  setTheme(theme: InkTheme): void;
}

interface Row {
  readonly root: HTMLElement;
  update(row: PersonRow): void;
}

export interface PeoplePanelEvents {
  /** Goes to where this contact is. */
  readonly onShow: (address: Address) => void;
  /** The person wants to see what this contact sees, or does not any more. */
  readonly onFollow: (address: Address) => void;
}

export function createPeoplePanel({
  strings,
  onShow,
  onFollow,
}: PeoplePanelEvents & { readonly strings: Strings }): PeoplePanel {
  const rows = new Map<Address, Row>();
  const sum = element("p", { class: "quiet people-sum" });
  // A list without bullets is no list for some screen readers, unless it says so.
  const list = element("ul", { class: "people-rows", attributes: { role: "list" } });
  let theme: InkTheme = { dark: false };
  let latest: readonly PersonRow[] = [];

  const createButton = (name: IconName, text: string, run: () => void): HTMLButtonElement => {
    const made = element("button", { class: "person-action", attributes: { type: "button" } }, [
      icon(name),
      element("span", { class: "person-action-text", text }),
    ]);
    listen(made, "click", run);
    return made;
  };

  const createRow = (address: Address): Row => {
    const face = element("span", { class: "person", attributes: { "aria-hidden": "true" } }, [
      element("span", { class: "person-ring" }),
    ]);
    face.style.setProperty("--person", cssColor(personColor(address)));
    const name = element("span", { class: "person-name" });
    const words = element("span");
    const swatch = element("span", { class: "person-swatch", attributes: { role: "img" } });
    const showMe = createButton("showMe", strings.people.show, () => onShow(address));
    const follow = createButton("follow", strings.people.follow, () => onFollow(address));
    return {
      root: element("li", { class: "person-row", attributes: { "data-address": address } }, [
        face,
        element("div", { class: "person-about" }, [
          name,
          element("span", { class: "quiet person-doing" }, [words, swatch]),
        ]),
        showMe,
        follow,
      ]),
      update(row) {
        const isYou = row.state === "you";
        face.dataset["state"] = row.state;
        if (isYou) face.textContent = strings.you;
        else face.dataset["letters"] = initials(row.name);
        name.textContent = row.name;
        words.textContent = row.words;
        swatch.hidden = row.color === undefined;
        if (row.color) {
          swatch.style.setProperty("--ink", toolColor(row.color.tool, row.color.rgb, theme.dark));
          swatch.setAttribute("aria-label", strings.colors[row.color.name]);
        }
        for (const button of [showMe, follow]) button.hidden = !row.canBeSeen;
        nameButton(showMe, strings.showMe(row.name));
        nameButton(follow, strings.follow(row.name));
        follow.setAttribute("aria-pressed", String(row.followed));
      },
    };
  };

  const showList = (): void => {
    const addresses = new Set(latest.map(({ address }) => address));
    for (const address of rows.keys()) if (!addresses.has(address)) rows.delete(address);
    const wanted = latest.map((each) => {
      const row = rows.get(each.address) ?? createRow(each.address);
      rows.set(each.address, row);
      row.update(each);
      return row.root;
    });
    showChildren(list, wanted);
  };

  return {
    content: element("div", { class: "people-list" }, [sum, list]),
    update(next, contacts) {
      const text = presenceSum(contacts, strings);
      if (sum.textContent !== text) sum.textContent = text;
      sum.hidden = text === "";
      // Asked for each time somebody points or draws: what is the same is left alone.
      if (JSON.stringify(next) === JSON.stringify(latest)) return;
      latest = next;
      showList();
    },
    setTheme(next) {
      theme = next;
      showList();
    },
  };
}
