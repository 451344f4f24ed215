import { describe, expect, test } from "vitest";
import type { Preview } from "../../../src/board/previews/preview.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createSeenPreview } from "../../../src/sync/presence/seen-preview.ts";
import { HEADER } from "../../board/peers.ts";
import { moved, shine, frame } from "./gestures.ts";

describe("[S14] what is shown of it", () => {
  function createScreen() {
    const clock = createSimulatedClock();
    const screen = { clock, shown: 0, changes: 0 };
    const seen = createSeenPreview({
      clock,
      shown: () => screen.shown,
      expired: () => screen.changes++,
    });
    return Object.assign(screen, { seen });
  }

  test("of one session's previews, the one with the highest revision", () => {
    const { seen } = createScreen();
    expect(seen.see(7, frame(4, moved(1)))).toBe(true);
    expect(seen.see(7, frame(3, moved(2)))).toBe(false);
    expect(seen.see(7, frame(4, moved(3)))).toBe(false);
    expect([seen.of(7), seen.of(8), seen.of(undefined)]).toEqual([moved(1), undefined, undefined]);
    seen.see(8, frame(0, undefined));
    expect(seen.of(7)).toBeUndefined();
    seen.see(8, frame(1, moved(4)));
    seen.forget();
    expect(seen.of(8)).toBeUndefined();
  });

  test("it goes after 4 s without news, and news keeps it", async () => {
    const { clock, seen } = createScreen();
    seen.see(7, frame(0, moved(1)));
    await clock.advance(3000);
    seen.see(7, frame(1, moved(1)));
    await clock.advance(3900);
    expect(seen.of(7)).toEqual(moved(1));
    await clock.advance(200);
    expect(seen.of(7)).toBeUndefined();
  });

  test("an end that came before what comes of the gesture waits for it", () => {
    const screen = createScreen();
    const { seen } = screen;
    screen.shown = 10;
    seen.see(7, frame(0, moved(1), 10));
    seen.see(7, frame(1, undefined, 14));
    expect(seen.of(7)).toEqual(moved(1));
    screen.shown = 14;
    expect(seen.of(7)).toBeUndefined();
    seen.see(7, frame(2, moved(2), 14));
    expect(seen.of(7)).toEqual(moved(2));
    seen.see(7, frame(3, undefined, 14));
    expect(seen.of(7)).toBeUndefined();
  });

  const kinds: readonly Preview[] = [
    moved(1),
    { kind: "erase", ids: ["7.1"], cuts: new Map() },
    { kind: "erase", ids: [], cuts: new Map([["7.1", [{ from: 0, to: 1 }]]]) },
    { kind: "shape", header: { ...HEADER, tool: "line" }, from: { x: 0, y: 0 }, to: { x: 9, y: 9 } },
  ];

  test.each(kinds)(
    "a gesture that changed nothing is over when that shows, though the end came first: $kind",
    (preview) => {
      const screen = createScreen();
      const { seen } = screen;
      screen.shown = 10;
      seen.see(7, frame(0, preview, 14));
      seen.see(7, frame(1, undefined, 14));
      expect(seen.of(7)).toEqual(preview);
      // Said once more, when the session had gone on.
      seen.see(7, frame(2, undefined, 20));
      screen.shown = 14;
      expect(seen.of(7)).toBeUndefined();
    },
  );

  test("what comes of the gesture takes its place, though its end was lost", () => {
    const screen = createScreen();
    screen.seen.see(7, frame(0, moved(1), 0));
    screen.shown = 3;
    expect(screen.seen.of(7)).toBeUndefined();
  });

  test("a laser's light gets older by itself and goes after 1.2 s, whatever is written and told", async () => {
    const screen = createScreen();
    const { clock, seen } = screen;
    seen.see(7, frame(0, shine({ x: 1, y: 0, age: 700 }, { x: 2, y: 0, age: 200 })));
    screen.shown = 50;
    await clock.advance(400);
    expect(seen.of(7)).toEqual(shine({ x: 1, y: 0, age: 1100 }, { x: 2, y: 0, age: 600 }));
    seen.see(7, frame(1, undefined));
    await clock.advance(200);
    expect(seen.of(7)).toEqual(shine({ x: 2, y: 0, age: 800 }));
    expect(screen.changes).toBe(0);
    await clock.advance(500);
    expect(seen.of(7)).toBeUndefined();
    expect(screen.changes).toBe(1);
  });
});
