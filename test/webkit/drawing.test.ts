import { describe, expect, it } from "vitest";
import { inCell, INK_TOOLS } from "../browser/ink-tools.ts";
import type { Place } from "../browser/picture.ts";
import { inkOf } from "../browser/state.ts";
import { useWebKitTab } from "./fixture.ts";
import { createFingers } from "./fingers.ts";

/*
 * Ink and erasers under every pointing device. The mouse and the pen are the driver's; it has no fingers,
 * so these are events that a script in the page sends to the canvas, as WebKit would. They come before the
 * pen: once there is one, fingers move the board.
 * Of how hard the pen is pressed the driver says 1 when it comes down and 0 from then on.
 */
const tab = useWebKitTab("p");

const LINE: readonly Place[] = [
  [200, 300],
  [300, 300],
  [400, 300],
];

describe("fingers", () => {
  it("draw with one, move and zoom with two, take back and do again with a tap of two and of three", async () => {
    const fingers = createFingers(tab);
    await fingers.down(LINE[0]!);
    await fingers.move([LINE[1]!], [LINE[2]!]);
    await fingers.up();
    await tab.shows(LINE);
    await fingers.tap([300, 400], [340, 400]);
    await tab.shows([], LINE);
    await fingers.tap([300, 400], [340, 400], [380, 400]);
    await tab.shows(LINE);

    const apart = (half: number, middle: number): Place[] => [
      [300, middle - half],
      [300, middle + half],
    ];
    await fingers.down(...apart(20, 300));
    await fingers.move(apart(30, 300), apart(40, 300), apart(60, 300), apart(90, 300));
    const longer: readonly Place[] = [
      [120, 300],
      [480, 300],
    ];
    await tab.shows(longer);
    await fingers.move(apart(90, 350), apart(90, 400));
    const lower = longer.map(([x, y]): Place => [x, y + 100]);
    await tab.shows(lower, longer);
    // Fingers that have come to rest: of those that go up while they move, the canvas coasts on.
    await fingers.rest();
    await fingers.up();
    await tab.shows(lower, longer);
    await tab.press("Home", "0");
  });
});

describe.each(["mouse", "pen"] as const)("a %s", (pointer) => {
  it("leaves ink with every tool, which is taken back and done again", async () => {
    const inked = INK_TOOLS.flatMap(([, , places], i) => places.map(inCell(i)));
    const blank = INK_TOOLS.flatMap(([, , , places], i) => places.map(inCell(i)));
    for (const [i, [, key, places]] of INK_TOOLS.entries()) {
      const way: readonly Place[] = [
        [60, 200],
        [100, 240],
        [140, 280],
      ];
      await tab.press(key);
      await tab.drag(pointer, ...way.map(inCell(i)));
      await tab.shows(places.map(inCell(i)));
    }
    await tab.shows(inked, blank);
    const before = await inkOf(tab);
    for (const [i, [, , places]] of [...INK_TOOLS.entries()].reverse()) {
      await tab.press("Control+z");
      await tab.shows([], places.map(inCell(i)));
    }
    await tab.shows([], inked);
    await tab.press(...INK_TOOLS.map(() => "Control+y"));
    await expect.poll(() => inkOf(tab)).toBe(before);
  });

  it("shows ink while it is still down", async () => {
    await tab.down(pointer, LINE);
    await tab.shows(LINE);
    await tab.up(pointer);
    await tab.shows(LINE);
  });

  it("erases whole strokes, or what is under it", async () => {
    const across: readonly Place[] = [
      [300, 250],
      [300, 350],
    ];
    await tab.drag(pointer, ...LINE);
    await tab.press("x");
    await tab.drag(pointer, ...across);
    await tab.shows([LINE[0]!, LINE[2]!], [LINE[1]!]);
    await tab.press("Control+z");
    await tab.shows(LINE);
    await tab.press("e");
    await tab.drag(pointer, ...across);
    await tab.shows([], LINE);
    await tab.press("Control+z");
    await tab.shows(LINE);
  });
});
