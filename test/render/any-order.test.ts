import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { problemAfter, steps } from "./any-order-run.ts";
import { stubPath2D } from "./fake-path.ts";

beforeAll(stubPath2D);

test("however changes arrive, the pixels are those of a fresh painting; `npm run fuzz:painting` tries more", () => {
  fc.assert(
    fc.property(steps, (list) => {
      expect(problemAfter(list)).toBeUndefined();
    }),
    {
      numRuns: 60,
      examples: [
        // Two items that continue one were painted in the order in which they came to this page.
        [
          [
            { do: "long", at: 0, x: 0, y: 0 },
            { do: "continue", at: 0 },
            { do: "preview", at: 21 },
            { do: "continue", at: 0 },
          ],
        ],
        // The copy below a highlighter that grew reaches less far than that below one that was there, which nobody sees.
        [
          [
            { do: "insert", at: 0, x: 0, y: 0 },
            { do: "continue", at: 0 },
            { do: "grow" },
            { do: "extend", at: 21 },
          ],
        ],
        // What was left of an item that is erased meanwhile was still shown when it came back whole.
        [
          [
            { do: "insert", at: 0, x: 0, y: 0 },
            { do: "insert", at: 0, x: 0, y: 0 },
            { do: "carve", at: 2 },
            { do: "erase", at: 2 },
            { do: "carve", at: 21 },
          ],
        ],
        // A part that was painted anew left half a dot on what is beside it.
        [
          [
            { do: "insert", at: 0, x: 0, y: 0 },
            { do: "cut", at: 0 },
            { do: "extend", at: 0 },
            { do: "hide", at: 0 },
            { do: "unpreview" },
            { do: "paper" },
            { do: "start", at: 0, x: 0, y: 0 },
            { do: "insert", at: 0, x: 5, y: 0 },
            { do: "lose" },
            { do: "camera", x: -3, zoom: 1 },
            { do: "now" },
          ],
        ],
      ],
    },
  );
});
