import type { Background } from "../../board/document/backgrounds.ts";
import type { Camera, Viewport } from "../canvas/camera.ts";
import type { InkTheme } from "../canvas/theme.ts";
import { backingSize, transformOf } from "../canvas/transform.ts";
import type { View } from "./view.ts";

/** What a view is made of, as it was last set. Each setter says whether it is otherwise than before. */
export interface ViewState {
  /** CSS pixels, and how many device pixels there are to one. */
  setViewport(viewport: Viewport, pixelRatio: number): boolean;
  setCamera(camera: Camera): boolean;
  setTheme(theme: InkTheme): boolean;
  camera(): Camera;
  /**
   * The view to be painted now; undefined before there is a size. Called once for each painting. `isFirst`: no ink
   * has been painted, so that another scale is no zooming.
   */
  next(background: Background, isFirst: boolean): View | undefined;
}

/** Paintings without another scale until tiles are painted for it. */
const ZOOM_SETTLES = 3;

export function createViewState(): ViewState {
  let viewport: Viewport = { width: 0, height: 0 };
  let pixelRatio = 1;
  let camera: Camera = { x: 0, y: 0, zoom: 1 };
  let theme: InkTheme = { dark: false };
  let paintedScale: number | undefined;
  let zoomFrames = 0;
  return {
    setViewport(next, ratio) {
      const same = next.width === viewport.width && next.height === viewport.height && ratio === pixelRatio;
      viewport = next;
      pixelRatio = ratio;
      return !same;
    },
    setCamera(next) {
      const same = next.x === camera.x && next.y === camera.y && next.zoom === camera.zoom;
      if (!same) camera = next;
      return !same;
    },
    setTheme(next) {
      const same = next.dark === theme.dark;
      theme = next;
      return !same;
    },
    camera: () => camera,
    next(background, isFirst) {
      if (viewport.width <= 0 || viewport.height <= 0) return undefined;
      const transform = transformOf(camera, viewport, pixelRatio);
      if (isFirst) zoomFrames = 0;
      else if (paintedScale !== transform.scale) zoomFrames = ZOOM_SETTLES;
      else if (zoomFrames > 0) zoomFrames--;
      paintedScale = transform.scale;
      return {
        size: backingSize(viewport, pixelRatio),
        transform,
        appearance: { ...theme, background, pixelRatio },
        zooming: zoomFrames > 0,
      };
    },
  };
}
