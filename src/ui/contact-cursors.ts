import type { Box, Point } from "../base/geometry.ts";
import type { Address } from "../env/host.ts";
import type { Camera } from "../render/camera.ts";
import { worldToScreen } from "../render/camera.ts";
import type { InkTheme } from "../render/theme.ts";
import { displayColor } from "../render/theme.ts";
import type { Contact } from "../session.ts";
import type { PresenceTool } from "../sync/presence.ts";
import type { View } from "./auto-camera.ts";
import { freeBox } from "./auto-camera.ts";
import { cssColor, initials, personColor } from "./colors.ts";
import { element, listen } from "./dom.ts";
import { edgeTowards } from "./edge.ts";
import { nameButton } from "./icon-button.ts";
import { icon } from "./icons.ts";
import type { NameOf } from "./presence-text.ts";
import type { Strings } from "./strings.ts";
import type { Whereabout } from "./whereabouts.ts";
import { boxToShow, createWhereabouts, pointOf } from "./whereabouts.ts";

/** Where the contacts are at work: a cursor on the screen, an arrow at its edge for who is beyond it. */
export interface ContactCursors {
  update(contacts: readonly Contact[]): void;
  /** Goes to the first contact beyond the edge; says whether there is one. */
  showMe(): boolean;
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
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Calls back before the next paint; returns how to take it back. */
  readonly requestFrame: (task: () => void) => () => void;
  readonly reducedMotion: () => boolean;
  /** Where the buttons of the view are, in CSS pixels of the canvas: no arrow may lie below them. */
  readonly covered: () => Box;
  /** Brings a part of the world on the screen. */
  readonly goTo: (box: Box) => void;
}

/** A cursor that rests this long fades: boards at rest look the same. */
const REST_MS = 3000;
/**
 * News comes a few times a second. The cursor takes about the time until the next for its way, within
 * these milliseconds, as a contact's ink does: it stays at the tip.
 */
const SHORTEST_WAY = 40;
const LONGEST_WAY = 250;
/** An arrow's middle stays this far from the bars and the edge. */
const EDGE_MARGIN = 30;
/** Half an arrow, and some air. */
const ARROW_REACH = 26;
const NAME_WIDTH = 150;
/** Cursors of more people than this would hide the drawing. */
const MAX_CURSORS = 8;

interface Mark {
  readonly cursor: HTMLElement;
  readonly arrow: HTMLButtonElement;
  /** The picture of what it has in its hand. */
  readonly tool: HTMLElement;
  readonly name: HTMLElement;
  /** The beginning of the name, for where there is no room. */
  readonly letters: HTMLElement;
  shownName: string | undefined;
  shownTool: PresenceTool | undefined;
  where: Whereabout;
  /** Where the cursor is shown. */
  at: Point | undefined;
  /** Its way to `where.place`, with the times of the news and of its arrival. */
  way: { readonly from: Point; readonly since: number; readonly until: number } | undefined;
  resting: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createContactCursors(deps: ContactCursorsDeps): ContactCursors {
  const { root, strings, nameOf } = deps;
  const whereabouts = createWhereabouts();
  const marks = new Map<Address, Mark>();
  let theme: InkTheme = { dark: false };
  let stopFrame: (() => void) | undefined;

  const createMark = (where: Whereabout): Mark => {
    const { address } = where;
    const name = element("span");
    const letters = element("span", { class: "edge-name" });
    const tool = element("span", { class: "cursor-tool" });
    const cursor = element("div", { class: "cursor", attributes: { "aria-hidden": "true" } }, [
      element("span", { class: "cursor-tip" }),
      element("span", { class: "cursor-name" }, [tool, name]),
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
    const mark: Mark = {
      cursor,
      arrow,
      tool,
      name,
      letters,
      shownName: undefined,
      shownTool: undefined,
      where,
      at: undefined,
      way: undefined,
      resting: true,
      timer: undefined,
    };
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

  const showTool = (mark: Mark): void => {
    const { tool } = mark.where;
    if (tool === mark.shownTool) return;
    mark.shownTool = tool;
    mark.tool.replaceChildren(...(tool ? [icon(tool)] : []));
  };

  const showName = (mark: Mark): void => {
    const name = nameOf(mark.where.address);
    if (name === mark.shownName) return;
    mark.shownName = name;
    mark.name.textContent = name;
    mark.letters.dataset["letters"] = initials(name);
    nameButton(mark.arrow, strings.showMe(name));
  };

  const rest = (mark: Mark): void => {
    mark.resting = true;
    place(mark);
  };

  const wake = (mark: Mark): void => {
    const now = deps.now();
    // One that was not to be seen does not fly in from where it was.
    if (mark.resting || deps.reducedMotion()) mark.at = mark.where.place;
    const pause = Math.min(Math.max(now - (mark.way?.since ?? -Infinity), SHORTEST_WAY), LONGEST_WAY);
    mark.way = mark.at && { from: mark.at, since: now, until: now + pause };
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
      // The name stays on the screen.
      cursor.dataset["side"] = x > view.width - NAME_WIDTH ? "left" : "right";
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
    const { x, y } = besides(edge, deps.covered());
    arrow.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    arrow.style.setProperty("--angle", `${edge.angle.toFixed(3)}rad`);
  };

  /** Says whether it has not arrived. */
  const advance = (mark: Mark): boolean => {
    const { way } = mark;
    const to = mark.where.place;
    if (!way || !to) return false;
    const part = Math.min((deps.now() - way.since) / (way.until - way.since), 1);
    mark.at = { x: way.from.x + (to.x - way.from.x) * part, y: way.from.y + (to.y - way.from.y) * part };
    return part < 1;
  };

  const step = (): void => {
    const isMoving = [...marks.values()].filter(advance).length > 0;
    stopFrame = isMoving ? deps.requestFrame(step) : undefined;
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
        showName(mark);
        showTool(mark);
        if (where.moved) wake(mark);
        place(mark);
      }
      if (present.some(({ moved }) => moved)) stopFrame ??= deps.requestFrame(step);
    },
    showMe() {
      const mark = [...marks.values()].find(({ arrow }) => !arrow.hidden);
      mark?.arrow.click();
      return mark !== undefined;
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

/** The same place, or below what covers it. */
function besides({ x, y }: Point, covered: Box): Point {
  const inside =
    x > covered.minX - ARROW_REACH &&
    x < covered.maxX + ARROW_REACH &&
    y > covered.minY - ARROW_REACH &&
    y < covered.maxY + ARROW_REACH;
  return inside ? { x, y: covered.maxY + ARROW_REACH } : { x, y };
}

function shrunk({ minX, minY, maxX, maxY }: Box): Box {
  const x = Math.min(EDGE_MARGIN, (maxX - minX) / 2);
  const y = Math.min(EDGE_MARGIN, (maxY - minY) / 2);
  return { minX: minX + x, minY: minY + y, maxX: maxX - x, maxY: maxY - y };
}
