import type { Point } from "../../base/geometry.ts";

/** Where a pointer is on an element, in CSS pixels from the element's corner; `origin`: of the element. */
export function placeOn(
  origin: Pick<DOMRect, "left" | "top">,
  { clientX, clientY }: Pick<MouseEvent, "clientX" | "clientY">,
): Point {
  return { x: clientX - origin.left, y: clientY - origin.top };
}
