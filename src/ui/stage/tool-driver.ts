import { distance, type Point } from "../../base/geometry.ts";
import type { InkInput, InkPoint, InkSample } from "../../ink/stroke.ts";
import { screenToWorld } from "../../render/canvas/camera.ts";
import type { Tool, ToolPreview } from "../../tools/tool.ts";
import type { Tools } from "../../tools/tools.ts";
import type { View } from "../camera/auto-camera.ts";
import type { GestureAction } from "../input/gesture-events.ts";
import { createRest } from "../input/rest.ts";
import type { ViewControl } from "../camera/view.ts";

/** Carries out what the gesture recogniser says, with the tool in the hand. */
export interface ToolDriver {
  /** The picture is up to date when this returns. */
  perform(actions: readonly GestureAction[]): void;
  /** The shift key, which constrains as a second finger does, also in the midst of a gesture. */
  setShift(held: boolean): void;
  /** A whole drag of the tool in the hand by world units, as a key asks for it. */
  drag(from: Point, by: Point, constrain: boolean): void;
  /** The gesture under way: where its pointer is, in CSS pixels. */
  under(): { readonly tool: Instrument; readonly at: Point } | undefined;
  /** What it encloses, in world units. */
  marquee(): readonly Point[] | undefined;
  /** Nothing is shown any more, also where light has not faded yet. */
  close(): void;
}

/** What works on the board. A hand that moves the canvas is not among it. */
export type Instrument = Parameters<Tools["tool"]>[0];

/** What is in the hand, and how large and coloured it is. */
export interface ToolInUse {
  readonly name: Instrument;
  /** 0xRRGGBB. */
  readonly color: number;
  /** CSS pixels. */
  readonly size: number;
}

export interface Done {
  readonly tool: Instrument;
  /** What it was about to do. */
  readonly preview: ToolPreview | undefined;
  /** World units. */
  readonly at: InkSample;
  /** It stayed where it began. */
  readonly isTap: boolean;
}

export interface ToolDriverDeps {
  readonly tools: (name: Instrument) => Tool;
  /** Undefined: nothing that works on the board. */
  readonly inHand: () => ToolInUse | undefined;
  /** What the pen's own eraser does. */
  readonly eraser: () => ToolInUse;
  /** Whether the tool may active now; where it may not, `refuse` says so once it is clear that it was to. */
  readonly isAllowed: (name: Instrument) => boolean;
  readonly refuse: () => void;
  readonly camera: Pick<ViewControl, "camera" | "setPenDown" | "navigate" | "fling">;
  readonly view: () => View;
  /** Shows what the gesture does so far; `predicted`: where the ink probably goes on. */
  readonly show: (preview: ToolPreview | undefined, predicted: readonly InkPoint[]) => void;
  /** A gesture ended. */
  readonly onDone: (done: Done) => void;
  readonly onTap: (fingers: 2 | 3) => void;
  /** A shape drawn by hand was held still, and snapped. */
  readonly onSnap: () => void;
  /** Milliseconds on the clock of the samples. */
  readonly now: () => number;
  readonly after: (ms: number, task: () => void) => () => void;
  readonly requestFrame: (task: () => void) => () => void;
}

/** What moves less than this, in CSS pixels, is a tap. */
const TAP_SLOP = 8;

/** A gesture under way; `tool`: undefined where it is refused. */
interface ActiveGesture {
  readonly name: Instrument;
  readonly tool: Tool | undefined;
  readonly first: InkSample;
  last: InkSample;
  isTap: boolean;
  refused: boolean;
}

export function createToolDriver(deps: ToolDriverDeps): ToolDriver {
  const { camera, view } = deps;
  let active: ActiveGesture | undefined;
  /** What it leaves fades by itself after the gesture. */
  let fading: Tool | undefined;
  let stopFading: (() => void) | undefined;
  let shift = false;
  let beside = false;
  let predicted: readonly InkPoint[] = [];

  const toWorld = (sample: InkSample): InkSample => ({
    ...sample,
    ...screenToWorld(camera.camera(), view(), sample),
  });
  const constrain = (): boolean => shift || beside;

  const show = (): void => {
    const tool = active?.tool ?? fading;
    const preview = tool?.preview(deps.now());
    deps.show(preview, predicted);
    stopFading?.();
    // The light of a laser fades by itself, also after the gesture.
    stopFading = preview?.kind === "laser" ? deps.requestFrame(show) : undefined;
    if (!preview) fading = undefined;
  };
  const rest = createRest({
    after: deps.after,
    onRest() {
      if (active?.tool?.rest?.() !== true) return;
      deps.onSnap();
      show();
    },
  });

  const start = (what: ToolInUse | undefined, sample: InkSample, input: InkInput, held: boolean): void => {
    if (!what) return;
    const { name, color, size } = what;
    stopFading?.();
    fading = undefined;
    beside = false;
    camera.setPenDown(true);
    const tool = deps.isAllowed(name) ? deps.tools(name) : undefined;
    active = { name, tool, first: sample, last: sample, isTap: true, refused: false };
    const { zoom } = camera.camera();
    tool?.down(toWorld(sample), { zoom, input, color, size, constrain: constrain(), held });
    rest.at(sample);
    if (!held) refuse();
  };

  /** What a finger began may turn out to be a pinch, about which there is nothing to say. */
  const refuse = (): void => {
    if (!active || active.tool || active.refused) return;
    active.refused = true;
    deps.refuse();
  };

  const finish = (isDone: boolean): void => {
    if (isDone) refuse();
    const ended = active;
    active = undefined;
    rest.stop();
    if (ended) {
      const { name, tool, last, isTap } = ended;
      const preview = tool?.preview(deps.now());
      if (isDone) tool?.up();
      else tool?.drop();
      fading = tool;
      if (tool && isDone) deps.onDone({ tool: name, preview, at: toWorld(last), isTap });
    }
    camera.setPenDown(false);
  };

  const perform = (action: GestureAction): void => {
    switch (action.type) {
      case "stroke-start":
        start(action.erasing ? deps.eraser() : deps.inHand(), action.sample, action.input, action.held);
        break;
      case "stroke-move":
        if (!active) break;
        active.tool?.move(action.samples.map(toWorld), constrain());
        active.last = action.samples.at(-1) ?? active.last;
        active.isTap &&= distance(active.first, active.last) < TAP_SLOP;
        rest.at(active.last);
        predicted = action.predicted.map(toWorld);
        break;
      case "stroke-commit":
        active?.tool?.commit();
        refuse();
        break;
      case "stroke-end":
        finish(true);
        break;
      case "stroke-drop":
        finish(false);
        break;
      case "constrain":
        beside = action.on;
        active?.tool?.move([], constrain());
        break;
      case "navigate":
        camera.navigate(action.from, action.to, action.scale);
        break;
      case "fling":
        camera.fling(action.velocity);
        break;
      case "tap":
        deps.onTap(action.fingers);
        break;
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
      if (held === shift) return;
      shift = held;
      if (!active) return;
      active.tool?.move([], constrain());
      show();
    },
    drag(from, by, constrained) {
      const what = deps.inHand();
      if (active || !what) return;
      const { name, color, size } = what;
      if (!deps.isAllowed(name)) return deps.refuse();
      const { zoom } = camera.camera();
      const tool = deps.tools(name);
      const sample = { ...from, pressure: 0.5, time: deps.now() };
      tool.down(sample, { zoom, input: "mouse", color, size, constrain: constrained, held: false });
      tool.move([{ ...sample, x: from.x + by.x, y: from.y + by.y }], constrained);
      tool.up();
    },
    under: () => active && { tool: active.name, at: active.last },
    marquee: () => active?.tool?.marquee?.(),
    close() {
      rest.stop();
      stopFading?.();
      deps.show(undefined, []);
    },
  };
}
