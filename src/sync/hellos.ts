/*
 * The hellos that this page has to say. Several contacts may want one at once, and everybody hears each:
 * so they are gathered, and said at most once a second. Rules: PROTOCOL.md, S8.
 */
import type { Clock } from "../env/clock.ts";

export interface HelloDue {
  /** The session that is asked; undefined: everybody. */
  readonly to: number | undefined;
  /** Asks for a hello. */
  readonly reply: boolean;
  /** With the whole state, for somebody who asked this page alone. */
  readonly isWhole: boolean;
  /** With the contacts' addresses, for somebody who does not know the own one. */
  readonly isNaming: boolean;
}

export interface Hellos {
  say(hello: HelloDue): void;
  /** When some are due; undefined: none is. */
  dueAt(): number | undefined;
  /** Those that are due. They count as said. */
  take(): HelloDue[];
}

const AGAIN_MS = 1000;
/** Of one message; who is left out is asked the next time it speaks. */
const MOST = 4;

/** `wake`: some are due. */
export function createHellos(clock: Clock, wake: () => void): Hellos {
  const due = new Map<number | undefined, HelloDue>();
  let last = -Infinity;
  return {
    say(hello) {
      const before = due.get(hello.to);
      due.set(hello.to, {
        to: hello.to,
        reply: hello.reply || before?.reply === true,
        isWhole: hello.isWhole || before?.isWhole === true,
        isNaming: hello.isNaming || before?.isNaming === true,
      });
      wake();
    },
    dueAt: () => (due.size > 0 ? last + AGAIN_MS : undefined),
    take() {
      const hellos = [...due.values()].slice(0, MOST);
      due.clear();
      last = clock.now();
      return hellos;
    },
  };
}
