/*
 * Plays what the others drew in on the canvas: one stroke after the other, each about as long as a quick hand takes,
 * all of it within four seconds. What comes while it plays has its turn at the end; then everything goes the faster.
 *
 *   (new) --the first strokes--> playing --4 s after its first frame, or skipped--> over: all is shown at once
 */
import type { ItemId } from "../../board/document/board.ts";
import type { Cancel } from "../../env/clock.ts";
import type { InkPlayback } from "../../render/scene/playback.ts";

export interface PlayedStroke {
  readonly id: ItemId;
  readonly points: number;
}

export interface AwayPlayer {
  /** These are played, if it is not over. They are on the board, and were not painted yet, or are no more. */
  add(strokes: readonly PlayedStroke[]): void;
  isPlaying(): boolean;
  /** Shows everything at once. */
  skip(): void;
}

export interface AwayPlayerDeps {
  readonly canvas: InkPlayback;
  /** Calls back before the next paint; returns how to take it back. */
  readonly requestFrame: (task: () => void) => Cancel;
  /** Milliseconds. */
  readonly now: () => number;
  /** Called when it has begun to play, and does no more. */
  readonly onChange: () => void;
}

const LONGEST_MS = 4000;
/** By then the last stroke should be done: pictures do not come on time. */
const PLANNED_MS = LONGEST_MS - 150;
/** A stroke takes so long, and so much for each of its points, where there is time. */
const STROKE_MS = 60;
const POINT_MS = 10;
const LONGEST_STROKE_MS = 500;
/** What would take less is there at once: a picture takes as long. */
const SHORTEST_MS = 20;
/** Of very much, so many strokes are played: more could not be followed, and would cost too much. */
const MOST = 500;

export function createAwayPlayer({ canvas, requestFrame, now, onChange }: AwayPlayerDeps): AwayPlayer {
  let waiting: { readonly id: ItemId; readonly ms: number }[] = [];
  /** How long they take without hurry. */
  let left = 0;
  /** When it began. */
  let start: number | undefined;
  /** When the stroke that is played is done. */
  let doneAt = 0;
  let cancel: Cancel | undefined;
  let isOver = false;

  function frame(): void {
    cancel = undefined;
    const time = now();
    if (start === undefined) {
      start = time;
      doneAt = time;
    }
    if (time >= start + LONGEST_MS) return skip();
    while (doneAt <= time && waiting.length > 0) playNext(start + PLANNED_MS);
    if (waiting.length > 0 || doneAt > time) cancel = requestFrame(frame);
    // Something may come yet.
    else onChange();
  }

  function playNext(until: number): void {
    const { id, ms } = waiting.shift()!;
    const hurry = Math.max(1, left / Math.max(1, until - doneAt));
    const takes = ms / hurry;
    left -= ms;
    doneAt += takes;
    canvas.play(id, takes < SHORTEST_MS ? 0 : takes);
  }

  function skip(): void {
    const wasPlaying = cancel !== undefined || waiting.length > 0;
    cancel?.();
    cancel = undefined;
    isOver = true;
    waiting = [];
    canvas.letGo();
    if (wasPlaying) onChange();
  }

  return {
    add(strokes) {
      if (isOver || (start !== undefined && now() >= start + PLANNED_MS)) return;
      const able = new Set(
        canvas.keepBack(strokes.slice(0, Math.max(0, MOST - waiting.length)).map(({ id }) => id)),
      );
      for (const { id, points } of strokes) {
        if (!able.has(id)) continue;
        const ms = Math.min(STROKE_MS + points * POINT_MS, LONGEST_STROKE_MS);
        waiting.push({ id, ms });
        left += ms;
      }
      if (waiting.length === 0 || cancel) return;
      // A pause in which nothing came is not made up for.
      doneAt = Math.max(doneAt, now());
      cancel = requestFrame(frame);
      onChange();
    },
    isPlaying: () => cancel !== undefined,
    skip,
  };
}
