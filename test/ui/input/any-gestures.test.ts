import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GestureAction, GestureInput } from "../../../src/ui/input/gesture-events.ts";
import { createGestures } from "../../../src/ui/input/gesture.ts";
import { run, up } from "./gesture-inputs.ts";

describe("any sequence of events", () => {
  const id = fc.integer({ min: 1, max: 4 });
  const at = fc.record({
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 400 }),
    pressure: fc.constant(0.5),
    time: fc.integer({ min: 0, max: 500 }),
  });
  const input: fc.Arbitrary<GestureInput> = fc.oneof(
    fc.record({
      type: fc.constant("down" as const),
      id,
      input: fc.constantFrom("mouse" as const, "touch" as const, "pen" as const),
      button: fc.constantFrom("draw" as const, "erase" as const, "pan" as const),
      sample: at,
      size: fc.integer({ min: 0, max: 100 }),
      dismissing: fc.boolean(),
    }),
    fc.record({
      type: fc.constant("move" as const),
      id,
      samples: fc.array(at, { minLength: 1, maxLength: 12 }),
      size: fc.integer({ min: 0, max: 100 }),
    }),
    fc.record({ type: fc.constant("up" as const), id, time: fc.integer({ min: 0, max: 500 }) }),
    fc.record({ type: fc.constant("cancel" as const), id }),
    fc.record({
      type: fc.constant("pen-near" as const),
      time: fc.integer({ min: 0, max: 500 }),
      isDown: fc.boolean(),
    }),
  );

  /** The first action that does not belong where it is. */
  const misplaced = (actions: readonly GestureAction[]): GestureAction | undefined => {
    let stroke: "none" | "provisional" | "sent" = "none";
    return actions.find((action) => {
      const before = stroke;
      switch (action.type) {
        case "fling":
          return before !== "none" || !Number.isFinite(Math.hypot(action.velocity.x, action.velocity.y));
        case "navigate":
          return before !== "none" || !(action.scale > 0 && Number.isFinite(action.scale));
        case "stroke-start":
          stroke = action.provisional ? "provisional" : "sent";
          return before !== "none";
        case "stroke-commit":
          stroke = "sent";
          return before !== "provisional";
        case "stroke-revoke":
          stroke = "none";
          return before !== "sent";
        case "palm":
        case "untap":
          return false;
        case "stroke-move":
          return before === "none";
        case "stroke-drop":
          stroke = "none";
          return before !== "provisional";
        case "constrain":
          return before !== "sent";
        case "tap":
          return before !== "none";
        default:
          stroke = "none";
          return before === "none";
      }
    });
  };

  it("keeps strokes whole, drops only what was provisional, and ends with everything lifted", () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), fc.boolean(), (inputs, hasPen) => {
        const gestures = createGestures(() => hasPen);
        const actions = run(gestures, [...inputs, ...[1, 2, 3, 4].map((each) => up(each))]);
        expect(misplaced(actions)).toBeUndefined();
        const started = actions.filter(({ type }) => type === "stroke-start").length;
        const ended = actions.filter(({ type }) => /^stroke-(?:end|drop|revoke)$/u.test(type)).length;
        expect(ended).toBe(started);
        expect(gestures.drawing() || gestures.navigating()).toBe(false);
      }),
    );
  });
});
