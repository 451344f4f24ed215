/*
 * The gesture recogniser: from what pointers do on the canvas to strokes, taps and movements of the
 * canvas. It is one state machine, whose states and transitions are drawn at `State` (gesture-state.ts).
 */
import { distance, type Point } from "../../base/geometry.ts";
import { fling } from "./fling.ts";
import type { GestureAction, GestureInput } from "./gesture-events.ts";
import type { Recogniser, Release, State } from "./gesture-state.ts";
import { createMomentum } from "./momentum.ts";
import { createPalmProofs, isProvenPalm } from "./palm-proof.ts";
import { createPalms } from "./palm.ts";
import { createPinch, type Finger, middleOf, otherFinger, type Pinch, spreadOf, touchAt } from "./pinch.ts";
import {
  createStrokeGesture,
  endOfStroke,
  moveStroke,
  setBeside,
  type StrokeGesture,
} from "./stroke-gesture.ts";
import { addToSwipe, createSwipe, liftFromSwipe, moveSwipe } from "./swipe.ts";
import { createTaps, TAP_MOVE } from "./tap.ts";

/** Two fingers are lifted together when the second one follows within this time. */
const TOGETHER_MS = 150;

export interface Gestures {
  handle(input: GestureInput): readonly GestureAction[];
  /** The person wants no more of the stroke under way; its pointer does nothing until it is down again. */
  breakOff(): readonly GestureAction[];
  /** A stroke is under way. */
  drawing(): boolean;
  /** The canvas is being moved by hand. */
  navigating(): boolean;
}

type Down = GestureInput & { type: "down" };
type Move = GestureInput & { type: "move" };

/** Data in, data out: it knows no clock and no page. `hasPen`: there ever was a pen on this device. */
export function createGestures(hasPen: () => boolean = () => false): Gestures {
  const palms = createPalms(hasPen);
  const recogniser: Recogniser = {
    state: { kind: "idle" },
    momentum: createMomentum(),
    taps: createTaps(palms),
    palms,
    proofs: createPalmProofs(),
  };
  return {
    handle(input) {
      palms.handle(input);
      const fingers = recogniser.taps.handle(input);
      const actions = [...recogniser.proofs.handle(input), ...respond(recogniser, input)];
      if (fingers === undefined || recogniser.state.kind !== "idle" || input.type !== "up") return actions;
      recogniser.proofs.tapped(input.time);
      return [...actions, { type: "tap", fingers }];
    },
    breakOff() {
      if (recogniser.state.kind !== "drawing") return [];
      recogniser.state = { kind: "idle" };
      return [{ type: "stroke-drop" }];
    },
    drawing: () => recogniser.state.kind === "drawing",
    navigating: () => recogniser.state.kind === "pinching" || recogniser.state.kind === "dragging",
  };
}

function respond(recogniser: Recogniser, input: GestureInput): GestureAction[] {
  switch (input.type) {
    case "down":
      // A pointer that is down already was lifted somewhere else.
      return [
        ...lift(recogniser, input.id, input.sample.time),
        ...(input.input === "pen" ? penDown(recogniser, input.sample.time) : []),
        ...press(recogniser, input),
      ];
    case "move":
      return move(recogniser, input);
    case "up":
      return lift(recogniser, input.id, input.time);
    case "cancel":
      return lift(recogniser, input.id, undefined);
    case "pen-near":
      return input.isDown ? penDown(recogniser, input.time) : [];
  }
}

/** A pen comes down: what a touch draws meanwhile may be over, and what it drew as well. */
function penDown(recogniser: Recogniser, time: number): GestureAction[] {
  const { state, palms } = recogniser;
  if (state.kind !== "drawing" || state.stroke.input !== "touch") return [];
  const { id } = state.stroke;
  return isProvenPalm(state.stroke, time, palms.isBroad(id)) ? leaveOut(recogniser, id) : [];
}

function press(recogniser: Recogniser, input: Down): GestureAction[] {
  const { state } = recogniser;
  const { sample, button } = input;
  if (button === "none" || recogniser.palms.isPalm(input.id)) return [];
  const pans = button === "pan";
  const { x, y } = sample;
  const finger: Finger = { id: input.id, input: input.input, pans, at: { x, y } };
  switch (state.kind) {
    case "idle":
      if (!pans) return startStroke(recogniser, input);
      recogniser.momentum.reset();
      recogniser.state = { kind: "dragging", finger, still: finger.input === "touch" };
      return [];
    case "drawing":
      return pressBesideStroke(recogniser, state.stroke, input);
    case "pinching":
      if (input.input === "touch") return pressBesidePinch(recogniser, state.pinch, finger);
      return input.input === "pen" && !pans ? startStroke(recogniser, input) : [];
    case "swiping":
      if (input.input === "touch") addToSwipe(state.swipe, finger);
      return input.input === "pen" && !pans ? startStroke(recogniser, input) : [];
    case "resting":
      if (input.input === "touch") return startPinch(recogniser, state.finger, finger);
      return pans ? [] : startStroke(recogniser, input);
    case "dragging":
      if (state.finger.input !== "touch") return [];
      if (input.input === "touch") return startPinch(recogniser, state.finger, finger);
      return input.input === "pen" && !pans ? startStroke(recogniser, input) : [];
  }
}

/** Another pointer is pressed while a stroke is under way. */
function pressBesideStroke(recogniser: Recogniser, stroke: StrokeGesture, input: Down): GestureAction[] {
  if (input.button === "pan" || stroke.input !== "touch" || input.input === "mouse") return [];
  if (input.input === "pen") {
    const end: GestureAction = { type: stroke.provisional ? "stroke-drop" : "stroke-end" };
    return [end, ...startStroke(recogniser, input)];
  }
  // A committed stroke is on its way to the contacts: it does not become a pinch.
  if (!stroke.provisional) return setBeside(stroke, input.id, true);
  startPinch(recogniser, touchAt(stroke.id, stroke.last), touchAt(input.id, input.sample));
  return [{ type: "stroke-drop" }];
}

/** A third finger: it turns a page with the two, where they have done nothing else. */
function pressBesidePinch(recogniser: Recogniser, pinch: Pinch, third: Finger): GestureAction[] {
  if (!pinch.hasMoved) recogniser.state = { kind: "swiping", swipe: createSwipe(pinch, third) };
  return [];
}

function startStroke(recogniser: Recogniser, down: Down): GestureAction[] {
  const stroke = createStrokeGesture(down);
  recogniser.state = { kind: "drawing", stroke };
  const { input, sample, button } = down;
  const { provisional } = stroke;
  return [{ type: "stroke-start", input, sample, provisional, erasing: button === "erase" }];
}

function startPinch(recogniser: Recogniser, a: Finger, b: Finger): GestureAction[] {
  recogniser.momentum.reset();
  recogniser.state = { kind: "pinching", pinch: createPinch(a, b) };
  return [];
}

function move(recogniser: Recogniser, input: Move): GestureAction[] {
  const { state, taps, palms } = recogniser;
  const { id } = input;
  if (palms.isPalm(id)) return leaveOut(recogniser, id);
  const last = input.samples.at(-1);
  if (!last) return [];
  const to: Point = { x: last.x, y: last.y };
  if (state.kind === "drawing" && state.stroke.id === id) {
    return moveStroke(state.stroke, input, taps.possible() || palms.isDoubtful(id));
  }
  if (state.kind === "dragging" && state.finger.id === id) {
    const from = state.finger.at;
    if (state.still && (distance(from, to) < TAP_MOVE || !palms.isMeant(id))) return [];
    state.finger.at = to;
    if (!state.still) return navigate(recogniser, from, to, last.time);
    state.still = false;
    // From here on it pans. What it moved so far is caught up with only where it had to show that it is no
    // palm, and has moved far by that: else the canvas would jump.
    const landing = state.release ? undefined : palms.landing(id);
    return landing ? navigate(recogniser, landing, to, last.time) : [];
  }
  if (state.kind === "resting" && state.finger.id === id) state.finger.at = to;
  if (state.kind === "swiping") moveSwipe(state.swipe, id, to);
  if (state.kind === "pinching") {
    const finger = state.pinch.fingers.find((each) => each.id === id);
    if (finger) return movePinch(recogniser, state.pinch, finger, to, last.time);
  }
  return [];
}

function movePinch(
  recogniser: Recogniser,
  pinch: Pinch,
  finger: Finger,
  to: Point,
  time: number,
): GestureAction[] {
  const { taps, palms } = recogniser;
  const from = middleOf(pinch);
  finger.at = to;
  // Fingers that tap do not move the canvas, nor do palms.
  if (taps.possible() || !pinch.fingers.some(({ id }) => palms.isMeant(id))) return [];
  const isLate = !pinch.hasMoved && pinch.fingers.every(({ id }) => palms.landing(id));
  pinch.hasMoved = true;
  if (!isLate) return navigate(recogniser, from, middleOf(pinch), time, spreadOf(pinch));
  return navigate(recogniser, pinch.startMiddle, middleOf(pinch), time, spreadOf(pinch, pinch.startSpread));
}

function navigate(
  { momentum }: Recogniser,
  from: Point,
  to: Point,
  time: number,
  scale = 1,
): GestureAction[] {
  momentum.moved({ x: to.x - from.x, y: to.y - from.y }, time);
  return [{ type: "navigate", from, to, scale }];
}

/** `time`: undefined where it was taken away, and throws nothing. */
function lift(recogniser: Recogniser, id: number, time: number | undefined): GestureAction[] {
  const { state } = recogniser;
  switch (state.kind) {
    case "idle":
      return [];
    case "drawing":
      if (state.stroke.id !== id) return setBeside(state.stroke, id, false);
      return endStroke(recogniser, state.stroke, time);
    case "dragging":
    case "resting":
      return state.finger.id === id ? letGo(recogniser, state, time) : [];
    case "swiping": {
      const actions = liftFromSwipe(state.swipe, id, time !== undefined && Number.isFinite(time));
      if (state.swipe.fingers.size === 0) recogniser.state = { kind: "idle" };
      return actions;
    }
    case "pinching": {
      const left = otherFinger(state.pinch, id);
      if (left) endPinch(recogniser, left, time ?? Infinity);
      return [];
    }
  }
}

function endStroke(recogniser: Recogniser, stroke: StrokeGesture, time: number | undefined): GestureAction[] {
  const { palms, proofs } = recogniser;
  if (palms.isPalm(stroke.id)) return leaveOut(recogniser, stroke.id);
  recogniser.state = { kind: "idle" };
  const end = endOfStroke(stroke, time, palms.isDoubtful(stroke.id));
  if (end.type === "stroke-end" && stroke.input === "touch")
    proofs.strokeEnded(stroke, time, palms.isBroad(stroke.id));
  return [end];
}

/** The touch turns out to be a palm: what it does is over, and what it did as well. */
function leaveOut(recogniser: Recogniser, id: number): GestureAction[] {
  const { state } = recogniser;
  if (state.kind !== "drawing" || state.stroke.id !== id) return lift(recogniser, id, undefined);
  recogniser.state = { kind: "idle" };
  return [{ type: state.stroke.provisional ? "stroke-drop" : "stroke-revoke" }];
}

/** The last finger that moves the canvas, or rests after that, is gone: it may throw the canvas. */
function letGo(
  recogniser: Recogniser,
  state: State & { kind: "dragging" | "resting" },
  time: number | undefined,
): GestureAction[] {
  const { finger, release } = state;
  recogniser.state = { kind: "idle" };
  if (time === undefined || finger.input !== "touch") return [];
  if (state.kind === "dragging" && !state.still) return fling(recogniser.momentum.velocity(time));
  return release && time - release.time <= TOGETHER_MS ? fling(release.velocity) : [];
}

/** One of two fingers is gone: the other one goes on panning, where fingers do. */
function endPinch(recogniser: Recogniser, left: Finger, time: number): void {
  const release: Release = { velocity: recogniser.momentum.velocity(time), time };
  recogniser.momentum.reset();
  recogniser.state = left.pans
    ? { kind: "dragging", finger: left, still: true, release }
    : { kind: "resting", finger: left, release };
}
