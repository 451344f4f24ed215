/*
 * Plays a board's past as it was done: each step after the time that it took then, but for pauses, which are short.
 * Where motion is unwelcome it shows a picture a second, each as far on as it would be.
 */
import type { PastStep } from "../../board/document/past.ts";
import type { Cancel } from "../../env/clock.ts";

export interface Player {
  isPlaying(): boolean;
  /** From where the past is shown; from its beginning where that is the end. */
  play(): void;
  pause(): void;
  /** How many times as fast as it was done. */
  speed(): number;
  nextSpeed(): void;
}

export interface PlayerDeps {
  readonly steps: readonly Pick<PastStep, "moment">[];
  readonly at: () => number;
  readonly show: (at: number) => void;
  readonly reducedMotion: () => boolean;
  /** Calls back before the next paint with the time in milliseconds; returns how to take it back. */
  readonly requestFrame: (task: (now: number) => void) => Cancel;
  /** It plays, or does no more, or at another speed. */
  readonly onChange: () => void;
}

const SPEEDS: readonly number[] = [1, 4, 16, 60];
/** Between two steps, in milliseconds of then. */
const LONGEST_MS = 1200;
const SHORTEST_MS = 40;
/** Where nobody knows how long it took, or a calendar was wrong. */
const USUAL_MS = 400;
/** A page that was busy must not leap ahead. */
const LONGEST_FRAME_MS = 100;
const CALM_MS = 1000;

export function createPlayer(deps: PlayerDeps): Player {
  const { steps, show, requestFrame, onChange } = deps;
  let speed = 1;
  let cancel: Cancel | undefined;
  /** How far it has played, and how long until the next step, in milliseconds of then. */
  let at = 0;
  let left = 0;
  let frameAt: number | undefined;
  let shownAt = -Infinity;

  function pauseBefore(step: number): number {
    const [before, next] = [steps[step - 1]?.moment, steps[step]?.moment];
    if (before === undefined || next === undefined || next < before) return USUAL_MS;
    return Math.min(Math.max(next - before, SHORTEST_MS), LONGEST_MS);
  }

  function frame(now: number): void {
    let passed = Math.min(now - (frameAt ?? now), LONGEST_FRAME_MS) * speed;
    frameAt = now;
    for (; at < steps.length && left <= passed; at++) {
      passed -= left;
      left = pauseBefore(at + 1);
    }
    left -= passed;
    const isOver = at === steps.length;
    if (at !== deps.at() && (isOver || !deps.reducedMotion() || now - shownAt >= CALM_MS)) {
      shownAt = now;
      show(at);
    }
    if (isOver) pause();
    else cancel = requestFrame(frame);
  }

  function pause(): void {
    if (!cancel) return;
    cancel();
    cancel = undefined;
    onChange();
  }

  return {
    isPlaying: () => cancel !== undefined,
    pause,
    play() {
      if (cancel || steps.length === 0) return;
      if (deps.at() === steps.length) show(0);
      at = deps.at();
      left = at === 0 ? USUAL_MS : pauseBefore(at);
      frameAt = undefined;
      shownAt = -Infinity;
      cancel = requestFrame(frame);
      onChange();
    },
    speed: () => speed,
    nextSpeed() {
      speed = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length]!;
      onChange();
    },
  };
}
