import { describe, expect, test } from "vitest";
import { createPair, show, seen, sentBy, drag, point } from "./preview-pair.ts";

describe("[S14] messages", () => {
  test("a drag of 10 s with a moving pointer: seven a second at most, and then as many as at rest", async () => {
    const room = await createPair(11);
    await room.clock.advance(120_000);
    const before = sentBy(room, "bo");
    await drag(room, 10_000, true);
    show(room, undefined);
    expect(sentBy(room, "bo") - before).toBeLessThanOrEqual(70);
    await room.clock.advance(1000);
    const ended = sentBy(room, "bo");
    await room.clock.advance(60_000);
    expect(sentBy(room, "bo") - ended).toBeLessThanOrEqual(3);
  });

  test("a laser for 10 s: seven a second at most, and then as many as at rest", async () => {
    const room = await createPair(12);
    await room.clock.advance(120_000);
    const before = sentBy(room, "bo");
    let longest = 0;
    for (let at = 0; at < 10_000; at += 16) {
      const points = Array.from({ length: 75 }, (_, i) => ({ x: (at - i * 16) / 10, y: i % 7, age: i * 16 }));
      show(room, { kind: "laser", color: 0xff0000, points: points.reverse() });
      point(room, at);
      await room.clock.advance(16);
      const light = seen(room);
      if (light?.kind === "laser") longest = Math.max(longest, light.points.length);
    }
    show(room, undefined);
    expect(longest).toBeGreaterThan(50);
    expect(sentBy(room, "bo") - before).toBeLessThanOrEqual(70);
    await room.clock.advance(2000);
    expect(seen(room)).toBeUndefined();
    const ended = sentBy(room, "bo");
    await room.clock.advance(60_000);
    expect(sentBy(room, "bo") - ended).toBeLessThanOrEqual(3);
  });

  test("ink together with a laser stays under nine a second", async () => {
    const room = await createPair(13);
    const before = sentBy(room, "bo");
    room.draw("bo", 300);
    for (let at = 0; at < 9000; at += 16) {
      show(room, { kind: "laser", color: 1, points: [{ x: at, y: 0, age: 0 }] });
      point(room, at);
      await room.clock.advance(16);
    }
    expect(sentBy(room, "bo") - before).toBeLessThanOrEqual(9 * 9);
  });
});
