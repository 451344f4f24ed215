import type { InkSample } from "../../../src/ink/stroke.ts";
import type { Tool, ToolContext } from "../../../src/tools/tool.ts";

export const CONTEXT: ToolContext = {
  zoom: 1,
  input: "mouse",
  color: 0x2f6fed,
  size: 20,
  constrain: false,
  provisional: false,
};

export type Place = readonly [number, number];

export const sampleAt = ([x, y]: Place, time = 0): InkSample => ({ x, y, pressure: 0.5, time });

/** Down at the first place, and along the others, 16 ms apart; it is not lifted. */
export function drag(tool: Tool, places: readonly Place[], context: Partial<ToolContext> = {}): void {
  const whole = { ...CONTEXT, ...context };
  tool.down(sampleAt(places[0]!), whole);
  tool.move(
    places.slice(1).map((place, i) => sampleAt(place, (i + 1) * 16)),
    whole.constrain,
  );
}
