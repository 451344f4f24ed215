/*
 * Between gestures and tools: who does what about each action of the gesture recogniser.
 */
import type { Point } from "../../base/geometry.ts";
import type { InkPoint, InkSample } from "../../ink/stroke.ts";
import { screenToWorld } from "../../render/canvas/camera.ts";
import type { Tool, ToolPreview } from "../../tools/tool.ts";
import type { View } from "../camera/auto-camera.ts";
import type { ViewControl } from "../camera/view.ts";
import type { Commands } from "../input/commands.ts";
import type { GestureAction } from "../input/gesture-events.ts";
import type { StageClock } from "./stage-clock.ts";
import type { FinishedGesture, ToolGesture, ToolGestureDeps } from "./tool-gesture.ts";
import { createToolGesture } from "./tool-gesture.ts";
import type { ToolInHand } from "./tool-in-hand.ts";

/**
 * Carries out what the gesture recogniser says: strokes with the tool in the hand, movements with the
 * camera, taps as commands.
 */
export interface ToolDriver {
  /** The picture is up to date when this returns. */
  perform(actions: readonly GestureAction[]): void;
  /** The shift key, which constrains as a second finger does, also in the midst of a gesture. */
  setShift(held: boolean): void;
  /** A whole drag of the tool in the hand by world units, as a key asks for it. */
  drag(from: Point, by: Point, constrain: boolean): void;
  /** Where the pointer of the gesture under way is, in CSS pixels, and what it does. */
  active: ToolGesture["active"];
  /** What it encloses, in world units. */
  marquee(): readonly Point[] | undefined;
  /** Nothing is shown any more, also where light has not faded yet. */
  close(): void;
}

export interface ToolDriverDeps {
  readonly tools: ToolGestureDeps["tools"];
  readonly hand: ToolInHand;
  readonly camera: Pick<ViewControl, "camera" | "setPenDown" | "navigate" | "fling">;
  readonly view: () => View;
  readonly commands: Pick<Commands, "run">;
  readonly clock: StageClock;
  /** Shows what the gesture does so far; `predicted`: where the ink probably goes on. */
  readonly show: (preview: ToolPreview | undefined, predicted: readonly InkPoint[]) => void;
  /** A gesture ended. */
  readonly onFinish: (finished: FinishedGesture) => void;
  /** A shape drawn by hand was held still, and snapped. */
  readonly onSnap: () => void;
}

export function createToolDriver(deps: ToolDriverDeps): ToolDriver {
  const { tools, hand, camera, view, clock, commands } = deps;
  /** What it leaves fades by itself after the gesture. */
  let fading: Tool | undefined;
  let stopFading: (() => void) | undefined;
  let predicted: readonly InkPoint[] = [];

  const zoom = (): number => camera.camera().zoom;
  const toWorld = (sample: InkSample): InkSample => ({
    ...sample,
    ...screenToWorld(camera.camera(), view(), sample),
  });
  const gesture = createToolGesture({
    tools,
    hand,
    toWorld,
    zoom,
    clock,
    onSnap() {
      deps.onSnap();
      show();
    },
    onFinish: deps.onFinish,
  });

  const show = (): void => {
    const tool = gesture.tool() ?? fading;
    const preview = tool?.preview(clock.now());
    deps.show(preview, predicted);
    stopFading?.();
    // The light of a laser fades by itself, also after the gesture.
    stopFading = preview?.kind === "laser" ? clock.requestFrame(show) : undefined;
    if (!preview) fading = undefined;
  };

  const start = (action: GestureAction & { readonly type: "stroke-start" }): void => {
    // The pen's own eraser works whatever is in the hand.
    const what = action.erasing ? hand.settingsOf("cutter") : hand.current();
    if (!what) return;
    stopFading?.();
    fading = undefined;
    camera.setPenDown(true);
    gesture.start(what, action.sample, action.input, action.provisional);
  };

  const finish = (end: () => void): void => {
    fading = gesture.tool() ?? fading;
    end();
    camera.setPenDown(false);
  };

  const perform = (action: GestureAction): void => {
    switch (action.type) {
      case "stroke-start":
        return start(action);
      case "stroke-move":
        gesture.move(action.samples);
        if (gesture.active()) predicted = action.predicted.map(toWorld);
        return;
      case "stroke-commit":
        return gesture.commit();
      case "stroke-end":
        return finish(() => gesture.end(action.time));
      case "stroke-drop":
        return finish(gesture.drop);
      case "stroke-revoke":
        return finish(gesture.revoke);
      case "palm":
        for (const begun of action.begun) gesture.revokeEnded(begun);
        return;
      case "constrain":
        return gesture.setBeside(action.on);
      case "navigate":
        return camera.navigate(action.from, action.to, action.scale);
      case "fling":
        return camera.fling(action.velocity);
      case "tap":
        commands.run(action.fingers === 2 ? "undo" : "redo");
        return;
      case "swipe":
        commands.run(action.direction === "left" ? "swipe-left" : "swipe-right");
        return;
      case "untap":
        commands.run("retract");
    }
  };

  return {
    perform(actions) {
      if (actions.length === 0) return;
      predicted = [];
      for (const action of actions) perform(action);
      show();
    },
    setShift(held) {
      if (gesture.setShift(held)) show();
    },
    drag(from, by, constrain) {
      const what = hand.current();
      if (gesture.active() || !what) return;
      const { name, color, size } = what;
      if (!hand.isAllowed(name)) return hand.refuse(name);
      const tool = tools.tool(name);
      const sample = { ...from, pressure: 0.5, time: clock.now() };
      tool.down(sample, { zoom: zoom(), input: "mouse", color, size, constrain, provisional: false });
      tool.move([{ ...sample, x: from.x + by.x, y: from.y + by.y }], constrain);
      tool.up();
    },
    active: gesture.active,
    marquee: () => gesture.tool()?.marquee?.(),
    close() {
      gesture.close();
      stopFading?.();
      deps.show(undefined, []);
    },
  };
}
