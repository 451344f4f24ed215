import type { Box, Point } from "../base/geometry.ts";
import { unionOf } from "../base/geometry.ts";
import type { Camera } from "../render/camera.ts";
import { pan, zoomAt } from "../render/camera.ts";
import type { View } from "./auto-camera.ts";
import { between, followInk, restCamera } from "./auto-camera.ts";
import type { WheelMove } from "./wheel.ts";

export interface ViewDeps {
  /** The canvas as it is now. */
  readonly view: () => View;
  /** What the visible ink covers. */
  readonly ink: () => Box | undefined;
  readonly setCamera: (camera: Camera) => void;
  /** Calls back before the next paint with the time in milliseconds; returns how to take it back. */
  readonly requestFrame: (task: (now: number) => void) => () => void;
  readonly reducedMotion: () => boolean;
  /** `byHand` became different. */
  readonly onChange: () => void;
}

/**
 * Where this person looks.
 *
 * - automatic: the camera shows all ink by itself, and stays as long as nothing is out of sight.
 * - by hand: from the first pan or zoom on, it goes nowhere by itself, until `showAll`.
 */
export interface ViewControl {
  camera(): Camera;
  byHand(): boolean;
  /** The place under `from` comes to `to` and is scaled around it; screen pixels. */
  navigate(from: Point, to: Point, scale: number): void;
  wheel(at: Point, move: WheelMove): void;
  /** Back to automatic. */
  showAll(): void;
  /** While the pen is down the paper does not move by itself. */
  setPenDown(down: boolean): void;
  /** Ink that this person just drew: it is known to be where it is. */
  drawn(box: Box): void;
  /** Visible ink became different. */
  inkChanged(): void;
  /** Another size, another pixel ratio, other bars. */
  resized(): void;
  close(): void;
}

const GLIDE_MS = 320;

export function createViewControl(deps: ViewDeps): ViewControl {
  let camera = restCamera(deps.view(), deps.ink());
  let byHand = false;
  let penDown = false;
  /** What this person drew since the camera last moved. */
  let known: Box | undefined;
  let stopGlide: (() => void) | undefined;
  let target: Camera | undefined;

  const set = (next: Camera): void => {
    camera = next;
    deps.setCamera(next);
  };

  const halt = (): void => {
    stopGlide?.();
    stopGlide = undefined;
    target = undefined;
  };

  const glideTo = (to: Camera): void => {
    halt();
    known = undefined;
    if (deps.reducedMotion()) {
      set(to);
      return;
    }
    target = to;
    const from = camera;
    let start: number | undefined;
    const step = (now: number): void => {
      start ??= now;
      const progress = Math.min((now - start) / GLIDE_MS, 1);
      stopGlide = progress < 1 ? deps.requestFrame(step) : undefined;
      if (progress === 1) target = undefined;
      set(between(from, to, progress));
    };
    stopGlide = deps.requestFrame(step);
  };

  const follow = (): void => {
    if (byHand || penDown) return;
    const next = followInk(deps.view(), target ?? camera, deps.ink(), known);
    if (next) glideTo(next);
  };

  const moveByHand = (next: Camera): void => {
    halt();
    set(next);
    if (byHand) return;
    byHand = true;
    deps.onChange();
  };

  deps.setCamera(camera);
  return {
    camera: () => camera,
    byHand: () => byHand,
    navigate(from, to, scale) {
      const moved = pan(camera, to.x - from.x, to.y - from.y);
      moveByHand(scale === 1 ? moved : zoomAt(moved, deps.view(), to, scale));
    },
    wheel(at, move) {
      // The paper does not run away under the pen.
      if (penDown) return;
      moveByHand(
        move.type === "pan" ? pan(camera, move.dx, move.dy) : zoomAt(camera, deps.view(), at, move.factor),
      );
    },
    showAll() {
      byHand = false;
      glideTo(restCamera(deps.view(), deps.ink()));
      deps.onChange();
    },
    setPenDown(down) {
      penDown = down;
      // A camera under way stops where it is; it goes on when the pen is up, if it still must.
      if (down) halt();
      else follow();
    },
    drawn(box) {
      known = unionOf(known, box);
    },
    inkChanged: follow,
    resized() {
      halt();
      known = undefined;
      set(byHand || penDown ? camera : restCamera(deps.view(), deps.ink()));
    },
    close: halt,
  };
}
