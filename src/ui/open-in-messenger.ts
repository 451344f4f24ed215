/*
 * A page in the messenger, or in what looks like it from inside, learns from its host with whom it
 * was opened. The word may come late, or never. Meanwhile a person can draw, on a board of the page's
 * own: whose page this is is not known yet, so nothing of that board may reach anybody else, nor be
 * stored where another contact's page finds it.
 *
 *   connecting --host's word--> loading, ready: the board of those who take part
 *       |                          ^
 *       8 s                        | the ink moves over
 *       v                          |
 *   a board in memory --host's word, board loaded
 */
import type { Env } from "../env/env.ts";
import { createSession } from "../session.ts";
import type { Session } from "../session.ts";
import type { FreshInk } from "./carry-ink.ts";
import { putAgain, watchFreshInk } from "./carry-ink.ts";

/**
 * What is around the page.
 * - `messenger`: the host, or the wait for its first word.
 * - `silence`: perhaps a messenger, which has not answered.
 * - `browser`: none for sure. No chat to go back to, and tabs of this browser instead of contacts.
 */
export type HostKind = "messenger" | "silence" | "browser";

export interface MessengerDeps {
  /** The ports of the messenger. */
  readonly env: Env;
  /** Ports that keep everything in this page; `leave` is the way back to the chat. */
  readonly isolated: (leave: () => void) => Pick<Env, "host" | "storage">;
  /** Puts a session on the page, instead of the one before. */
  readonly show: (session: Session, around: HostKind) => void;
  /** Ends a stroke that is under way. */
  readonly release: () => void;
}

/** Milliseconds without the host's word after which a person may draw all the same. */
const HOST_PATIENCE = 8000;

/** Announces the page to the messenger and shows what it says; see above. */
export function openInMessenger({ env, isolated, show, release }: MessengerDeps): void {
  const session = createSession(env);
  show(session, "messenger");

  const waitInSilence = (): void => {
    const { host, storage } = isolated(() => session.leave());
    const silent = createSession({ ...env, host, storage });
    show(silent, "silence");
    let fresh: FreshInk | undefined;
    const stopSilent = silent.onChange(() => {
      const board = silent.board();
      if (board) fresh ??= watchFreshInk(board);
    });
    const stop = session.onChange(() => {
      const board = session.board();
      if (!board) return;
      stop();
      stopSilent();
      release();
      const ink = fresh?.copy() ?? [];
      fresh?.close();
      show(session, "messenger");
      silent.close();
      putAgain(ink, board);
    });
  };

  const cancelWait = env.clock.after(HOST_PATIENCE, waitInSilence);
  const stopWait = session.onChange(() => {
    if (session.phase() === "connecting") return;
    cancelWait();
    stopWait();
  });
}
