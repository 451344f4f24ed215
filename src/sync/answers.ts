import type { Cancel, Clock } from "../env/clock.ts";
import type { Frame } from "./frame.ts";

export interface AnswersDeps {
  readonly clock: Clock;
  backlog(): number;
  send(frames: readonly Frame[]): void;
  /** This side's sign of life, which ends an answer. */
  beat(): Frame;
}

/** What a contact is sent because it lacks it. Rules: PROTOCOL.md, S4 and S5. */
export interface Answers {
  /** Not where an answer is on its way, or was just given: it can be as large as the board. */
  give(chunks: () => Uint8Array[]): void;
  /** The contact has another page, which may lack more. */
  restart(): void;
  close(): void;
}

/** Who asks again sooner was answered already. */
const AGAIN_MS = 1500;
const PUMP_MS = 60;
/** With so many requests at the bridge, or more, nothing that can wait is sent. */
export const BUSY_BACKLOG = 3;

export function createAnswers({ clock, backlog, send, beat }: AnswersDeps): Answers {
  let current: { readonly chunks: Uint8Array[]; cancel: Cancel } | undefined;
  let lastAnswer = -Infinity;
  let lastRestart = -Infinity;

  /** One chunk at a time, and only when the bridge is free: live ink goes between them. */
  function pump(): void {
    if (!current) return;
    if (backlog() < BUSY_BACKLOG) {
      const update = current.chunks.shift();
      const last = current.chunks.length === 0;
      const own = beat();
      if (update) send(last ? [{ type: "diff", update, last }, own] : [{ type: "diff", update, last }]);
      else send([own]);
      if (last) {
        current = undefined;
        return;
      }
    }
    current.cancel = clock.after(PUMP_MS, pump);
  }

  function stop(): void {
    current?.cancel();
    current = undefined;
  }

  return {
    give(chunks) {
      if (current || clock.now() - lastAnswer < AGAIN_MS) return;
      lastAnswer = clock.now();
      current = { chunks: chunks(), cancel: () => {} };
      pump();
    },
    restart() {
      stop();
      // Who opens one page after the other is not sent the board each time.
      if (clock.now() - lastRestart >= AGAIN_MS) lastAnswer = -Infinity;
      lastRestart = clock.now();
    },
    close: stop,
  };
}
