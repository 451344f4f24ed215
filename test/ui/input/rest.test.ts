import { beforeEach, describe, expect, it } from "vitest";
import { createRest, type Rest } from "../../../src/ui/input/rest.ts";

let rest: Rest;
let rests: number;
let now: number;
let waiting: { readonly due: number; readonly task: () => void } | undefined;

beforeEach(() => {
  rests = 0;
  now = 0;
  waiting = undefined;
  rest = createRest({
    after(ms, task) {
      const mine = { due: now + ms, task };
      waiting = mine;
      return () => {
        if (waiting === mine) waiting = undefined;
      };
    },
    onRest: () => rests++,
  });
});

function pass(ms: number): void {
  now += ms;
  if (!waiting || waiting.due > now) return;
  const { task } = waiting;
  waiting = undefined;
  task();
}

describe("a pointer that is held", () => {
  it("rests after half a second within 4 px, once", () => {
    rest.at({ x: 0, y: 0 });
    pass(499);
    rest.at({ x: 4, y: 0 });
    expect(rests).toBe(0);
    pass(1);
    expect(rests).toBe(1);
    rest.at({ x: 0, y: 3 });
    pass(1000);
    expect(rests).toBe(1);
  });

  it("rests again after it has moved on", () => {
    rest.at({ x: 0, y: 0 });
    pass(500);
    rest.at({ x: 5, y: 0 });
    pass(499);
    expect(rests).toBe(1);
    pass(1);
    expect(rests).toBe(2);
  });

  it("does not while it moves slowly, nor after it is lifted", () => {
    for (let x = 0; x < 60; x += 3) {
      rest.at({ x, y: 0 });
      pass(240);
    }
    expect(rests).toBe(0);
    rest.stop();
    pass(1000);
    expect(rests).toBe(0);
    rest.at({ x: 60, y: 0 });
    pass(500);
    expect(rests).toBe(1);
  });
});
