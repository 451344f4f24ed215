import type { Box, Point } from "../base/geometry.ts";
import type { Address } from "../env/host.ts";
import type { Camera } from "../render/camera.ts";
import { worldToScreen } from "../render/camera.ts";
import type { InkTheme } from "../render/theme.ts";
import { displayColor } from "../render/theme.ts";
import type { Contact } from "../session.ts";
import type { View } from "./auto-camera.ts";
import { freeBox } from "./auto-camera.ts";
import { cssColor, initials, personColor } from "./colors.ts";
import { element, listen } from "./dom.ts";
import { edgeTowards } from "./edge.ts";
import type { NameOf } from "./presence-text.ts";
import type { Strings } from "./strings.ts";
import type { Whereabout } from "./whereabouts.ts";
import { boxToShow, createWhereabouts, pointOf } from "./whereabouts.ts";

/** Where the contacts are at work: a cursor on the screen, an arrow at its edge for who is beyond it. */
export interface ContactCursors {
  update(contacts: readonly Contact[]): void;
  /** The camera moved, or the canvas has another size. */
  viewChanged(): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface ContactCursorsDeps {
  readonly root: HTMLElement;
  readonly strings: Strings;
  readonly nameOf: NameOf;
  readonly view: () => View;
  readonly camera: () => Camera;
  /** Calls back before the next paint with the time in milliseconds; returns how to take it back. */
  readonly requestFrame: (task: (now: number) => void) => () => void;
  readonly reducedMotion: () => boolean;
  /** Brings a part of the world on the screen. */
  readonly goTo: (box: Box) => void;
}

/** A cursor that rests this long fades: boards at rest look the same. */
const REST_MS = 3000;
/** News comes a few times a second; in between the cursor closes 63 % of its way in so many milliseconds. */
const EASE_MS = 70;
const FRAME_MS = 16;
/** Nearer than this, in CSS pixels, it has arrived. */
const ARRIVED = 0.5;
/** An arrow's middle stays this far from the bars and the edge. */
const EDGE_MARGIN = 30;
/** Cursors of more people than this would hide the drawing. */
const MAX_CURSORS = 8;

interface Mark {
  readonly cursor: HTMLElement;
  readonly arrow: HTMLButtonElement;
  where: Whereabout;
  /** Where the cursor is shown, on its way to `where.place`. */
  at: Point | undefined;
  resting: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createContactCursors(deps: ContactCursorsDeps): ContactCursors {
  const { root, strings, nameOf } = deps;
  const whereabouts = createWhereabouts();
  const marks = new Map<Address, Mark>();
  let theme: InkTheme = { dark: false };
  let stopFrame: (() => void) | undefined;
  let before: number | undefined;

  const createMark = (where: Whereabout): Mark => {
    const { address } = where;
    const name = nameOf(address);
    const cursor = element("div", { class: "cursor", attributes: { "aria-hidden": "true" } }, [
      element("span", { class: "cursor-tip" }),
      element("span", { class: "cursor-name", text: name }),
    ]);
    const label = strings.showMe(name);
    const arrow = element(
      "button",
      { class: "edge-arrow", attributes: { type: "button", "aria-label": label, title: label } },
      [
        element("span", { class: "edge-pointer" }),
        element("span", { class: "edge-name", text: initials(name) }),
      ],
    );
    for (const part of [cursor, arrow]) {
      part.dataset["address"] = address;
      part.style.setProperty("--person", cssColor(personColor(address)));
      part.hidden = true;
    }
    const mark: Mark = { cursor, arrow, where, at: undefined, resting: true, timer: undefined };
    listen(arrow, "click", () => {
      const box = boxToShow(mark.where, freeBox(deps.view(), deps.camera()));
      if (box) deps.goTo(box);
    });
    root.append(cursor, arrow);
    return mark;
  };

  const remove = (mark: Mark): void => {
    clearTimeout(mark.timer);
    mark.cursor.remove();
    mark.arrow.remove();
  };

  const rest = (mark: Mark): void => {
    mark.resting = true;
    place(mark);
  };

  const wake = (mark: Mark): void => {
    // One that was not to be seen does not fly in from where it was.
    if (mark.resting || deps.reducedMotion()) mark.at = mark.where.place;
    mark.resting = false;
    clearTimeout(mark.timer);
    mark.timer = setTimeout(() => rest(mark), REST_MS);
  };

  /** Puts cursor and arrow where they belong now. */
  const place = ({ cursor, arrow, where, at, resting }: Mark): void => {
    const view = deps.view();
    const camera = deps.camera();
    const { insets } = view;
    cursor.hidden = at === undefined;
    cursor.dataset["state"] = resting ? "resting" : where.drawing ? "drawing" : "pointing";
    cursor.style.setProperty("--ink", displayColor(where.color ?? 0, theme.dark));
    if (at) {
      const { x, y } = worldToScreen(camera, view, at);
      cursor.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
    const point = pointOf(where);
    const onScreen = point && worldToScreen(camera, view, point);
    const free: Box = {
      minX: insets.left,
      minY: insets.top,
      maxX: view.width - insets.right,
      maxY: view.height - insets.bottom,
    };
    const isBeyond = onScreen !== undefined && edgeTowards(free, onScreen) !== undefined;
    const edge = isBeyond ? edgeTowards(shrunk(free), onScreen) : undefined;
    arrow.hidden = edge === undefined;
    if (!edge) return;
    arrow.style.transform = `translate(${edge.x.toFixed(1)}px, ${edge.y.toFixed(1)}px)`;
    arrow.style.setProperty("--angle", `${edge.angle.toFixed(3)}rad`);
  };

  const approach = (mark: Mark, elapsed: number): boolean => {
    const to = mark.where.place;
    if (!mark.at || !to) return false;
    const part = 1 - Math.exp(-elapsed / EASE_MS);
    const dx = to.x - mark.at.x;
    const dy = to.y - mark.at.y;
    const arrived = Math.hypot(dx, dy) * deps.camera().zoom <= ARRIVED;
    mark.at = arrived ? to : { x: mark.at.x + dx * part, y: mark.at.y + dy * part };
    return !arrived;
  };

  const step = (now: number): void => {
    const elapsed = now - (before ?? now - FRAME_MS);
    const moving = [...marks.values()].filter((mark) => approach(mark, elapsed));
    before = moving.length > 0 ? now : undefined;
    stopFrame = moving.length > 0 ? deps.requestFrame(step) : undefined;
    for (const mark of marks.values()) place(mark);
  };

  return {
    update(contacts) {
      const present = whereabouts.update(contacts).slice(0, MAX_CURSORS);
      for (const [address, mark] of marks) {
        if (present.some((where) => where.address === address)) continue;
        remove(mark);
        marks.delete(address);
      }
      for (const where of present) {
        const mark = marks.get(where.address) ?? createMark(where);
        marks.set(where.address, mark);
        mark.where = where;
        if (where.moved) wake(mark);
        place(mark);
      }
      const isBehind = ({ at, where }: Mark): boolean =>
        at !== undefined && (at.x !== where.place?.x || at.y !== where.place.y);
      if ([...marks.values()].some(isBehind)) stopFrame ??= deps.requestFrame(step);
    },
    viewChanged() {
      for (const mark of marks.values()) place(mark);
    },
    setTheme(next) {
      theme = next;
      for (const mark of marks.values()) place(mark);
    },
    close() {
      stopFrame?.();
      for (const mark of marks.values()) remove(mark);
      marks.clear();
    },
  };
}

function shrunk({ minX, minY, maxX, maxY }: Box): Box {
  const x = Math.min(EDGE_MARGIN, (maxX - minX) / 2);
  const y = Math.min(EDGE_MARGIN, (maxY - minY) / 2);
  return { minX: minX + x, minY: minY + y, maxX: maxX - x, maxY: maxY - y };
}
