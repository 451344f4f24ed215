import { distance, type Point } from "../../base/geometry.ts";
import type { InkInput, InkSample } from "../../ink/stroke.ts";

import type { GestureAction, GestureInput } from "./gesture-events.ts";
import { createMomentum } from "./momentum.ts";
import { createTaps, TAP_MOVE } from "./tap.ts";

/** Under either limit a finger's stroke is provisional: a second finger makes it the start of a pinch. */
export const PROVISIONAL_POINTS = 10;
export const PROVISIONAL_MS = 50;
/** Two fingers that pan never keep their distance exactly: zooming starts after this many pixels. */
const PINCH_SLOP = 12;
/** A press that closes a panel and moves less than this is not a dot. */
const TAP_SLOP = 6;
/** Closer than this, the ratio of two distances is noise. */
const MIN_SPREAD = 16;
/** Two fingers are lifted together when the second one follows within this time. */
const TOGETHER_MS = 150;
/** Slower than this, in pixels a millisecond, the canvas stays where it is let go. */
const MIN_FLING = 0.15;

interface Finger {
  readonly id: number;
  readonly input: InkInput;
  readonly pans: boolean;
  at: Point;
}

interface Stroke {
  readonly id: number;
  readonly input: InkInput;
  readonly first: InkSample;
  readonly dismissing: boolean;
  last: InkSample;
  count: number;
  provisional: boolean;
  moved: boolean;
  /** The other fingers that lie beside it since it was committed. */
  readonly beside: Set<number>;
}

interface Pinch {
  readonly fingers: readonly [Finger, Finger];
  /** The distance to which the next one is compared; undefined until the slop is passed. */
  spread: number | undefined;
  readonly startSpread: number;
}

/** The speed of a canvas when one of two fingers let it go. */
interface Release {
  readonly velocity: Point;
  readonly time: number;
}

/**
 * - idle -> drawing: pen, mouse or first finger goes down
 * - drawing -> pinching: a second finger lands while the stroke is provisional (drops it)
 * - drawing -> drawing: fingers that land later do not move the canvas: they constrain what is drawn
 * - pinching -> resting: one of the two fingers is lifted
 * - resting -> pinching: another finger lands; resting -> idle: the last finger is lifted
 * - idle -> dragging: a pointer goes down that pans; dragging -> pinching: a second finger lands
 * - pinching -> dragging: one of two fingers that pan is lifted
 * - any -> drawing: a pen goes down; it takes precedence over fingers
 */
type State =
  | { readonly kind: "idle" }
  | { readonly kind: "drawing"; readonly stroke: Stroke }
  /** `still`: the finger has not left the slop around where it landed. */
  | { readonly kind: "dragging"; readonly finger: Finger; still: boolean; readonly release?: Release }
  | { readonly kind: "pinching"; readonly pinch: Pinch }
  | { readonly kind: "resting"; readonly finger: Finger; readonly release: Release };

export interface Gestures {
  handle(input: GestureInput): readonly GestureAction[];
  /** The person wants no more of the stroke under way; its pointer does nothing until it is down again. */
  breakOff(): readonly GestureAction[];
  /** A stroke is under way. */
  drawing(): boolean;
  /** The canvas is being moved by hand. */
  navigating(): boolean;
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Tells strokes from movements of the canvas. Data in, data out: it knows no clock and no page. */
export function createGestures(): Gestures {
  let state: State = { kind: "idle" };
  const momentum = createMomentum();
  const taps = createTaps();

  const startStroke = (input: GestureInput & { type: "down" }): GestureAction[] => {
    const { id, sample, dismissing } = input;
    const provisional = input.input === "touch" || dismissing;
    const stroke: Stroke = {
      id,
      input: input.input,
      first: sample,
      dismissing,
      last: sample,
      count: 1,
      provisional,
      moved: false,
      beside: new Set(),
    };
    state = { kind: "drawing", stroke };
    return [
      { type: "stroke-start", input: input.input, sample, provisional, erasing: input.button === "erase" },
    ];
  };

  const startPinch = (a: Finger, b: Finger): void => {
    momentum.reset();
    state = {
      kind: "pinching",
      pinch: { fingers: [a, b], spread: undefined, startSpread: distance(a.at, b.at) },
    };
  };

  const startDrag = (finger: Finger): void => {
    momentum.reset();
    state = { kind: "dragging", finger, still: finger.input === "touch" };
  };

  const down = (input: GestureInput & { type: "down" }): GestureAction[] => {
    const { sample, button } = input;
    if (button === "none") return [];
    const pans = button === "pan";
    const { x, y } = sample;
    const finger: Finger = { id: input.id, input: input.input, pans, at: { x, y } };
    switch (state.kind) {
      case "idle":
        if (!pans) return startStroke(input);
        startDrag(finger);
        return [];
      case "drawing": {
        const { stroke } = state;
        if (pans || stroke.input !== "touch" || input.input === "mouse") return [];
        if (input.input === "pen") {
          const end: GestureAction = { type: stroke.provisional ? "stroke-drop" : "stroke-end" };
          return [end, ...startStroke(input)];
        }
        // A committed stroke is on its way to the contacts: it does not become a pinch.
        if (!stroke.provisional) return besides(stroke, () => stroke.beside.add(input.id));
        const { last } = stroke;
        startPinch({ ...finger, id: stroke.id, at: { x: last.x, y: last.y } }, finger);
        return [{ type: "stroke-drop" }];
      }
      case "pinching":
        return input.input === "pen" && !pans ? startStroke(input) : [];
      case "resting":
        if (input.input === "touch") startPinch(state.finger, finger);
        else if (!pans) return startStroke(input);
        return [];
      case "dragging":
        if (state.finger.input !== "touch") return [];
        if (input.input === "touch") startPinch(state.finger, finger);
        else if (input.input === "pen" && !pans) return startStroke(input);
        return [];
    }
  };

  const besides = ({ beside }: Stroke, change: () => void): GestureAction[] => {
    const before = beside.size > 0;
    change();
    const on = beside.size > 0;
    return on === before ? [] : [{ type: "constrain", on }];
  };

  const moveStroke = (
    stroke: Stroke,
    { samples, predicted = [] }: GestureInput & { type: "move" },
  ): GestureAction[] => {
    stroke.last = samples.at(-1)!;
    stroke.count += samples.length;
    stroke.moved ||= samples.some((sample) => distance(sample, stroke.first) >= TAP_SLOP);
    const actions: GestureAction[] = [{ type: "stroke-move", samples, predicted }];
    const old = stroke.last.time - stroke.first.time >= PROVISIONAL_MS;
    const settled =
      stroke.input === "touch" ? stroke.count >= PROVISIONAL_POINTS && old && !taps.possible() : true;
    if (stroke.provisional && settled && (stroke.moved || !stroke.dismissing)) {
      stroke.provisional = false;
      actions.push({ type: "stroke-commit" });
    }
    return actions;
  };

  const navigate = (from: Point, to: Point, time: number, scale = 1): GestureAction[] => {
    momentum.moved({ x: to.x - from.x, y: to.y - from.y }, time);
    return [{ type: "navigate", from, to, scale }];
  };

  const movePinch = (pinch: Pinch, id: number, to: Point, time: number): GestureAction[] => {
    const [a, b] = pinch.fingers;
    const from = middle(a.at, b.at);
    (a.id === id ? a : b).at = to;
    // Fingers that tap do not move the canvas; what they moved so far is not caught up with.
    if (taps.possible()) return [];
    const spread = Math.max(distance(a.at, b.at), MIN_SPREAD);
    let scale = 1;
    if (pinch.spread !== undefined) {
      scale = spread / pinch.spread;
      pinch.spread = spread;
    } else if (Math.abs(spread - pinch.startSpread) > PINCH_SLOP) {
      pinch.spread = spread;
    }
    return navigate(from, middle(a.at, b.at), time, scale);
  };

  const move = (input: GestureInput & { type: "move" }): GestureAction[] => {
    const { id } = input;
    const last = input.samples.at(-1);
    if (!last) return [];
    const to: Point = { x: last.x, y: last.y };
    if (state.kind === "drawing" && state.stroke.id === id) return moveStroke(state.stroke, input);
    if (state.kind === "dragging" && state.finger.id === id) {
      const from = state.finger.at;
      if (state.still && distance(from, to) < TAP_MOVE) return [];
      state.finger.at = to;
      // From here on it pans; what it moved so far is not caught up with, or the canvas would jump.
      if (!state.still) return navigate(from, to, last.time);
      state.still = false;
      return [];
    }
    if (state.kind === "resting" && state.finger.id === id) state.finger.at = to;
    if (state.kind === "pinching" && state.pinch.fingers.some((finger) => finger.id === id)) {
      return movePinch(state.pinch, id, to, last.time);
    }
    return [];
  };

  const fling = (velocity: Point): GestureAction[] =>
    Math.hypot(velocity.x, velocity.y) >= MIN_FLING ? [{ type: "fling", velocity }] : [];

  /** One of two fingers is gone: the other one goes on panning, where fingers do. */
  const endPinch = (left: Finger, time: number): void => {
    const release: Release = { velocity: momentum.velocity(time), time };
    momentum.reset();
    state = left.pans
      ? { kind: "dragging", finger: left, still: true, release }
      : { kind: "resting", finger: left, release };
  };

  /** `time`: undefined where it was taken away, and throws nothing. */
  const lift = (id: number, time: number | undefined): GestureAction[] => {
    if (state.kind === "drawing" && state.stroke.id !== id) {
      const { stroke } = state;
      return besides(stroke, () => stroke.beside.delete(id));
    }
    if (state.kind === "drawing") {
      const { stroke } = state;
      state = { kind: "idle" };
      const isTap = stroke.dismissing && !stroke.moved;
      const isGone = time === undefined && stroke.provisional;
      return [{ type: isTap || isGone ? "stroke-drop" : "stroke-end" }];
    }
    if ((state.kind === "dragging" || state.kind === "resting") && state.finger.id === id) {
      const { finger, release } = state;
      const moves = state.kind === "dragging" && !state.still;
      state = { kind: "idle" };
      if (time === undefined || finger.input !== "touch") return [];
      if (moves) return fling(momentum.velocity(time));
      return release && time - release.time <= TOGETHER_MS ? fling(release.velocity) : [];
    }
    if (state.kind === "pinching" && state.pinch.fingers.some((finger) => finger.id === id)) {
      const left = state.pinch.fingers.find((finger) => finger.id !== id)!;
      endPinch(left, time ?? Infinity);
    }
    return [];
  };

  const respond = (input: GestureInput): GestureAction[] => {
    switch (input.type) {
      case "down":
        // A pointer that is down already was lifted somewhere else.
        return [...lift(input.id, input.sample.time), ...down(input)];
      case "move":
        return move(input);
      case "up":
        return lift(input.id, input.time);
      case "cancel":
        return lift(input.id, undefined);
    }
  };

  return {
    handle(input) {
      const fingers = taps.handle(input);
      const actions = respond(input);
      return fingers === undefined || state.kind !== "idle"
        ? actions
        : [...actions, { type: "tap", fingers }];
    },
    breakOff() {
      if (state.kind !== "drawing") return [];
      state = { kind: "idle" };
      return [{ type: "stroke-drop" }];
    },
    drawing: () => state.kind === "drawing",
    navigating: () => state.kind === "pinching" || state.kind === "dragging",
  };
}
