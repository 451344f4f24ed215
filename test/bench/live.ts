import type { InkSample } from "../../src/ink/stroke.ts";
import { drawByHand } from "../convergence/handwriting.ts";
import { drawOnLayer } from "./inkmesh.ts";
import { createRoom } from "../support/room.ts";
import type { Strokes } from "./scheme.ts";

/** What one person's page sent while drawing, hellos and signs of life included. */
export interface Live {
  readonly charsPerSample: number;
  readonly messagesPerSecond: number;
  /** The other person's board was the same in the end. */
  readonly isEqual: boolean;
}

const PAUSE_MS = 300;

/**
 * Two people, a network that delays; one draws, as fast as the samples were taken and with short
 * pauses, through the pen, the session and the bridge of the app. `layer`: on which, counted from 1.
 */
export async function measureLive(strokes: Strokes, layer = 1): Promise<Live> {
  const room = createRoom({ seed: 1, names: ["ann", "bo"], network: { latency: 120 } });
  for (const name of room.names) room.open(name);
  await room.ready();
  drawOnLayer(room.at("ann").session.board()!, layer);
  await room.clock.advance(5000);
  let chars = 0;
  let messages = 0;
  room.world.onEvent((event) => {
    if (event.type !== "sent" || event.kind !== "data" || event.from !== "ann") return;
    chars += event.text.length;
    messages++;
  });
  const start = room.clock.now();
  for (const stroke of strokes) {
    const ms = drawByHand(room, "ann", fromZero(stroke));
    await room.clock.advance(ms + PAUSE_MS);
  }
  const seconds = (room.clock.now() - start) / 1000;
  const samples = strokes.reduce((sum, { length }) => sum + length, 0);
  const sent = { charsPerSample: chars / samples, messagesPerSecond: messages / seconds };
  return { ...sent, isEqual: (await room.untilEqual()) !== undefined };
}

/** Recorded clocks start anywhere, and some run backwards for a moment. */
function fromZero(stroke: readonly InkSample[]): InkSample[] {
  let time = 0;
  return stroke.map((sample) => {
    time = Math.max(time, sample.time - stroke[0]!.time);
    return { ...sample, time };
  });
}
