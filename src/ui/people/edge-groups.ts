import type { Point } from "../../base/geometry.ts";

/** Somebody beyond the edge of the screen. */
export interface Beyond extends Point {
  /** How far it is to there from the middle of the screen. */
  readonly distance: number;
}

/** People whose markers would lie on one another; the nearest of them stands for all. */
export interface EdgeGroup<T extends Beyond> {
  readonly nearest: T;
  readonly others: readonly T[];
}

/**
 * Joins markers at the edge so that no two that are left are closer than `gap`: the nearest person keeps
 * the place, and takes in everybody whose marker would come too close to it.
 */
export function groupAtEdge<T extends Beyond>(people: readonly T[], gap: number): readonly EdgeGroup<T>[] {
  const groups: { readonly nearest: T; readonly others: T[] }[] = [];
  for (const each of [...people].sort((a, b) => a.distance - b.distance)) {
    const group = groups.find(({ nearest }) => Math.hypot(nearest.x - each.x, nearest.y - each.y) < gap);
    if (group) group.others.push(each);
    else groups.push({ nearest: each, others: [] });
  }
  return groups;
}
