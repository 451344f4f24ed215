/*
 * Which items are one stroke of a highlighter. A long stroke is drawn in several items; what a highlighter
 * covers is blended as a whole, or it would be darker where one item lies over the next. Ink of other tools
 * covers itself, and nobody has to know.
 */
import type { Item, ItemId } from "../../board/document/board.ts";
import { writeOf } from "../../board/document/item-id.ts";
import type { PreviewedBoard } from "../../board/previews/previewed-board.ts";
import { jointAfter, jointBefore } from "../../board/reading/joint.ts";
import { isBlended } from "../shapes/paint.ts";

export interface JoinedStrokes {
  /** Something has become of an item. Returns the others that it is joined with now and was not, or the other way round. */
  follow(id: ItemId): readonly ItemId[];
  /** The items that are blended with this one, itself included, as they were drawn; none where it is alone. */
  wholeOf(id: ItemId): readonly ItemId[];
}

/** Where an item may continue another, and where another may continue it. */
interface Joints {
  readonly before: string;
  readonly after: string | undefined;
}

const NONE: readonly ItemId[] = [];

export function createJoinedStrokes(board: Pick<PreviewedBoard, "items" | "item">): JoinedStrokes {
  const joints = new Map<ItemId, Joints>();
  const byBefore = new Map<string, Set<ItemId>>();
  const byAfter = new Map<string, Set<ItemId>>();
  /** What was found since the joints were last other ones. */
  const found = new Map<ItemId, readonly ItemId[]>();

  /** Of several that end where this one begins, the one that was drawn last before it. */
  const pieceBefore = (id: ItemId): ItemId | undefined => {
    const ends = byAfter.get(joints.get(id)!.before);
    if (!ends) return undefined;
    const { clock } = writeOf(id);
    let latest: ItemId | undefined;
    for (const other of ends) {
      const drawn = writeOf(other).clock;
      if (drawn < clock && (latest === undefined || drawn > writeOf(latest).clock)) latest = other;
    }
    return latest;
  };

  /** As they were drawn, in whatever order they came here. */
  const piecesAfter = (id: ItemId): readonly ItemId[] => {
    const { after } = joints.get(id)!;
    const begins = after === undefined ? undefined : byBefore.get(after);
    if (!begins) return NONE;
    const pieces = [...begins].filter((other) => pieceBefore(other) === id);
    return pieces.sort((a, b) => writeOf(a).clock - writeOf(b).clock);
  };

  /** What may continue an item there, or be continued by it: it may take one of them from another, or leave it to that. */
  const besideJoints = (there: Joints | undefined): ItemId[] => {
    if (!there) return [];
    const begins = there.after === undefined ? [] : (byBefore.get(there.after) ?? []);
    return [...(byAfter.get(there.before) ?? []), ...begins];
  };

  const find = (id: ItemId): readonly ItemId[] => {
    if (!joints.has(id)) return NONE;
    let first = id;
    // Each was drawn before the next, so this comes to an end.
    for (let piece = pieceBefore(id); piece !== undefined; piece = pieceBefore(piece)) first = piece;
    const whole = [first];
    for (const piece of whole) whole.push(...piecesAfter(piece));
    return whole.length === 1 ? NONE : whole;
  };

  const wholeOf = (id: ItemId): readonly ItemId[] => {
    let whole = found.get(id);
    if (!whole) {
      whole = find(id);
      for (const piece of whole) found.set(piece, whole);
    }
    return whole;
  };

  const set = (id: ItemId, next: Joints | undefined): void => {
    const old = joints.get(id);
    if (old) {
      leave(byBefore, old.before, id);
      leave(byAfter, old.after, id);
      joints.delete(id);
    }
    if (next) {
      enter(byBefore, next.before, id);
      enter(byAfter, next.after, id);
      joints.set(id, next);
    }
    found.clear();
  };

  for (const item of board.items()) {
    const next = jointsOf(item);
    if (next) set(item.id, next);
  }

  return {
    follow(id) {
      const next = jointsOf(board.item(id));
      const old = joints.get(id);
      if (old?.before === next?.before && old?.after === next?.after) return NONE;
      const beside = new Set([id, ...besideJoints(old), ...besideJoints(next)]);
      const were = [...beside].flatMap(wholeOf);
      set(id, next);
      const are = [...beside].flatMap(wholeOf);
      return [...new Set([...were, ...are])].filter((other) => other !== id);
    },
    wholeOf,
  };
}

function jointsOf(item: Item | undefined): Joints | undefined {
  if (item?.kind !== "stroke" || !isBlended(item.header) || item.points.length === 0) return undefined;
  const after = jointAfter(item);
  // On another layer it is not blended with the rest.
  const onLayer = (joint: string): string => `${joint} ${item.layer}`;
  return { before: onLayer(jointBefore(item)), after: after === undefined ? undefined : onLayer(after) };
}

function enter(byJoint: Map<string, Set<ItemId>>, joint: string | undefined, id: ItemId): void {
  if (joint === undefined) return;
  const there = byJoint.get(joint);
  if (there) there.add(id);
  else byJoint.set(joint, new Set([id]));
}

function leave(byJoint: Map<string, Set<ItemId>>, joint: string | undefined, id: ItemId): void {
  if (joint === undefined) return;
  const there = byJoint.get(joint);
  there?.delete(id);
  if (there?.size === 0) byJoint.delete(joint);
}
