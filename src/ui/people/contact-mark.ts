/*
 * The elements that stand for one contact over the canvas. Where they go and what they say is decided
 * elsewhere.
 */
import type { Point } from "../../base/geometry.ts";
import type { PresenceTool } from "../../sync/wire/presence-frame.ts";
import { cssColor, initials, personColor } from "../choices/colors.ts";
import { element } from "../widgets/dom.ts";
import type { EdgePlace } from "./edge.ts";
import { nameButton } from "../widgets/icon-button.ts";
import { icon } from "../widgets/icons.ts";
import type { Strings } from "../words/strings.ts";
import type { Whereabout } from "./whereabouts.ts";

/** What a contact's cursor is to look like. */
export interface CursorLook {
  readonly at: Point;
  readonly state: "resting" | "drawing" | "pointing";
  /** CSS. */
  readonly ink: string;
  /** To which side of the tip the name is. */
  readonly side: "left" | "right";
  /** Whether there is room for the name. */
  readonly named: boolean;
}

/** The marker at the edge: of one contact, or of several of whom this is the nearest. */
export interface ArrowLook {
  readonly place: EdgePlace;
  /** How many people it stands for. */
  readonly people: number;
  readonly label: string;
}

/** A contact's two marks over the canvas: a cursor, and an arrow at the edge. */
export interface ContactMark {
  readonly arrow: HTMLButtonElement;
  /** What it is called and what it has in its hand; says whether that is new. */
  setPerson(name: string, tool: PresenceTool | undefined): boolean;
  name(): string;
  /** Undefined: none. */
  setCursor(look: CursorLook | undefined): void;
  setArrow(look: ArrowLook | undefined): void;
  remove(): void;
}

export function createContactMark(root: HTMLElement, { address }: Whereabout): ContactMark {
  const nameText = element("span");
  const letters = element("span", { class: "edge-name" });
  const toolIcon = element("span", { class: "cursor-tool" });
  const cursor = element("div", { class: "cursor", attributes: { "aria-hidden": "true" } }, [
    element("span", { class: "cursor-tip" }),
    element("span", { class: "cursor-name" }, [toolIcon, nameText]),
  ]);
  const arrow = element("button", { class: "edge-arrow", attributes: { type: "button" } }, [
    element("span", { class: "edge-pointer" }),
    letters,
  ]);
  for (const part of [cursor, arrow]) {
    part.dataset["address"] = address;
    part.style.setProperty("--person", cssColor(personColor(address)));
    part.hidden = true;
  }
  root.append(cursor, arrow);
  let shownName: string | undefined;
  let shownTool: PresenceTool | undefined;
  let shownLabel = "";

  return {
    arrow,
    setPerson(name, tool) {
      if (name === shownName && tool === shownTool) return false;
      nameText.textContent = name;
      if (tool !== shownTool) toolIcon.replaceChildren(...(tool ? [icon(tool)] : []));
      shownName = name;
      shownTool = tool;
      return true;
    },
    name: () => shownName ?? "",
    setCursor(look) {
      cursor.hidden = look === undefined;
      if (!look) return;
      const { at, state, ink, side, named } = look;
      cursor.dataset["state"] = state;
      cursor.style.setProperty("--ink", ink);
      cursor.style.transform = translate(at);
      cursor.dataset["side"] = side;
      cursor.dataset["named"] = String(named);
    },
    setArrow(look) {
      arrow.hidden = look === undefined;
      if (!look) return;
      const { place, people, label } = look;
      arrow.style.transform = translate(place);
      arrow.style.setProperty("--angle", `${place.angle.toFixed(3)}rad`);
      arrow.dataset["people"] = people > 1 ? "several" : "one";
      letters.dataset["letters"] = people > 1 ? `+${people}` : initials(shownName ?? "");
      if (label !== shownLabel) nameButton(arrow, label);
      shownLabel = label;
    },
    remove() {
      cursor.remove();
      arrow.remove();
    },
  };
}

/** The words of a marker. */
export function arrowLabel(name: string, all: string | undefined, strings: Strings): string {
  return all === undefined ? strings.showMe(name) : strings.people.beyond(all, name);
}

function translate({ x, y }: Point): string {
  return `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}
