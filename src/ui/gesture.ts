import type { Point } from "../base/geometry.ts";
import type { InkInput, InkSample } from "../ink/stroke.ts";

/** What a pointing device did on the canvas. Places are CSS pixels in the canvas. */
export type GestureInput =
  | {
      readonly type: "down";
      readonly id: number;
      readonly input: InkInput;
      /** `pan`: the middle button, or the space bar is held; `none`: a button without a meaning. */
      readonly button: "draw" | "pan" | "none";
      readonly sample: InkSample;
      /** The same press closes a panel: it leaves ink only if it becomes a real stroke. */
      readonly dismissing: boolean;
    }
  | { readonly type: "move"; readonly id: number; readonly samples: readonly InkSample[] }
  /** Lifted, or taken away by the system: what is on the paper stays, the person saw it there. */
  | { readonly type: "up"; readonly id: number };

/** What is to be done about it, in this order. */
export type GestureAction =
  /** `held`: show it, but keep it out of the document until `stroke-commit`. */
  | {
      readonly type: "stroke-start";
      readonly input: InkInput;
      readonly sample: InkSample;
      readonly held: boolean;
    }
  | { readonly type: "stroke-move"; readonly samples: readonly InkSample[] }
  | { readonly type: "stroke-commit" }
  | { readonly type: "stroke-end" }
  /** Forget the stroke: it was held, so nobody has seen it. */
  | { readonly type: "stroke-drop" }
  /** Bring the place on the paper that is under `from` to `to`, and scale around it. */
  | { readonly type: "navigate"; readonly from: Point; readonly to: Point; readonly scale: number };

/** Under either limit a finger's stroke is held back: a second finger makes it the start of a pinch. */
export const PROVISIONAL_POINTS = 10;
export const PROVISIONAL_MS = 50;
/** Two fingers that pan never keep their distance exactly: zooming starts after this many pixels. */
const PINCH_SLOP = 12;
/** A press that closes a panel and moves less than this is not a dot. */
const TAP_SLOP = 6;
/** Closer than this, the ratio of two distances is noise. */
const MIN_SPREAD = 16;

interface Finger {
  readonly id: number;
  at: Point;
}

interface Stroke {
  readonly id: number;
  readonly input: InkInput;
  readonly first: InkSample;
  readonly dismissing: boolean;
  last: InkSample;
  count: number;
  held: boolean;
  moved: boolean;
}

interface Pinch {
  readonly fingers: readonly [Finger, Finger];
  /** The distance to which the next one is compared; undefined until the slop is passed. */
  spread: number | undefined;
  readonly startSpread: number;
}

/**
 * - idle -> drawing: pen, mouse or first finger goes down
 * - drawing -> pinching: a second finger lands while the stroke is held (drops it)
 * - drawing -> drawing: a second finger that lands later is ignored until it is lifted
 * - pinching -> resting: one of the two fingers is lifted
 * - resting -> pinching: another finger lands; resting -> idle: the last finger is lifted
 * - idle -> dragging: middle button or space bar with the mouse
 * - any -> drawing: a pen goes down; it takes precedence over fingers
 */
type State =
  | { readonly kind: "idle" }
  | { readonly kind: "drawing"; readonly stroke: Stroke }
  | { readonly kind: "dragging"; readonly finger: Finger }
  | { readonly kind: "pinching"; readonly pinch: Pinch }
  | { readonly kind: "resting"; readonly finger: Finger };

export interface Gestures {
  handle(input: GestureInput): readonly GestureAction[];
  /** A stroke is under way. */
  drawing(): boolean;
  /** The canvas is being moved by hand. */
  navigating(): boolean;
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Tells strokes from movements of the canvas. Data in, data out: it knows no clock and no page. */
export function createGestures(): Gestures {
  let state: State = { kind: "idle" };

  const startStroke = (input: GestureInput & { type: "down" }): GestureAction[] => {
    const { id, sample, dismissing } = input;
    const held = input.input === "touch" || dismissing;
    const stroke: Stroke = {
      id,
      input: input.input,
      first: sample,
      dismissing,
      last: sample,
      count: 1,
      held,
      moved: false,
    };
    state = { kind: "drawing", stroke };
    return [{ type: "stroke-start", input: input.input, sample, held }];
  };

  const startPinch = (a: Finger, b: Finger): void => {
    state = {
      kind: "pinching",
      pinch: { fingers: [a, b], spread: undefined, startSpread: distance(a.at, b.at) },
    };
  };

  const down = (input: GestureInput & { type: "down" }): GestureAction[] => {
    const finger: Finger = { id: input.id, at: { x: input.sample.x, y: input.sample.y } };
    if (input.button === "none") return [];
    if (input.button === "pan") {
      if (state.kind === "idle") state = { kind: "dragging", finger };
      return [];
    }
    switch (state.kind) {
      case "idle":
        return startStroke(input);
      case "drawing": {
        const { stroke } = state;
        if (stroke.input !== "touch" || input.input === "mouse") return [];
        if (input.input === "pen") {
          const end: GestureAction = { type: stroke.held ? "stroke-drop" : "stroke-end" };
          return [end, ...startStroke(input)];
        }
        // A committed stroke is on its way to the contacts: the second finger does not touch it.
        if (!stroke.held) return [];
        startPinch({ id: stroke.id, at: { x: stroke.last.x, y: stroke.last.y } }, finger);
        return [{ type: "stroke-drop" }];
      }
      case "pinching":
        return input.input === "pen" ? startStroke(input) : [];
      case "resting":
        if (input.input !== "touch") return startStroke(input);
        startPinch(state.finger, finger);
        return [];
      case "dragging":
        return [];
    }
  };

  const moveStroke = (stroke: Stroke, samples: readonly InkSample[]): GestureAction[] => {
    stroke.last = samples.at(-1)!;
    stroke.count += samples.length;
    stroke.moved ||= samples.some((sample) => distance(sample, stroke.first) >= TAP_SLOP);
    const actions: GestureAction[] = [{ type: "stroke-move", samples }];
    const old = stroke.last.time - stroke.first.time >= PROVISIONAL_MS;
    const settled = stroke.input === "touch" ? stroke.count >= PROVISIONAL_POINTS && old : true;
    if (stroke.held && settled && (stroke.moved || !stroke.dismissing)) {
      stroke.held = false;
      actions.push({ type: "stroke-commit" });
    }
    return actions;
  };

  const movePinch = (pinch: Pinch, id: number, to: Point): GestureAction[] => {
    const [a, b] = pinch.fingers;
    const from = middle(a.at, b.at);
    (a.id === id ? a : b).at = to;
    const spread = Math.max(distance(a.at, b.at), MIN_SPREAD);
    let scale = 1;
    if (pinch.spread !== undefined) {
      scale = spread / pinch.spread;
      pinch.spread = spread;
    } else if (Math.abs(spread - pinch.startSpread) > PINCH_SLOP) {
      pinch.spread = spread;
    }
    return [{ type: "navigate", from, to: middle(a.at, b.at), scale }];
  };

  const move = (id: number, samples: readonly InkSample[]): GestureAction[] => {
    const last = samples.at(-1);
    if (!last) return [];
    const to: Point = { x: last.x, y: last.y };
    if (state.kind === "drawing" && state.stroke.id === id) return moveStroke(state.stroke, samples);
    if (state.kind === "dragging" && state.finger.id === id) {
      const from = state.finger.at;
      state.finger.at = to;
      return [{ type: "navigate", from, to, scale: 1 }];
    }
    if (state.kind === "resting" && state.finger.id === id) state.finger.at = to;
    if (state.kind === "pinching" && state.pinch.fingers.some((finger) => finger.id === id)) {
      return movePinch(state.pinch, id, to);
    }
    return [];
  };

  const lift = (id: number): GestureAction[] => {
    if (state.kind === "drawing" && state.stroke.id === id) {
      const { stroke } = state;
      state = { kind: "idle" };
      return [{ type: stroke.dismissing && !stroke.moved ? "stroke-drop" : "stroke-end" }];
    }
    if ((state.kind === "dragging" || state.kind === "resting") && state.finger.id === id)
      state = { kind: "idle" };
    if (state.kind === "pinching") {
      const left = state.pinch.fingers.find((finger) => finger.id !== id);
      if (left && state.pinch.fingers.some((finger) => finger.id === id))
        state = { kind: "resting", finger: left };
    }
    return [];
  };

  return {
    handle(input) {
      switch (input.type) {
        case "down":
          // A pointer that is down already was lifted somewhere else.
          return [...lift(input.id), ...down(input)];
        case "move":
          return move(input.id, input.samples);
        case "up":
          return lift(input.id);
      }
    },
    drawing: () => state.kind === "drawing",
    navigating: () => state.kind === "pinching" || state.kind === "dragging",
  };
}
