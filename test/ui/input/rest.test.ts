import { beforeEach, describe, expect, it, vi } from "vitest";
import { createRest, type Rest } from "../../../src/ui/input/rest.ts";
import { createFrameClock, type FrameClock } from "../widgets/frame-clock.ts";
import { sample } from "./gesture-inputs.ts";

let clock: FrameClock;
let rest: Rest;
let rests: number;

beforeEach(() => {
  rests = 0;
  clock = createFrameClock();
  rest = createRest({ clock, onRest: () => rests++ });
});

/** The page hears of it when it happens. */
const at = (x: number, y: number): void => rest.at(sample(x, y, clock.now()));

function pass(ms: number): void {
  clock.pass(ms);
  clock.paint();
}

describe("a pointer that is held", () => {
  it("rests after half a second within 4 px, once", () => {
    at(0, 0);
    pass(499);
    at(4, 0);
    expect(rests).toBe(0);
    pass(1);
    expect(rests).toBe(1);
    at(0, 3);
    pass(1000);
    expect(rests).toBe(1);
  });

  it("rests again after it has moved on", () => {
    at(0, 0);
    pass(500);
    at(5, 0);
    pass(499);
    expect(rests).toBe(1);
    pass(1);
    expect(rests).toBe(2);
  });

  it("that moves on and on takes one timer in half a second, not one at each move", () => {
    const after = vi.spyOn(clock, "after");
    for (let i = 0; i < 120; i++) {
      at(10 * i, 0);
      pass(16);
    }
    expect(rests).toBe(0);
    expect(after.mock.calls.length).toBeLessThan(6);
    pass(500);
    expect(rests).toBe(1);
  });

  it("does not while it moves slowly, nor after it is lifted", () => {
    for (let x = 0; x < 60; x += 3) {
      at(x, 0);
      pass(240);
    }
    expect(rests).toBe(0);
    rest.stop();
    pass(1000);
    expect(rests).toBe(0);
    at(60, 0);
    pass(500);
    expect(rests).toBe(1);
  });
});

describe("on a busy page, a pointer", () => {
  it("that moved meanwhile did not rest, though the page hears of it after the timer", () => {
    at(0, 0);
    clock.stall(700);
    rest.at(sample(30, 0, 100));
    rest.at(sample(30, 30, 200));
    pass(400);
    expect(rests).toBe(0);
    pass(100);
    expect(rests).toBe(1);
  });

  it("did not rest either where what waited comes with the next frame, or in two parts", () => {
    at(0, 0);
    clock.pass(500);
    rest.at(sample(30, 0, 490));
    clock.paint();
    expect(rests).toBe(0);
    clock.stall(600);
    clock.paint();
    clock.pass(90);
    rest.at(sample(60, 0, 900));
    clock.pass(20);
    clock.paint();
    expect(rests).toBe(0);
  });

  it("that was still all the time rests, when nothing else has come", () => {
    at(0, 0);
    clock.stall(700);
    clock.paint();
    expect(rests).toBe(0);
    clock.pass(100);
    clock.paint();
    expect(rests).toBe(1);
  });

  it("that was lifted after it had rested did rest; sooner, or nobody knows when, it did not", () => {
    at(0, 0);
    clock.stall(700);
    rest.lift(500);
    expect(rests).toBe(1);
    pass(1000);
    expect(rests).toBe(1);
    for (const time of [clock.now() + 499, Infinity]) {
      at(0, 0);
      rest.lift(time);
      pass(1000);
    }
    expect(rests).toBe(1);
  });

  it("is not counted twice where it is lifted long after its rest was noticed", () => {
    at(0, 0);
    pass(500);
    rest.lift(2000);
    expect(rests).toBe(1);
  });
});
