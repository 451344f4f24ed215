import type { InkSample } from "../../src/ink/stroke.ts";
import { createPen } from "../../src/tools/pen.ts";
import { HEADER } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { generateStrokes } from "../support/strokes.ts";

const HZ = 60;

/** One stroke out of several drawn by a hand, each going on where the one before it stopped. */
export function longStroke(seed: number, parts: number): InkSample[] {
  const samples: InkSample[] = [];
  for (const part of generateStrokes(seed, parts, HZ)) {
    const last = samples.at(-1);
    const { x, y } = part[0]!;
    for (const sample of last ? part.slice(1) : part) {
      samples.push({
        x: sample.x + (last ? last.x - x : 0),
        y: sample.y + (last ? last.y - y : 0),
        pressure: sample.pressure,
        time: (samples.length * 1000) / HZ,
      });
    }
  }
  return samples;
}

/**
 * Draws with the pen of the app, as fast as the samples were taken, on the page that is open now.
 * Returns for how many milliseconds the pen is down.
 */
export function drawByHand(room: Room, who: string, samples: readonly InkSample[]): number {
  const { page, session } = room.at(who);
  const pen = createPen({ board: session.board()! });
  pen.down(HEADER, samples[0]!, { zoom: 1, provisional: false });
  const start = page.env.clock.now();
  const step = (index: number): void => {
    const sample = samples[index];
    if (!sample) return pen.up();
    page.env.clock.after(start + sample.time - page.env.clock.now(), () => {
      pen.move([sample]);
      step(index + 1);
    });
  };
  step(1);
  return samples.at(-1)!.time;
}
