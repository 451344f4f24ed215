/*
 * Choosing what of a picture is shown, by dragging the sides and corners of that.
 */
import type { Point } from "../base/geometry.ts";
import type { Crop } from "../board/document/picture.ts";
import { SIDES } from "./handles.ts";

/** A side or a corner of what is shown. */
export type CropHandle = keyof typeof SIDES;
export const CROP_HANDLES = Object.keys(SIDES) as readonly CropHandle[];

/** Where it is, in parts of the whole picture's width and height. */
export function cropHandleAt({ left, top, right, bottom }: Crop, name: CropHandle): Point {
  const between = (side: number, from: number, to: number): number => from + ((side + 1) / 2) * (to - from);
  return { x: between(SIDES[name].x, left, 1 - right), y: between(SIDES[name].y, top, 1 - bottom) };
}

/**
 * The handle dragged by so much; `least`: what stays of each direction at least. All in parts of the whole
 * picture's width and height.
 */
export function dragCrop(crop: Crop, name: CropHandle, by: Point, least: Point): Crop {
  const { x, y } = SIDES[name];
  const moved = (edge: number, further: number, opposite: number, rest: number): number =>
    Math.max(Math.min(edge + further, 1 - opposite - rest), 0);
  return {
    left: x < 0 ? moved(crop.left, by.x, crop.right, least.x) : crop.left,
    top: y < 0 ? moved(crop.top, by.y, crop.bottom, least.y) : crop.top,
    right: x > 0 ? moved(crop.right, -by.x, crop.left, least.x) : crop.right,
    bottom: y > 0 ? moved(crop.bottom, -by.y, crop.top, least.y) : crop.bottom,
  };
}
