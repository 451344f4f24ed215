/*
 * Where a person looks, and what may change that: gestures, keys, a contact who is followed, and ink that is
 * out of sight.
 */
import type { Box, Point } from "../../base/geometry.ts";
import { grownBy, unionOf } from "../../base/geometry.ts";
import type { Camera, Viewport } from "../../render/canvas/camera.ts";
import { MAX_ZOOM, pan, screenToWorld, worldToScreen, zoomAt } from "../../render/canvas/camera.ts";
import type { View } from "./auto-camera.ts";
import { fitBetweenBars, followInk, freeMiddle, freeScreen, restCamera, wayInto } from "./auto-camera.ts";
import { createCameraMotion } from "./camera-motion.ts";
import type { WheelMove } from "../input/wheel.ts";

/** Where a person looks, and whether the canvas was moved there by hand. */
export interface CameraState {
  readonly camera: Camera;
  readonly byHand: boolean;
}

export interface ViewDeps {
  /** The canvas as it is now. */
  readonly view: () => View;
  /** Where to begin; undefined: where all ink is to be seen. */
  readonly start: CameraState | undefined;
  /** What the visible ink covers. */
  readonly ink: () => Box | undefined;
  /** Whether that is known; where it is not, `inkKnown` is called when it is. */
  readonly isInkKnown: () => boolean;
  /** What it will cover, most likely, where it is not known; undefined: nobody knows. */
  readonly expectedInk: () => Box | undefined;
  readonly setCamera: (camera: Camera) => void;
  /** Calls back before the next paint with the time in milliseconds; returns how to take it back. */
  readonly requestFrame: (task: (now: number) => void) => () => void;
  readonly reducedMotion: () => boolean;
  /** The camera, or `byHand`, became different. */
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
  /** Fingers let go of the moving canvas: it coasts. CSS pixels a millisecond. */
  fling(velocity: Point): void;
  /** Stops the canvas where it is; true: it was coasting. */
  stopCoasting(): boolean;
  /** Moves the canvas by so many CSS pixels, as a key does. */
  nudge(by: Point): void;
  /** Zooms about the middle of what no bar covers. */
  zoomBy(factor: number): void;
  /** 100 % */
  actualSize(): void;
  /** Shows this part of the world, as large as it fits. */
  goTo(box: Box): void;
  /** Back to automatic. */
  showAll(): void;
  /** While the pen is down the canvas does not move by itself. */
  setPenDown(down: boolean): void;
  /** While the person types in a text the canvas moves only to keep that in sight. */
  setTyping(on: boolean): void;
  /** Moves the canvas as little as brings this part of it, in CSS pixels, out from under the bars. */
  reveal(box: Box): void;
  /** Ink that this person just drew: it is known to be where it is. */
  drawn(box: Box): void;
  /** Visible ink became different. */
  inkChanged(): void;
  /** What the visible ink covers was not known, and may be now. */
  inkKnown(): void;
  /** Another size, another pixel ratio, other bars. */
  resized(): void;
  close(): void;
}

const GLIDE_MS = 320;
/** A key is held down and repeats: it should feel as one movement. */
const STEP_MS = 140;
/** Between what is revealed and the bars, in CSS pixels. */
const REVEALED = 16;

export function createViewControl(deps: ViewDeps): ViewControl {
  const { view, ink, isInkKnown, expectedInk } = deps;
  const rest = (): Camera => restCamera(view(), isInkKnown() ? ink() : expectedInk());
  let camera = deps.start?.camera ?? rest();
  let byHand = deps.start?.byHand ?? false;
  let penDown = false;
  let typing = false;
  /** What this person drew since the camera last glided. */
  let known: Box | undefined;
  /** There was ink when the camera was last where it belongs: what comes then is to be followed by the eye. */
  let hadInk = isInkKnown() && ink() !== undefined;

  const set = (next: Camera): void => {
    camera = next;
    deps.setCamera(next);
    deps.onChange();
  };
  const motion = createCameraMotion({
    camera: () => camera,
    setCamera: set,
    requestFrame: deps.requestFrame,
    reducedMotion: deps.reducedMotion,
  });
  /** Where the camera is, or soon will be: steps add up. */
  const ahead = (): Camera => motion.target() ?? camera;

  const glideTo = (to: Camera, duration = GLIDE_MS): void => {
    known = undefined;
    motion.glideTo(to, duration);
  };

  const follow = (): void => {
    if (byHand || penDown || typing || !isInkKnown()) return;
    const box = ink();
    const next = followInk(view(), ahead(), box, known);
    if (next) glideTo(next);
    hadInk = box !== undefined;
  };

  const moveByHand = (next: Camera): void => {
    motion.halt();
    byHand = true;
    set(next);
  };

  const glideByHand = (to: Camera, duration?: number): void => {
    // The canvas does not run away under the pen.
    if (penDown) return;
    byHand = true;
    glideTo(to, duration);
    deps.onChange();
  };

  deps.setCamera(camera);
  return {
    camera: () => camera,
    byHand: () => byHand,
    navigate(from, to, scale) {
      const moved = pan(camera, to.x - from.x, to.y - from.y);
      moveByHand(scale === 1 ? moved : zoomAt(moved, view(), to, scale));
    },
    wheel(at, move) {
      // The canvas does not run away under the pen.
      if (penDown) return;
      moveByHand(
        move.type === "pan" ? pan(camera, move.dx, move.dy) : zoomAt(camera, view(), at, move.factor),
      );
    },
    fling(velocity) {
      if (!penDown) motion.coast(velocity);
    },
    stopCoasting() {
      const was = motion.isCoasting();
      if (was) motion.halt();
      return was;
    },
    nudge: (by) => glideByHand(pan(ahead(), by.x, by.y), STEP_MS),
    zoomBy: (factor) => glideByHand(zoomAt(ahead(), view(), freeMiddle(view()), factor), STEP_MS),
    actualSize: () => glideByHand(zoomAt(camera, view(), freeMiddle(view()), 1 / camera.zoom)),
    goTo: (box) => glideByHand(fitBetweenBars(view(), box, MAX_ZOOM, 0)),
    showAll() {
      if (penDown) return;
      byHand = false;
      glideTo(restCamera(view(), ink()));
      deps.onChange();
    },
    setPenDown(down) {
      penDown = down;
      // A camera under way stops where it is; it goes on when the pen is up, if it still must.
      if (down) motion.halt();
      else follow();
    },
    setTyping(on) {
      typing = on;
      if (!on) follow();
    },
    reveal(box) {
      const { x, y } = wayToReveal(box, camera, ahead(), view());
      if (x !== 0 || y !== 0) glideTo(pan(ahead(), x, y), STEP_MS);
    },
    drawn: (box) => void (known = unionOf(known, box)),
    inkChanged: follow,
    inkKnown() {
      // Where it was expected, the camera is right already, or nearly.
      if (!isInkKnown() || hadInk || expectedInk() || byHand || penDown || typing) return follow();
      hadInk = true;
      // There is nothing that would glide.
      motion.halt();
      set(rest());
    },
    resized() {
      // Where somebody asked to be brought, the camera is at once: a glide that ends half-way ends nowhere.
      const stays = byHand && !penDown ? ahead() : camera;
      motion.halt();
      known = undefined;
      set(byHand || penDown || typing ? stays : rest());
    },
    close: motion.halt,
  };
}

/** How far a camera must move that was at `from` when the box was seen, and is on its way to `to`. */
function wayToReveal(box: Box, from: Camera, to: Camera, view: View): Point {
  return wayInto(freeScreen(view), grownBy(boxSeenBy(to, from, view, box), REVEALED));
}

/** Where the camera `to` shows what `from` shows in a box; both in CSS pixels of the canvas. */
function boxSeenBy(to: Camera, from: Camera, view: Viewport, { minX, minY, maxX, maxY }: Box): Box {
  const place = (x: number, y: number): Point => worldToScreen(to, view, screenToWorld(from, view, { x, y }));
  const [topLeft, bottomRight] = [place(minX, minY), place(maxX, maxY)];
  return { minX: topLeft.x, minY: topLeft.y, maxX: bottomRight.x, maxY: bottomRight.y };
}
