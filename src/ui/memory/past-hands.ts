/*
 * All that hands do to a board that cannot be changed: they move it, tap, and draw a lasso around things.
 */
import { distance } from "../../base/geometry.ts";
import type { Point } from "../../base/geometry.ts";
import type { ViewControl } from "../camera/view.ts";
import { createGestures } from "../input/gesture.ts";
import type { GestureAction, GestureInput } from "../input/gesture-events.ts";
import { createPointerInput } from "../input/pointer.ts";

/** Places are CSS pixels of the surface. */
export interface PastHandsDeps {
  readonly surface: HTMLElement;
  readonly camera: ViewControl;
  /** One finger, pen or mouse that drags draws a lasso, and does not move the board. */
  readonly hasLasso: () => boolean;
  readonly onTap: (at: Point) => void;
  /** The lasso so far; undefined: there is none any more. */
  readonly onWay: (way: readonly Point[] | undefined) => void;
  /** It was lifted at the end of this way. */
  readonly onEnclose: (way: readonly Point[]) => void;
}

/** CSS pixels: what moves less is a tap. */
const TAP_SLOP = 8;

export function listenToPastHands(deps: PastHandsDeps): { close(): void } {
  const { camera } = deps;
  // Never a palm: nothing is drawn here.
  const gestures = createGestures(() => false);
  const followTap = createTapFollower(deps.onTap);
  const followLasso = createLassoFollower(deps);
  return createPointerInput({
    surface: deps.surface,
    over: [],
    onInput(event) {
      for (const action of gestures.handle(event)) {
        if (action.type === "navigate") camera.navigate(action.from, action.to, action.scale);
        else if (action.type === "fling") camera.fling(action.velocity);
        else followLasso(action);
      }
      followTap(event);
    },
    onWheel: camera.wheel,
    onHover: () => undefined,
    onShift: () => undefined,
    typingGoesOn: () => false,
    pressCloses: () => camera.stopCoasting(),
    pans: () => !deps.hasLasso(),
  });
}

/** A press of one pointer that hardly moves. */
function createTapFollower(onTap: (at: Point) => void): (event: GestureInput) => void {
  let press: { readonly id: number; readonly at: Point } | undefined;
  return (event) => {
    if (event.type === "down") press = press ? undefined : { id: event.id, at: event.sample };
    else if (event.type === "move") {
      if (press && event.samples.some((sample) => distance(sample, press!.at) > TAP_SLOP)) press = undefined;
    } else if (event.type === "up") {
      if (press?.id === event.id) onTap(press.at);
      press = undefined;
    } else press = undefined;
  };
}

function createLassoFollower({
  onWay,
  onEnclose,
}: Pick<PastHandsDeps, "onWay" | "onEnclose">): (action: GestureAction) => void {
  let way: Point[] = [];
  const hasMoved = (): boolean => way.some((at) => distance(at, way[0]!) > TAP_SLOP);
  return (action) => {
    if (action.type === "stroke-start") way = [action.sample];
    else if (action.type === "stroke-move") way.push(...action.samples);
    else if (action.type === "stroke-end") {
      if (hasMoved()) onEnclose(way);
      way = [];
    } else if (action.type === "stroke-drop" || action.type === "stroke-revoke") way = [];
    else return;
    onWay(hasMoved() ? way : undefined);
  };
}
