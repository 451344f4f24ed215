/*
 * Where the contacts' marks are on the screen: their cursors, and the arrows at the edge for who is
 * beyond it. All are placed together, since names and arrows must not lie on one another.
 */
import { centreOf, type Box } from "../../base/geometry.ts";
import type { Camera } from "../../render/canvas/camera.ts";
import { worldToScreen } from "../../render/canvas/camera.ts";
import { displayColor } from "../../render/canvas/theme.ts";
import type { View } from "../camera/auto-camera.ts";
import { freeScreen } from "../camera/auto-camera.ts";
import type { Strings } from "../words/strings.ts";
import { arrowLabel, type ContactMark } from "./contact-mark.ts";
import { besides, type EdgePlace, edgeTowards, shrunk } from "./edge.ts";
import { groupAtEdge } from "./edge-groups.ts";
import type { MovingCursor } from "./moving-cursor.ts";
import type { NameOf } from "./presence-text.ts";
import { pointOf, type Whereabout } from "./whereabouts.ts";
import { whoOf } from "./who.ts";

/** One contact, with what is to be placed for it. */
export interface PlacedContact {
  readonly mark: ContactMark;
  readonly cursor: MovingCursor;
  readonly where: Whereabout;
}

/** The canvas and what it shows of the world. */
export interface Screen {
  readonly view: View;
  readonly camera: Camera;
}

/** Arrows that are closer to one another than this become one. In CSS pixels. */
const ARROW_GAP = 46;
/** CSS pixels. */
const NAME_WIDTH = 150;
/** More names than this would hide the drawing: those who moved last have one. */
const MAX_NAMES = 8;

export function placeCursors(
  contacts: readonly PlacedContact[],
  { view, camera }: Screen,
  dark: boolean,
): void {
  const free = freeScreen(view);
  const latestFirst = [...contacts].sort((a, b) => (b.cursor.way?.since ?? 0) - (a.cursor.way?.since ?? 0));
  let names = 0;
  for (const { mark, cursor, where } of latestFirst) {
    const at = cursor.at && worldToScreen(camera, view, cursor.at);
    const isNear = at !== undefined && edgeTowards(free, at) === undefined;
    if (isNear && !cursor.resting) names++;
    mark.setCursor(
      at && {
        at,
        state: cursor.resting ? "resting" : where.drawing ? "drawing" : "pointing",
        ink: displayColor(where.color ?? 0, dark),
        // The name stays on the screen.
        side: at.x > view.width - NAME_WIDTH ? "left" : "right",
        named: isNear && names <= MAX_NAMES,
      },
    );
  }
}

/** `covered`: where the buttons of the view are, in CSS pixels: no arrow may lie below them. */
export function placeArrows(
  contacts: readonly PlacedContact[],
  { view, camera }: Screen,
  covered: Box,
  nameOf: NameOf,
  strings: Strings,
): void {
  const free = freeScreen(view);
  const inner = shrunk(free);
  const middle = centreOf(free);
  const beyond = contacts.flatMap(({ mark, where }) => {
    const point = pointOf(where);
    const target = point && worldToScreen(camera, view, point);
    const edge: EdgePlace | undefined = target && edgeTowards(free, target) && edgeTowards(inner, target);
    if (!target || !edge) return [];
    const distance = Math.hypot(target.x - middle.x, target.y - middle.y);
    return [{ ...besides(edge, covered), angle: edge.angle, mark, address: where.address, distance }];
  });
  const shown = new Set<ContactMark>();
  for (const { nearest, others } of groupAtEdge(beyond, ARROW_GAP)) {
    const addresses = [nearest, ...others].map(({ address }) => address);
    const all = others.length > 0 ? whoOf(addresses, nameOf, strings)?.names : undefined;
    const label = arrowLabel(nearest.mark.name(), all, strings);
    nearest.mark.setArrow({ place: nearest, people: addresses.length, label });
    shown.add(nearest.mark);
  }
  for (const { mark } of contacts) if (!shown.has(mark)) mark.setArrow(undefined);
}
