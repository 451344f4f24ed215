/*
 * The hellos that this page has to say. Several contacts may want one at once, and everybody hears each:
 * so they are gathered, and said at most once a second. Rules: PROTOCOL.md, S8.
 */
import { LIMITS } from "../../board/document/limits.ts";
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
  /** Somebody speaks whose hello was lost: asks for it, and again, ever slower, until `isHeard`. */
  seek(hello: HelloDue, isHeard: () => boolean): void;
  /** Nobody looks at this page: it is not announced again. */
  pause(): void;
  /** When some are due; undefined: none is. */
  dueAt(): number | undefined;
  /** Those that are due. They count as said. */
  take(): HelloDue[];
}

const AGAIN_MS = 60_000 / LIMITS.hellos.writes;
/** After an announcement that nobody answered; somebody who is not there would never answer. */
const ANNOUNCE_AGAIN_MS = [2500, 4000, 8000, 16_000];
/** Somebody is there, and may be out of reach for a moment. */
const SEEK_AGAIN_MS = [1500, 1500, 2000, 2500, 4000, 4000, 8000, 8000, 16_000];
/** Of one message; who is left out is asked the next time it speaks. */
const MOST = 4;

/** `wake`: some are due. */
export function createHellos(clock: Clock, wake: () => void): Hellos {
  const due = new Map<number | undefined, HelloDue>();
  let last = -Infinity;
  let announcing: Cancel | undefined;
  /** By the session that is asked. */
  const seeking = new Map<number | undefined, Cancel>();

  function announce(hello: HelloDue, isHeard: () => boolean, tries: number): void {
    say(hello);
    const pause = ANNOUNCE_AGAIN_MS[tries];
    announcing?.();
    announcing = undefined;
    if (pause === undefined) return;
    announcing = clock.after(pause, () => {
      if (!isHeard()) announce(hello, isHeard, tries + 1);
    });
  }

  function seek(hello: HelloDue, isHeard: () => boolean, tries: number): void {
    say(hello);
    const pause = SEEK_AGAIN_MS[tries];
    if (pause === undefined) {
      seeking.delete(hello.to);
      return;
    }
    const next = (): void => {
      if (isHeard()) seeking.delete(hello.to);
      else seek(hello, isHeard, tries + 1);
    };
    seeking.set(hello.to, clock.after(pause, next));
  }

  function pauseAll(): void {
    announcing?.();
    for (const cancel of seeking.values()) cancel();
    seeking.clear();
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
    seek(hello, isHeard) {
      if (seeking.has(hello.to)) say(hello);
      else if (seeking.size < MOST) seek(hello, isHeard, 0);
    },
    pause: pauseAll,
    dueAt: () => (due.size > 0 ? last + AGAIN_MS : undefined),
    take() {
      const hellos = [...due.values()].slice(0, MOST);
      due.clear();
      last = clock.now();
      return hellos;
    },
  };
}
