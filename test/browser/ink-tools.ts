import type { Place } from "./picture.ts";

/** A key, where its tool leaves ink between [60, 200] and [140, 280], and where it leaves none. */
export const INK_TOOLS: readonly (readonly [string, string, readonly Place[], readonly Place[]])[] = [
  ["pen", "p", [[100, 240]], [[60, 280]]],
  ["marker", "m", [[100, 240]], [[60, 280]]],
  ["highlighter", "h", [[100, 240]], [[60, 280]]],
  ["line", "l", [[100, 240]], [[60, 280]]],
  ["arrow", "a", [[100, 240]], [[60, 280]]],
  [
    "rectangle",
    "r",
    [
      [60, 240],
      [140, 200],
      [100, 280],
    ],
    [[100, 240]],
  ],
  [
    "ellipse",
    "o",
    [
      [60, 240],
      [100, 200],
      [100, 280],
    ],
    [
      [100, 240],
      [62, 202],
    ],
  ],
];

/** Where on the board each of them draws: not near an edge, or Alice's view would make room. */
export const inCell =
  (i: number) =>
  ([x, y]: Place): Place => [x + 120 * (i % 2), y + 100 * Math.floor(i / 2) - 70];
