import { createPrng } from "../../src/base/prng.ts";
import { HEADER } from "../support/room.ts";
import type { Room } from "../support/room.ts";

const POINT_MS = 16;

/** From when a point is drawn until it is on the other person's board, in milliseconds. */
export interface InkLatency {
  readonly mean: number;
  /** Of twenty points one comes later. */
  readonly late: number;
  /** When the last one was drawn, on the room's clock. */
  readonly drawnUntil: number;
}

/** `ann` draws twelve strokes, and `bo` sees them. */
export async function inkLatency({ clock, at }: Pick<Room, "clock" | "at">): Promise<InkLatency> {
  const prng = createPrng(3);
  const drawnAt: number[] = [];
  const delays: number[] = [];
  const { session } = at("bo");
  const count = (): number =>
    session
      .board()!
      .items()
      .reduce((sum, item) => sum + (item.kind === "stroke" ? item.points.length : 0), 0);
  const before = count();
  const stop = session.onChange(() => {
    const seen = Math.min(count() - before, drawnAt.length);
    while (delays.length < seen) delays.push(clock.now() - drawnAt[delays.length]!);
  });
  for (let stroke = 0; stroke < 12; stroke++) {
    const writer = at("ann").session.board()!.startStroke(HEADER);
    for (let i = 0; i < 40; i++) {
      writer.add([{ x: prng.below(900), y: prng.below(900), pressure: 0.5 }]);
      drawnAt.push(clock.now());
      await clock.advance(POINT_MS);
    }
    writer.end();
    await clock.advance(200);
  }
  const drawnUntil = clock.now();
  await clock.runUntil(() => delays.length === drawnAt.length, 20_000);
  stop();
  delays.sort((a, b) => a - b);
  return {
    mean: delays.reduce((sum, each) => sum + each, 0) / delays.length,
    late: delays[Math.floor(delays.length * 0.95)]!,
    drawnUntil,
  };
}
