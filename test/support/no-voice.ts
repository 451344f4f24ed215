import type { Voice } from "../../src/session.ts";

/** Where nobody can talk. */
export const NO_VOICE: Voice = {
  phase: () => undefined,
  by: () => undefined,
  isRunning: () => false,
  outside: () => undefined,
  press: () => undefined,
  decline: () => undefined,
  end: () => undefined,
  members: () => [],
  microphone: () => "closed",
  isMuted: () => false,
  setMuted: () => undefined,
  setVolume: () => undefined,
  level: () => 0,
  isTalking: () => false,
  isFull: () => false,
  isHeldUp: () => false,
  cost: () => 0,
  canConnect: () => false,
  setDirect: () => undefined,
  way: () => undefined,
  onChange: () => () => undefined,
};
