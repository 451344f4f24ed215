/*
 * A call in all its states, for whoever looks whether it fits: the bar, the question while it rings, and what is told.
 */
import type { MadeUpCall } from "./crowd-page.ts";
import { group } from "./crowd.ts";
import type { CrowdApp } from "./crowd.ts";

type Call = Partial<MadeUpCall>;

const PAIR: Call = { phase: "talking", members: [0], talking: [0] };
const FOUR: Call = { phase: "talking", members: [0, 1, 2], talking: [0, 2] };

/** By the name of the state: of two people, or of four. */
export const CALL_SCENES: readonly (readonly [name: string, people: 2 | 4, call: Call])[] = [
  ["idle", 2, { phase: "idle" }],
  ["ringing", 2, { phase: "ringing" }],
  ["rung", 2, { phase: "rung" }],
  ["talking", 2, PAIR],
  ["direct", 2, { ...PAIR, way: "direct" }],
  ["through-messenger", 2, { ...PAIR, way: "messenger" }],
  ["muted", 2, { ...PAIR, isMuted: true }],
  ["no-microphone", 2, { ...PAIR, microphone: "missing" }],
  ["refused", 2, { ...PAIR, microphone: "refused" }],
  ["taken", 2, { ...PAIR, microphone: "taken" }],
  ["outside", 2, { phase: "idle", outside: "Wilhelmine-Charlotte, 12:34" }],
  ["four-running", 4, { phase: "idle", isRunning: true }],
  ["four-talking", 4, FOUR],
  ["four-full", 4, { ...FOUR, isFull: true }],
  ["four-refused", 4, { ...FOUR, microphone: "refused", isMuted: true }],
  ["four-held-up", 4, { ...FOUR, isHeldUp: true }],
];

/** Shows it, with as many people on the board as are in the call. */
export async function showCall({ crowd, show }: CrowdApp, people: 2 | 4, call: Call): Promise<void> {
  const set = (state: Call): Promise<void> => crowd.evaluate((on, next) => on.setCall(next), state);
  await set({});
  await show(group(people - 1, people - 1, 60));
  await set(call);
}

/** So many people talk in a group. */
export async function showGroupCall({ crowd, show }: CrowdApp, people: number): Promise<void> {
  await show(group(people - 1, people - 1, 60));
  const members = Array.from({ length: people - 1 }, (_, i) => i);
  await crowd.evaluate((on, all) => on.setCall({ phase: "talking", members: all, talking: [1] }), members);
}
