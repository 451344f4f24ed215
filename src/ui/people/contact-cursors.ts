import type { Box, Point } from "../../base/geometry.ts";
import type { Address } from "../../env/host.ts";
import type { Camera } from "../../render/canvas/camera.ts";
import { worldToScreen } from "../../render/canvas/camera.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import { displayColor } from "../../render/canvas/theme.ts";
import type { Contact } from "../../session.ts";
import type { View } from "../camera/auto-camera.ts";
import { freeBox } from "../camera/auto-camera.ts";
import type { ContactMark } from "./contact-mark.ts";
import { arrowLabel, createContactMark } from "./contact-mark.ts";
import { listen } from "../widgets/dom.ts";
import { besides, edgeTowards, shrunk } from "./edge.ts";
import type { EdgePlace } from "./edge.ts";
import { groupAtEdge } from "./edge-groups.ts";
import type { NameOf } from "./presence-text.ts";
import type { Strings } from "../words/strings.ts";
import type { Whereabout } from "./whereabouts.ts";
import { boxToShow, createWhereabouts, pointOf } from "./whereabouts.ts";
import { whoOf } from "./who.ts";

/**
 * Where the contacts are at work: cursors on the screen, and arrows at its edge for who is beyond it. All
 * are placed together, at most once a frame, however many people move.
 */
export interface ContactCursors {
  update(contacts: readonly Contact[]): void;
  /** Goes to the first contact beyond the edge; says whether there is one. */
  showMe(): boolean;
  /** Goes to where this contact is; says whether that is known. */
  show(address: Address): boolean;
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
/** Arrows that are closer to one another than this become one. */
const ARROW_GAP = 46;
const NAME_WIDTH = 150;
/** More names than this would hide the drawing: those who moved last have one. */
const MAX_NAMES = 8;

interface Mark extends ContactMark {
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

  const show = (address: Address): boolean => {
    const mark = marks.get(address);
    const box = mark && boxToShow(mark.where, freeBox(deps.view(), deps.camera()));
    if (box) deps.goTo(box);
    return box !== undefined;
  };

  const createMark = (where: Whereabout): Mark => {
    const shown = createContactMark(root, where);
    listen(shown.arrow, "click", () => void show(where.address));
    return { ...shown, where, at: undefined, way: undefined, resting: true, timer: undefined };
  };

  const remove = (mark: Mark): void => {
    clearTimeout(mark.timer);
    mark.remove();
  };

  const wake = (mark: Mark): void => {
    const now = deps.now();
    // One that was not to be seen does not fly in from where it was.
    if (mark.resting || deps.reducedMotion()) mark.at = mark.where.place;
    const pause = Math.min(Math.max(now - (mark.way?.since ?? -Infinity), SHORTEST_WAY), LONGEST_WAY);
    mark.way = mark.at && { from: mark.at, since: now, until: now + pause };
    mark.resting = false;
    clearTimeout(mark.timer);
    mark.timer = setTimeout(() => {
      mark.resting = true;
      placeSoon();
    }, REST_MS);
  };

  const placeCursors = (view: View, camera: Camera): void => {
    const free = freeOf(view);
    const moved = [...marks.values()].sort((a, b) => (b.way?.since ?? 0) - (a.way?.since ?? 0));
    let names = 0;
    for (const mark of moved) {
      const { where, resting } = mark;
      const at = mark.at && worldToScreen(camera, view, mark.at);
      const isNear = at !== undefined && edgeTowards(free, at) === undefined;
      if (isNear && !resting) names++;
      mark.setCursor(
        at && {
          at,
          state: resting ? "resting" : where.drawing ? "drawing" : "pointing",
          ink: displayColor(where.color ?? 0, theme.dark),
          // The name stays on the screen.
          side: at.x > view.width - NAME_WIDTH ? "left" : "right",
          named: isNear && names <= MAX_NAMES,
        },
      );
    }
  };

  const placeArrows = (view: View, camera: Camera, covered: Box): void => {
    const free = freeOf(view);
    const inner = shrunk(free);
    const middle: Point = { x: (free.minX + free.maxX) / 2, y: (free.minY + free.maxY) / 2 };
    const beyond = [...marks.values()].flatMap((mark): (EdgePlace & { mark: Mark; distance: number })[] => {
      const point = pointOf(mark.where);
      const target = point && worldToScreen(camera, view, point);
      const edge = target && edgeTowards(free, target) && edgeTowards(inner, target);
      if (!edge) return [];
      const distance = Math.hypot(target.x - middle.x, target.y - middle.y);
      return [{ ...besides(edge, covered), angle: edge.angle, mark, distance }];
    });
    const shown = new Set<Mark>();
    for (const { nearest, others } of groupAtEdge(beyond, ARROW_GAP)) {
      const addresses = [nearest, ...others].map(({ mark }) => mark.where.address);
      const all = others.length > 0 ? whoOf(addresses, nameOf, strings)?.names : undefined;
      const label = arrowLabel(nearest.mark.name(), all, strings);
      nearest.mark.setArrow({ place: nearest, people: addresses.length, label });
      shown.add(nearest.mark);
    }
    for (const mark of marks.values()) if (!shown.has(mark)) mark.setArrow(undefined);
  };

  const place = (): void => {
    const [view, camera] = [deps.view(), deps.camera()];
    // Asked for once, and before anything is written: each question would lay out the page again.
    const covered = deps.covered();
    placeCursors(view, camera);
    placeArrows(view, camera, covered);
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
    place();
  };

  function placeSoon(): void {
    stopFrame ??= deps.requestFrame(step);
  }

  return {
    update(contacts) {
      const present = whereabouts.update(contacts);
      let isNews = false;
      for (const [address, mark] of marks) {
        if (present.some((where) => where.address === address)) continue;
        remove(mark);
        marks.delete(address);
        isNews = true;
      }
      for (const where of present) {
        const known = marks.get(where.address);
        const mark = known ?? createMark(where);
        marks.set(where.address, mark);
        const before = mark.where;
        mark.where = where;
        const isRenamed = mark.setPerson(nameOf(where.address), where.tool);
        if (where.moved) wake(mark);
        if (!known || isRenamed || !looksLike(before, where)) isNews = true;
      }
      if (isNews) placeSoon();
    },
    showMe() {
      const mark = [...marks.values()].find(({ arrow }) => !arrow.hidden);
      mark?.arrow.click();
      return mark !== undefined;
    },
    show,
    viewChanged: place,
    setTheme(next) {
      theme = next;
      place();
    },
    close() {
      stopFrame?.();
      for (const mark of marks.values()) remove(mark);
      marks.clear();
    },
  };
}

/** Nothing of it is to be shown otherwise. */
function looksLike(a: Whereabout, b: Whereabout): boolean {
  return !b.moved && a.view === b.view && a.drawing === b.drawing && a.color === b.color;
}

/** What of the canvas nothing covers. */
function freeOf({ width, height, insets }: View): Box {
  return {
    minX: insets.left,
    minY: insets.top,
    maxX: width - insets.right,
    maxY: height - insets.bottom,
  };
}
