/*
 * From the world to pixels of a canvas. A transform moves by whole pixels only, so that what is painted
 * once can be copied elsewhere and stays the same, pixel by pixel.
 */
import type { Box } from "../../base/geometry.ts";
import type { Camera, Viewport } from "./camera.ts";

/** From world units to device pixels: multiply by `scale`, then add. `x` and `y` are whole. */
export interface Transform {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Whole device pixels of a canvas. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Within half a device pixel of the camera: in whole pixels, what was painted for one place of the
 * camera can be copied to another and stays sharp.
 */
export function transformOf(camera: Camera, viewport: Viewport, pixelRatio: number): Transform {
  const scale = camera.zoom * pixelRatio;
  return {
    scale,
    x: Math.round((viewport.width / 2) * pixelRatio - camera.x * scale),
    y: Math.round((viewport.height / 2) * pixelRatio - camera.y * scale),
  };
}

/** The size of a canvas in device pixels, at least one. */
export function backingSize(viewport: Viewport, pixelRatio: number): Viewport {
  return {
    width: Math.max(Math.round(viewport.width * pixelRatio), 1),
    height: Math.max(Math.round(viewport.height * pixelRatio), 1),
  };
}

/** All pixels that ink inside `box` can touch, a pixel of soft edge included; undefined: none. */
export function areaOf(box: Box, transform: Transform, size: Viewport): Area | undefined {
  const { scale } = transform;
  const left = Math.max(Math.floor(box.minX * scale + transform.x) - 1, 0);
  const top = Math.max(Math.floor(box.minY * scale + transform.y) - 1, 0);
  const right = Math.min(Math.ceil(box.maxX * scale + transform.x) + 1, size.width);
  const bottom = Math.min(Math.ceil(box.maxY * scale + transform.y) + 1, size.height);
  if (right <= left || bottom <= top) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The part of the world from which ink can touch `area`: the inverse of `areaOf`. */
export function worldOf(area: Area, transform: Transform): Box {
  const { scale } = transform;
  return {
    minX: (area.x - 1 - transform.x) / scale,
    minY: (area.y - 1 - transform.y) / scale,
    maxX: (area.x + area.width + 1 - transform.x) / scale,
    maxY: (area.y + area.height + 1 - transform.y) / scale,
  };
}

export function unionOfAreas(a: Area | undefined, b: Area | undefined): Area | undefined {
  if (!a || !b) return a ?? b;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** What both cover; undefined: nothing. */
export function commonArea(a: Area, b: Area): Area | undefined {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}
