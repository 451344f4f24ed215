/*
 * The hellos that this page has to say. Several contacts may want one at once, and everybody hears each:
 * so they are gathered, and said at most once a second. Rules: PROTOCOL.md, S8.
 */
import type { Cancel, Clock } from "../../env/clock.ts";

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
  /** This page opened or returned: says `hello`, and again, ever slower, until `isHeard` or told so often. */
  announce(hello: HelloDue, isHeard: () => boolean): void;
  /** Nobody looks at this page: it is not announced again. */
  pause(): void;
  /** When some are due; undefined: none is. */
  dueAt(): number | undefined;
  /** Those that are due. They count as said. */
  take(): HelloDue[];
}

const AGAIN_MS = 1000;
/** After an announcement that nobody answered; somebody who is not there would never answer. */
const ANNOUNCE_AGAIN_MS = [2500, 4000, 8000, 16_000];
/** Of one message; who is left out is asked the next time it speaks. */
const MOST = 4;

/** `wake`: some are due. */
export function createHellos(clock: Clock, wake: () => void): Hellos {
  const due = new Map<number | undefined, HelloDue>();
  let last = -Infinity;
  let again: Cancel | undefined;

  function announce(hello: HelloDue, isHeard: () => boolean, tries: number): void {
    say(hello);
    const pause = ANNOUNCE_AGAIN_MS[tries];
    again?.();
    again = undefined;
    if (pause === undefined) return;
    again = clock.after(pause, () => {
      if (!isHeard()) announce(hello, isHeard, tries + 1);
    });
  }

  function say(hello: HelloDue): void {
    const before = due.get(hello.to);
    due.set(hello.to, {
      to: hello.to,
      reply: hello.reply || before?.reply === true,
      isWhole: hello.isWhole || before?.isWhole === true,
      isNaming: hello.isNaming || before?.isNaming === true,
    });
    wake();
  }

  return {
    say,
    announce: (hello, isHeard) => announce(hello, isHeard, 0),
    pause: () => again?.(),
    dueAt: () => (due.size > 0 ? last + AGAIN_MS : undefined),
    take() {
      const hellos = [...due.values()].slice(0, MOST);
      due.clear();
      last = clock.now();
      return hellos;
    },
  };
}
