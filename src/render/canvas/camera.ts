/*
 * Where a person looks: from screen to world and back, and what moving and zooming make of it.
 */
import type { Point } from "../../base/geometry.ts";
import { MAX_COORDINATE } from "../../ink/codec.ts";

/** What a person looks at. Everybody has their own; the world is shared. */
export interface Camera {
  /** The place in the world at the middle of the viewport, within the reach of ink. */
  readonly x: number;
  readonly y: number;
  /** CSS pixels to a world unit, MIN_ZOOM .. MAX_ZOOM. */
  readonly zoom: number;
}

/** The size of the canvas in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export const MIN_ZOOM = 0.1;
export const MAX_ZOOM = 8;

/** `screen` in CSS pixels from the viewport's top left corner. */
export function screenToWorld(camera: Camera, viewport: Viewport, screen: Point): Point {
  return {
    x: camera.x + (screen.x - viewport.width / 2) / camera.zoom,
    y: camera.y + (screen.y - viewport.height / 2) / camera.zoom,
  };
}

export function worldToScreen(camera: Camera, viewport: Viewport, world: Point): Point {
  return {
    x: (world.x - camera.x) * camera.zoom + viewport.width / 2,
    y: (world.y - camera.y) * camera.zoom + viewport.height / 2,
  };
}

/** Moves the drawing by `dx`, `dy` CSS pixels, as a hand moves a sheet. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  return {
    ...camera,
    x: clampPlace(camera.x - dx / camera.zoom),
    y: clampPlace(camera.y - dy / camera.zoom),
  };
}

/** Zooms by `factor`, within the limits, about a place on the screen, which stays where it is. */
export function zoomAt(camera: Camera, viewport: Viewport, screen: Point, factor: number): Camera {
  const world = screenToWorld(camera, viewport, screen);
  const zoom = clampZoom(camera.zoom * factor);
  return {
    x: clampPlace(world.x - (screen.x - viewport.width / 2) / zoom),
    y: clampPlace(world.y - (screen.y - viewport.height / 2) / zoom),
    zoom,
  };
}

function clampZoom(zoom: number): number {
  return Math.min(Math.max(zoom, MIN_ZOOM), MAX_ZOOM);
}

/** Ink reaches no further, so there is nothing to look at. */
function clampPlace(value: number): number {
  return Math.min(Math.max(value, -MAX_COORDINATE), MAX_COORDINATE);
}
