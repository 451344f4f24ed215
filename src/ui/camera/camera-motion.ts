/*
 * How the camera gets from one place to another over several frames.
 */
import type { Point } from "../../base/geometry.ts";
import type { Camera } from "../../render/canvas/camera.ts";
import { pan } from "../../render/canvas/camera.ts";
import { between } from "./auto-camera.ts";
import { coast, launch } from "./coast.ts";

/** Moves the camera frame by frame, one movement at a time: a new one ends the one under way. */
export interface CameraMotion {
  /** Goes there in so many milliseconds; at once where motion is unwelcome. */
  glideTo(target: Camera, duration: number): void;
  /** The canvas goes on by itself, at first with this speed in CSS pixels a millisecond. */
  coast(velocity: Point): void;
  /** The camera stays where it is. */
  halt(): void;
  /** Where the glide under way ends. */
  target(): Camera | undefined;
  isCoasting(): boolean;
}

export interface CameraMotionDeps {
  readonly camera: () => Camera;
  readonly setCamera: (camera: Camera) => void;
  /** Calls back before the next paint with the time in milliseconds; returns how to take it back. */
  readonly requestFrame: (task: (now: number) => void) => () => void;
  readonly reducedMotion: () => boolean;
}

/** A page that was busy must not make the canvas jump. */
const LONGEST_FRAME_MS = 64;
const FRAME_MS = 16;

export function createCameraMotion(deps: CameraMotionDeps): CameraMotion {
  const { camera, setCamera, requestFrame } = deps;
  /** Takes back the frame that the movement waits for. */
  let stopFrame: (() => void) | undefined;
  let isCoasting = false;
  let target: Camera | undefined;

  const halt = (): void => {
    stopFrame?.();
    stopFrame = undefined;
    isCoasting = false;
    target = undefined;
  };

  return {
    glideTo(to, duration) {
      halt();
      if (deps.reducedMotion()) {
        setCamera(to);
        return;
      }
      target = to;
      const from = camera();
      let start: number | undefined;
      const step = (now: number): void => {
        start ??= now;
        const progress = Math.min((now - start) / duration, 1);
        stopFrame = progress < 1 ? requestFrame(step) : undefined;
        if (progress === 1) target = undefined;
        setCamera(between(from, to, progress));
      };
      stopFrame = requestFrame(step);
    },
    coast(velocity) {
      halt();
      if (deps.reducedMotion()) return;
      isCoasting = true;
      let speed: Point | undefined = launch(velocity);
      let before: number | undefined;
      const step = (now: number): void => {
        const elapsed = Math.min(now - (before ?? now - FRAME_MS), LONGEST_FRAME_MS);
        before = now;
        const moved = coast(speed!, elapsed);
        speed = moved.velocity;
        isCoasting = speed !== undefined;
        stopFrame = isCoasting ? requestFrame(step) : undefined;
        setCamera(pan(camera(), moved.by.x, moved.by.y));
      };
      stopFrame = requestFrame(step);
    },
    halt,
    target: () => target,
    isCoasting: () => isCoasting,
  };
}
