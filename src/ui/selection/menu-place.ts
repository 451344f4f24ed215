import type { Box, Point } from "../../base/geometry.ts";

/** Air between a selection's box, whose handles reach beyond it, and its menu. In CSS pixels. */
const GAP = 28;
/** The handle for turning stands above the box. */
const GAP_ABOVE = 56;

/**
 * Where a menu goes, as its top left corner: above the box, or where there is no room below it, or beside
 * it, or else over its lower end; always within what is free.
 */
export function menuPlace(
  around: Box,
  menu: { readonly width: number; readonly height: number },
  free: Box,
): Point {
  const above = around.minY - GAP_ABOVE - menu.height;
  const below = around.maxY + GAP;
  const isFree = (y: number): boolean => y >= free.minY && y + menu.height <= free.maxY;
  const right = around.maxX + GAP;
  const left = around.minX - GAP - menu.width;
  let y = free.maxY - menu.height;
  let x = (around.minX + around.maxX - menu.width) / 2;
  if (isFree(above)) y = above;
  else if (isFree(below)) y = below;
  else if (right + menu.width <= free.maxX) [x, y] = [right, (around.minY + around.maxY - menu.height) / 2];
  else if (left >= free.minX) [x, y] = [left, (around.minY + around.maxY - menu.height) / 2];
  return {
    x: Math.max(Math.min(x, free.maxX - menu.width), free.minX),
    y: Math.max(Math.min(y, free.maxY - menu.height), free.minY),
  };
}
