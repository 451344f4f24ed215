import { beforeEach, describe, expect, it } from "vitest";
import { createPlayer, type Player } from "../../../src/ui/memory/player.ts";

const FRAME = 16;

/** Frames come when told to. */
let frames: ((now: number) => void)[];
let now: number;
let at: number;
let shown: number[];
let calm: boolean;
let changes: number;

beforeEach(() => {
  [frames, now, at, shown, calm, changes] = [[], 0, 0, [], false, 0];
});

function createTestPlayer(...moments: (number | undefined)[]): Player {
  return createPlayer({
    steps: moments.map((moment) => ({ moment })),
    at: () => at,
    show(next) {
      at = next;
      shown.push(next);
    },
    reducedMotion: () => calm,
    requestFrame(task) {
      frames.push(task);
      return () => void (frames = frames.filter((each) => each !== task));
    },
    onChange: () => changes++,
  });
}

/** Lets time pass, frame by frame. */
function pass(ms: number): void {
  for (const end = now + ms; now < end;) {
    now += FRAME;
    for (const task of frames.splice(0)) task(now);
  }
}

/** When each of so many steps was shown, from the first frame on. */
function times(count: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < 10_000 && found.length < count; i++) {
    const before = at;
    pass(FRAME);
    for (let step = before; step < at; step++) found.push(now - FRAME);
  }
  return found;
}

describe("a past that is played", () => {
  it("goes on as it was done, and its pauses are short", () => {
    const player = createTestPlayer(1000, 1500, 2000, 9_000_000, 9_000_500);
    player.play();
    const [first, ...rest] = times(5);
    expect(first).toBeCloseTo(400, -2);
    const gaps = rest.map((time, i) => time - [first!, ...rest][i]!);
    for (const [i, gap] of [500, 500, 1200, 500].entries())
      expect(Math.abs(gaps[i]! - gap)).toBeLessThan(2 * FRAME);
    expect(player.isPlaying()).toBe(false);
    expect(frames).toEqual([]);
  });

  it("takes a usual time where nobody knows, or a calendar went back", () => {
    createTestPlayer(undefined, undefined, 5000, 10).play();
    const found = times(4);
    expect(Math.max(...found.map((time, i) => time - (i + 1) * 400))).toBeLessThan(5 * FRAME);
  });

  it("goes up to sixty times as fast, and then as fast as it was done", () => {
    const player = createTestPlayer(...Array.from({ length: 600 }, (_, i) => i * 1000));
    const speeds = [1, 2, 3, 4, 5].map(() => {
      const speed = player.speed();
      player.nextSpeed();
      return speed;
    });
    expect(speeds).toEqual([1, 4, 16, 60, 1]);
    player.nextSpeed();
    player.nextSpeed();
    expect(player.speed()).toBe(60);
    player.play();
    pass(11_000);
    expect(at).toBe(600);
    // Several steps are one picture.
    expect(shown.length).toBeLessThan(620);
  });

  it("goes on from where it was stopped, and begins anew at the end", () => {
    const player = createTestPlayer(0, 100, 200, 300);
    player.play();
    pass(560);
    player.pause();
    const stopped = at;
    expect(stopped).toBeGreaterThan(0);
    pass(1000);
    expect(at).toBe(stopped);
    player.play();
    pass(1000);
    expect(at).toBe(4);
    shown = [];
    player.play();
    expect(shown).toEqual([0]);
    player.pause();
    expect(changes).toBeGreaterThan(4);
  });

  it("shows a picture a second where motion is unwelcome", () => {
    calm = true;
    createTestPlayer(...Array.from({ length: 30 }, (_, i) => i * 100)).play();
    pass(5000);
    expect(at).toBe(30);
    expect(shown.length).toBeLessThanOrEqual(5);
  });

  it("does not leap ahead where the page was busy", () => {
    createTestPlayer(...Array.from({ length: 30 }, (_, i) => i * 1000)).play();
    pass(32);
    now += 60_000;
    pass(16);
    expect(at).toBeLessThan(2);
  });

  it("plays nothing where there is nothing", () => {
    const player = createTestPlayer();
    player.play();
    expect(player.isPlaying()).toBe(false);
  });
});
