import type { Point } from "../../base/geometry.ts";
import { screenToWorld } from "../../render/canvas/camera.ts";
import type { View } from "../camera/auto-camera.ts";
import { freeMiddle } from "../camera/auto-camera.ts";
import type { ViewControl } from "../camera/view.ts";

/** The canvas as it lies on the screen. */
export interface CanvasScreen {
  /** Takes the presses. */
  readonly surface: HTMLElement;
  /** Lies over it, at the same place, for what is not painted: handles, menus, the field of a text. */
  readonly overlay: HTMLElement;
  readonly view: () => View;
  readonly camera: ViewControl;
}

/** The middle of what no bar covers, in world units: new things go there that no pointer places. */
export function middleOf({ camera, view }: CanvasScreen): Point {
  return screenToWorld(camera.camera(), view(), freeMiddle(view()));
}
