import { boundsOf } from "../base/geometry.ts";
import type { InkPoint, InkSample } from "../ink/stroke.ts";
import type { Renderer } from "../render/renderer.ts";
import { screenToWorld } from "../render/camera.ts";
import type { Pen } from "../tools/pen.ts";
import { strokeHeader } from "../tools/stroke-header.ts";
import type { View } from "./auto-camera.ts";
import type { Choices } from "./choices.ts";
import type { GestureAction } from "./gesture-events.ts";
import type { ViewControl } from "./view.ts";

/** Carries out what the gesture recogniser says. */
export interface Drawing {
  /** The picture is up to date when this returns. */
  perform(actions: readonly GestureAction[]): void;
}

export function createDrawing({
  pen,
  choices,
  camera,
  view,
  renderer,
}: {
  readonly pen: Pen;
  readonly choices: Choices;
  readonly camera: ViewControl;
  readonly view: () => View;
  readonly renderer: Pick<Renderer, "setPreviews" | "paintNow">;
}): Drawing {
  /** The browser's guess where the pen goes on. It is shown until the next sample, and never kept. */
  let predicted: readonly InkPoint[] = [];

  const toWorld = (sample: InkSample): InkSample => ({
    ...sample,
    ...screenToWorld(camera.camera(), view(), sample),
  });

  const penUp = (finish: () => void): void => {
    const last = pen.preview();
    finish();
    const box = last && boundsOf(last.points, last.header.width);
    if (box) camera.drawn(box);
    camera.setPenDown(false);
  };

  const perform = (action: GestureAction): void => {
    switch (action.type) {
      case "stroke-start": {
        camera.setPenDown(true);
        const { zoom } = camera.camera();
        const header = strokeHeader(choices.brush(), action.input, zoom);
        pen.down(header, toWorld(action.sample), { zoom, held: action.held });
        break;
      }
      case "stroke-move":
        pen.move(action.samples.map(toWorld));
        predicted = action.predicted.map(toWorld);
        break;
      case "stroke-commit":
        pen.commit();
        break;
      case "stroke-end":
        penUp(() => pen.up());
        break;
      case "stroke-drop":
        pen.drop();
        camera.setPenDown(false);
        break;
      case "navigate":
        camera.navigate(action.from, action.to, action.scale);
        break;
      case "fling":
        camera.fling(action.velocity);
        break;
    }
  };

  return {
    perform(actions) {
      if (actions.length === 0) return;
      predicted = [];
      for (const action of actions) perform(action);
      const preview = pen.preview();
      renderer.setPreviews(preview ? [{ ...preview, predicted }] : []);
      renderer.paintNow();
    },
  };
}
