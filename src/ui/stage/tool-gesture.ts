/*
 * The state of one press with a tool: which tool it is, whether it may work, and what constrains it.
 */
import { distance, type Point } from "../../base/geometry.ts";
import type { InkInput, InkSample } from "../../ink/stroke.ts";
import type { Tool, ToolPreview } from "../../tools/tool.ts";
import type { Tools } from "../../tools/tools.ts";
import { createRest } from "../input/rest.ts";
import type { InputClock } from "../widgets/after-input.ts";
import type { Instrument, ToolInHand, ToolSettings } from "./tool-in-hand.ts";

/** What one press does with a tool, until the pointer is lifted. One at a time; without one, nothing happens. */
export interface ToolGesture {
  /** `provisional`: it may still turn out to be no stroke, and is kept out of the document until `commit`. */
  start(what: ToolSettings, at: InkSample, input: InkInput, provisional: boolean): void;
  move(samples: readonly InkSample[]): void;
  /** It is a stroke. */
  commit(): void;
  /** Lifted, at a time of the samples where that is known: what it did stays. */
  end(time?: number): void;
  /** It never was. */
  drop(): void;
  /** Nor is anything of it to stay that has reached the board. */
  revoke(): void;
  /** The same, of one by touch that has ended a moment ago; `begun`: the time of its first sample. */
  revokeEnded(begun: number): void;
  /** A key constrains: what is drawn is to be regular. Says whether that is news to a gesture under way. */
  setShift(held: boolean): boolean;
  /** So does another finger that lies beside the one that draws. */
  setBeside(on: boolean): void;
  /** The tool at work. Undefined also where it may not work. */
  tool(): Tool | undefined;
  /** Where the pointer is, in CSS pixels. */
  active(): { readonly tool: Instrument; readonly at: Point } | undefined;
  close(): void;
}

/** A gesture that ended as it was meant to. */
export interface FinishedGesture {
  readonly tool: Instrument;
  /** What it was about to do. */
  readonly preview: ToolPreview | undefined;
  /** World units. */
  readonly at: InkSample;
  /** It stayed where it began. */
  readonly isTap: boolean;
}

export interface ToolGestureDeps {
  readonly tools: Pick<Tools, "tool" | "revocable">;
  readonly hand: Pick<ToolInHand, "isAllowed" | "refuse" | "recognizesShapes">;
  readonly toWorld: (sample: InkSample) => InkSample;
  readonly zoom: () => number;
  readonly clock: InputClock;
  /** A shape drawn by hand was held still, and snapped. */
  readonly onSnap: () => void;
  readonly onFinish: (finished: FinishedGesture) => void;
}

/** How many ended gestures may still turn out to have been a palm's. */
const MOST_ENDED = 8;

/** What moves less than this, in CSS pixels, is a tap. */
const TAP_SLOP = 8;

/** A gesture under way; `tool`: undefined where it may not work. */
interface ActiveGesture {
  readonly name: Instrument;
  readonly tool: Tool | undefined;
  readonly input: InkInput;
  readonly first: InkSample;
  last: InkSample;
  isTap: boolean;
  /** The person was told that the tool may not work here. */
  refused: boolean;
  /** How to take back what it did so far. */
  readonly revokes: (() => void)[];
}

/** A gesture by touch that has ended. */
interface EndedGesture {
  readonly begun: number;
  revoke(): void;
}

export function createToolGesture(deps: ToolGestureDeps): ToolGesture {
  const { tools, hand, toWorld } = deps;
  let active: ActiveGesture | undefined;
  let shift = false;
  let beside = false;
  let byTouch: readonly EndedGesture[] = [];

  const constrain = (): boolean => shift || beside;
  const rest = createRest({
    clock: deps.clock,
    onRest() {
      if (!hand.recognizesShapes() || !active?.tool?.rest) return;
      const { tool, revokes } = active;
      let isShape = false;
      revokes.push(
        tools.revocable(() => {
          isShape = tool.rest?.() === true;
        }),
      );
      if (isShape) deps.onSnap();
    },
  });

  /** What a finger began may turn out to be a pinch, about which there is nothing to say. */
  const refuse = (): void => {
    if (!active || active.tool || active.refused) return;
    active.refused = true;
    hand.refuse(active.name);
  };
  /** The latest first. */
  const takeBack = (revokes: readonly (() => void)[]): void => {
    for (const revoke of [...revokes].reverse()) revoke();
  };
  /** It may turn out to have been a palm's. */
  const keep = ({ first, revokes }: ActiveGesture, tool: Tool): void => {
    const revoke = (): void => {
      takeBack(revokes);
      // Light goes out at once.
      if (active?.tool !== tool) tool.drop();
    };
    byTouch = [...byTouch, { begun: first.time, revoke }].slice(-MOST_ENDED);
  };
  const constrainTool = (): void => active?.tool?.move([], constrain());

  return {
    start({ name, color, size }, at, input, provisional) {
      beside = false;
      const tool = hand.isAllowed(name) ? tools.tool(name) : undefined;
      const context = { zoom: deps.zoom(), input, color, size, constrain: constrain(), provisional };
      const revokes = [tools.revocable(() => tool?.down(toWorld(at), context))];
      active = { name, tool, input, first: at, last: at, isTap: true, refused: false, revokes };
      rest.at(at);
      if (!provisional) refuse();
    },
    move(samples) {
      if (!active) return;
      active.tool?.move(samples.map(toWorld), constrain());
      active.last = samples.at(-1) ?? active.last;
      active.isTap &&= distance(active.first, active.last) < TAP_SLOP;
      for (const sample of samples) rest.at(sample);
    },
    commit() {
      active?.tool?.commit();
      refuse();
    },
    end(time = Infinity) {
      refuse();
      rest.lift(time);
      const ended = active;
      active = undefined;
      if (!ended?.tool) return;
      const { name, tool, last, isTap } = ended;
      const preview = tool.preview(deps.clock.now());
      ended.revokes.push(tools.revocable(() => tool.up()));
      if (ended.input === "touch") keep(ended, tool);
      deps.onFinish({ tool: name, preview, at: toWorld(last), isTap });
    },
    drop() {
      const dropped = active;
      active = undefined;
      rest.stop();
      dropped?.tool?.drop();
    },
    revoke() {
      const revoked = active;
      active = undefined;
      rest.stop();
      const tool = revoked?.tool;
      if (!tool) return;
      // Of ink that is on the board already, a stroke that is whole.
      revoked.revokes.push(tools.revocable(() => tool.drop()));
      takeBack(revoked.revokes);
    },
    revokeEnded(begun) {
      const ended = byTouch.find((each) => each.begun === begun);
      byTouch = byTouch.filter((each) => each !== ended);
      ended?.revoke();
    },
    setShift(held) {
      if (held === shift) return false;
      shift = held;
      constrainTool();
      return active !== undefined;
    },
    setBeside(on) {
      beside = on;
      constrainTool();
    },
    tool: () => active?.tool,
    active: () => active && { tool: active.name, at: active.last },
    close: rest.stop,
  };
}
