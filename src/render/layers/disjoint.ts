import { overlaps, unionOf, type Box } from "../../base/geometry.ts";

/** Boxes that cover the given ones and do not overlap. */
export function disjoint(boxes: readonly Box[]): Box[] {
  const apart: Box[] = [];
  for (const box of boxes) {
    let grown = box;
    // A box that grew may reach further ones, so the search starts again.
    for (let i = 0; i < apart.length;) {
      if (overlaps(apart[i]!, grown)) {
        grown = unionOf(apart[i], grown)!;
        apart.splice(i, 1);
        i = 0;
      } else {
        i++;
      }
    }
    apart.push(grown);
  }
  return apart;
}
