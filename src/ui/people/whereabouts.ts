/*
 * Where each contact is at work, from what it draws, points at and sees.
 */
import { centreOf, type Box, type Point } from "../../base/geometry.ts";
import type { Address } from "../../env/host.ts";
import type { Contact } from "../../session.ts";
import type { PresenceTool } from "../../sync/wire/presence-frame.ts";
import { contains } from "../camera/auto-camera.ts";

/** Where a contact who is here is at work. */
export interface Whereabout {
  readonly address: Address;
  /** The tip of the ink or the pointer, whichever moved last; undefined: neither did since it came. */
  readonly place: Point | undefined;
  /** `place` is new since the update before. */
  readonly moved: boolean;
  /** What the contact sees, where its app tells. */
  readonly view: Box | undefined;
  readonly drawing: boolean;
  /** 0xRRGGBB, of the brush in its hand. */
  readonly color: number | undefined;
  readonly tool: PresenceTool | undefined;
}

/** Follows contacts over the board, from one state of theirs to the next. */
export interface Whereabouts {
  update(contacts: readonly Contact[]): readonly Whereabout[];
}

interface Known {
  readonly tip: Point | undefined;
  readonly cursor: Point | undefined;
  readonly place: Point | undefined;
}

const same = (a: Point | undefined, b: Point | undefined): boolean => a?.x === b?.x && a?.y === b?.y;

export function createWhereabouts(): Whereabouts {
  let known = new Map<Address, Known>();
  return {
    update(contacts) {
      const next = new Map<Address, Known>();
      const here = contacts.filter(({ state }) => state === "here");
      const result = here.map(({ address, tip, presence, drawing }): Whereabout => {
        const before = known.get(address);
        const cursor = presence?.cursor;
        // Ink from before this page heard of the contact does not tell where the contact is now.
        const hasDrawn = before !== undefined && tip !== undefined && !same(tip, before.tip);
        const hasPointed = cursor !== undefined && !same(cursor, before?.cursor);
        const place = hasDrawn ? tip : hasPointed ? cursor : before?.place;
        next.set(address, { tip, cursor: cursor ?? before?.cursor, place });
        const moved = hasDrawn || hasPointed;
        const { view, color, tool } = presence ?? {};
        return { address, place, moved, view, drawing, color, tool };
      });
      known = next;
      return result;
    },
  };
}

/** The one point that stands for where a contact is; undefined where nothing is known. */
export function pointOf({ place, view }: Whereabout): Point | undefined {
  // A contact that pointed at something and then looked elsewhere is elsewhere.
  if (place && (!view || contains(view, { minX: place.x, minY: place.y, maxX: place.x, maxY: place.y })))
    return place;
  return view ? centreOf(view) : place;
}

/** What to show of the world to be where the contact is: what it sees, or as much as now around its place. */
export function boxToShow(where: Whereabout, seen: Box): Box | undefined {
  if (where.view) return where.view;
  const point = pointOf(where);
  if (!point) return undefined;
  const halfWidth = (seen.maxX - seen.minX) / 2;
  const halfHeight = (seen.maxY - seen.minY) / 2;
  return {
    minX: point.x - halfWidth,
    minY: point.y - halfHeight,
    maxX: point.x + halfWidth,
    maxY: point.y + halfHeight,
  };
}
