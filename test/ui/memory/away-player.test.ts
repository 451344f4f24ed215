import { beforeEach, describe, expect, it } from "vitest";
import { createAwayPlayer } from "../../../src/ui/memory/away-player.ts";
import type { AwayPlayer, PlayedStroke } from "../../../src/ui/memory/away-player.ts";

const FRAME = 16;

/** What the canvas was told of each stroke: kept back, played in so many milliseconds from then on. */
interface Told {
  readonly id: string;
  readonly at: number;
  readonly ms: number;
}

let frames: (() => void)[];
let now: number;
let keptBack: Set<string>;
let played: Told[];
let changes: number;
/** The canvas cannot keep this one back. */
let unable: string | undefined;
let player: AwayPlayer;

beforeEach(() => {
  [frames, now, keptBack, played, changes, unable] = [[], 1000, new Set(), [], 0, undefined];
  player = createAwayPlayer({
    canvas: {
      keepBack(ids) {
        const able = ids.filter((id) => id !== unable);
        for (const id of able) keptBack.add(id);
        return able;
      },
      play(id, ms) {
        if (keptBack.delete(id)) played.push({ id, at: now, ms });
      },
      letGo: () => keptBack.clear(),
    },
    requestFrame(task) {
      frames.push(task);
      return () => void (frames = frames.filter((each) => each !== task));
    },
    now: () => now,
    onChange: () => changes++,
  });
});

/** Lets time pass, frame by frame. */
function pass(ms: number, frame = FRAME): void {
  for (const end = now + ms; now < end;) {
    now += frame;
    for (const task of frames.splice(0)) task();
  }
}

const strokes = (count: number, points = 20, from = 0): PlayedStroke[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${from + i}`, points }));

/** How long it played, from its first frame on, and in which order. */
function playAll(frame = FRAME): { readonly ms: number; readonly order: readonly string[] } {
  pass(frame, frame);
  const from = now;
  while (player.isPlaying() && now < 60_000) pass(frame, frame);
  return { ms: now - from, order: played.map(({ id }) => id) };
}

describe("what others drew", () => {
  it("is kept back at once and drawn one after the other, as quick as a hand", () => {
    player.add(strokes(5));
    expect(keptBack.size).toBe(5);
    expect(player.isPlaying()).toBe(true);
    const { ms, order } = playAll();
    expect(order).toEqual(["0", "1", "2", "3", "4"]);
    expect(ms).toBeGreaterThan(5 * 200);
    expect(ms).toBeLessThan(5 * 300);
    // Each begins when the one before is done.
    for (const [i, { at }] of played.slice(1).entries())
      expect(at).toBeGreaterThanOrEqual(played[i]!.at + played[i]!.ms - FRAME);
    expect(keptBack.size).toBe(0);
    expect(changes).toBe(2);
  });

  it.each([12, 40, 200, 500])("plays in within four seconds, however much it is: %s", (count) => {
    player.add(strokes(count, 80));
    const { ms, order } = playAll();
    expect(ms).toBeLessThanOrEqual(4000 + FRAME);
    expect(ms).toBeGreaterThan(3000);
    expect(order).toEqual(strokes(count).map(({ id }) => id));
  });

  it("also on a page whose pictures come rarely, and one that was not looked at meanwhile", () => {
    player.add(strokes(40));
    expect(playAll(400).ms).toBeLessThanOrEqual(4400);
    expect(keptBack.size).toBe(0);
    player.add(strokes(3, 20, 100));
    expect(keptBack.size).toBe(0);
  });

  it("takes in what comes while it plays, within the same four seconds", () => {
    player.add(strokes(10));
    pass(FRAME);
    const from = now;
    pass(1500);
    player.add(strokes(60, 20, 10));
    while (player.isPlaying()) pass(FRAME);
    expect(now - from).toBeLessThanOrEqual(4000 + FRAME);
    expect(played.length).toBe(70);
  });

  it("goes on with what comes after a pause, and at the end of the time nothing is kept back any more", () => {
    player.add(strokes(1));
    playAll();
    pass(1000);
    player.add(strokes(2, 20, 1));
    const paused = now;
    while (player.isPlaying()) pass(FRAME);
    expect(now - paused).toBeGreaterThan(400);
    pass(4000);
    player.add(strokes(2, 20, 3));
    expect(keptBack.size).toBe(0);
    expect(player.isPlaying()).toBe(false);
    expect(changes).toBe(4);
  });

  it("is all there at once when it is skipped, and so is what comes after", () => {
    player.add(strokes(10));
    pass(300);
    player.skip();
    expect(keptBack.size).toBe(0);
    expect(frames).toEqual([]);
    expect(player.isPlaying()).toBe(false);
    player.add(strokes(5, 20, 10));
    expect(keptBack.size).toBe(0);
    expect(changes).toBe(2);
  });

  it("of very much only so many strokes are kept back, and of what cannot be none", () => {
    unable = "1";
    player.add(strokes(3));
    expect([...keptBack]).toEqual(["0", "2"]);
    player.add(strokes(5000, 20, 3));
    expect(keptBack.size).toBeLessThanOrEqual(500);
  });
});
