/*
 * What tests of the camera stand on: a view of a phone, ink wherever the test puts it, and frames.
 */
import type { Box } from "../../../src/base/geometry.ts";
import type { Camera } from "../../../src/render/canvas/camera.ts";
import type { View } from "../../../src/ui/camera/auto-camera.ts";
import { contains, freeBox } from "../../../src/ui/camera/auto-camera.ts";
import type { CameraState, ViewControl } from "../../../src/ui/camera/view.ts";
import { createViewControl } from "../../../src/ui/camera/view.ts";

/** Ink out of sight. */
export const FAR: Box = { minX: 400, minY: 0, maxX: 900, maxY: 50 };
/** Ink in the middle of the screen. */
export const NEAR: Box = { minX: -50, minY: -50, maxX: 50, maxY: 50 };

export interface ViewDesk {
  readonly control: ViewControl;
  readonly cameras: Camera[];
  view: View;
  ink: Box | undefined;
  isInkKnown: boolean;
  expectedInk: Box | undefined;
  changes: number;
  /** Runs frames 16 ms apart until none is asked for; returns how many. */
  settle(limit?: number): number;
}

/** A view of a phone with its bars, and frames that pass when the test says. */
export function createViewDesk(
  options: {
    ink?: Box;
    isInkKnown?: boolean;
    expectedInk?: Box;
    reducedMotion?: boolean;
    start?: CameraState;
  } = {},
): ViewDesk {
  const tasks = new Set<(now: number) => void>();
  const cameras: Camera[] = [];
  let now = 0;
  const desk = {
    view: { width: 400, height: 800, insets: { top: 50, right: 0, bottom: 80, left: 0 } },
    ink: options.ink,
    isInkKnown: options.isInkKnown ?? true,
    expectedInk: options.expectedInk,
    changes: 0,
    cameras,
    settle(limit = 1000) {
      let frames = 0;
      while (tasks.size > 0 && frames < limit) {
        const due = [...tasks];
        tasks.clear();
        now += 16;
        frames++;
        for (const task of due) task(now);
      }
      return frames;
    },
  };
  const control = createViewControl({
    view: () => desk.view,
    start: options.start,
    ink: () => desk.ink,
    isInkKnown: () => desk.isInkKnown,
    expectedInk: () => desk.expectedInk,
    setCamera: (camera) => void cameras.push(camera),
    requestFrame(task) {
      tasks.add(task);
      return () => tasks.delete(task);
    },
    reducedMotion: () => options.reducedMotion ?? false,
    onChange: () => {
      desk.changes++;
    },
  });
  return Object.assign(desk, { control });
}

/** Whether all ink is between the bars. */
export const inSight = (desk: ViewDesk): boolean =>
  contains(freeBox(desk.view, desk.control.camera()), desk.ink!);
