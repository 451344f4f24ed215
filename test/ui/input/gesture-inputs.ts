/* What a test presses, moves and lifts, in words as short as the tests need them. */
import type { InkInput, InkSample } from "../../../src/ink/stroke.ts";
import type { GestureAction, GestureInput } from "../../../src/ui/input/gesture-events.ts";
import type { Gestures } from "../../../src/ui/input/gesture.ts";
import { PROVISIONAL_POINTS } from "../../../src/ui/input/stroke-gesture.ts";

export const sample = (x: number, y: number, time = 0): InkSample => ({ x, y, pressure: 0.5, time });

export interface DownOptions {
  readonly input?: InkInput;
  readonly button?: "draw" | "erase" | "pan" | "none";
  readonly dismissing?: boolean;
}

export const down = (id: number, at: InkSample, options: DownOptions = {}): GestureInput => ({
  type: "down",
  id,
  input: options.input ?? "touch",
  button: options.button ?? "draw",
  sample: at,
  dismissing: options.dismissing ?? false,
});
export const move = (id: number, ...samples: InkSample[]): GestureInput => ({ type: "move", id, samples });
export const up = (id: number, time = 1000): GestureInput => ({ type: "up", id, time });
export const cancel = (id: number): GestureInput => ({ type: "cancel", id });

/** What comes of the inputs, one after the other. */
export const run = (gestures: Gestures, inputs: readonly GestureInput[]): GestureAction[] =>
  inputs.flatMap((input) => [...gestures.handle(input)]);
export const types = (actions: readonly GestureAction[]): string[] => actions.map(({ type }) => type);

/** A finger that has drawn long enough for its stroke to be sent. */
export const committed = (id: number): GestureInput[] => [
  down(id, sample(0, 0, 0)),
  ...Array.from({ length: PROVISIONAL_POINTS }, (_, i) => move(id, sample(i * 5, 0, (i + 1) * 10))),
];

/** One finger that pans to the right by 100 px in 100 ms, and is still down. */
export function swipe(): GestureInput[] {
  return [
    down(1, sample(0, 0), { button: "pan" }),
    ...Array.from({ length: 11 }, (_, i) => move(1, sample(10 * (i + 1), 0, 10 * (i + 1)))),
  ];
}
