import type { Room } from "./room.ts";

/** How many characters of data leave all pages meanwhile, and in how many messages. */
export async function saidIn(room: Room, ms: number): Promise<{ chars: number; messages: number }> {
  const sum = { chars: 0, messages: 0 };
  const stop = room.world.onEvent((event) => {
    if (event.type !== "sent" || event.kind !== "data") return;
    sum.chars += event.text.length;
    sum.messages++;
  });
  await room.clock.advance(ms);
  stop();
  return sum;
}
