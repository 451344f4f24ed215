/*
 * A page's document read as a board, what it needs to be kept equal to the contacts' copies, and what there is to
 * tell of it.
 */
import type * as Y from "yjs";
import type { Arrival } from "../board/document/arrival.ts";
import { LOCAL_ORIGIN } from "../board/document/document.ts";
import type { SizeLimits } from "../board/document/size.ts";
import type { Guard } from "../board/guard/guard.ts";
import type { RoomNews } from "../board/writing/room.ts";
import { createBoard } from "../board/yjs-board.ts";
import type { OwnWork } from "../board/writing/own-work.ts";
import type { BoardHandle } from "../board/yjs-board.ts";
import type { Env } from "../env/env.ts";
import type { ReplicatedDocument } from "../sync/link/document-parts.ts";
import type { Urgency } from "./urgency.ts";

export interface RunningPage {
  readonly handle: BoardHandle;
  /** For the replica. */
  readonly document: ReplicatedDocument;
  /** Tells what of it is full, or nearly: somebody sees it now. */
  tellRoom(): void;
  /**
   * What becomes different is told from now on. Who listens first hears first: to be called again when the replica
   * has the document, which must have heard of a change when that is told.
   */
  tellChanges(): void;
  /** Takes no more part in the document, which may be broken. */
  close(): void;
}

export interface RunningPageDeps {
  readonly env: Env;
  /** With this session's clientID assigned. */
  readonly doc: Y.Doc;
  readonly guard: Guard;
  readonly arrival: Arrival;
  /** What this session has done there: where the page was in memory before. */
  readonly work: OwnWork | undefined;
  readonly limits: SizeLimits;
  /** Whether the session that draws under this clientID is open somewhere now. */
  isPresent(client: number): boolean;
  /** Ink waits for a flush: `now` where a stroke ended. */
  inkWaits(urgency: Urgency): void;
  changed(by: "own" | "others"): void;
  /** `isDeed`: something was refused for it, which is told each time. */
  room(news: RoomNews, isDeed: boolean): void;
  /** Clears of these sessions hide something. */
  cleared(clients: readonly number[]): void;
  onError(error: unknown): void;
}

export function createRunningPage(deps: RunningPageDeps): RunningPage {
  const { env, doc, work, guard, limits, changed, onError } = deps;
  const { isPresent, arrival } = deps;
  const handle = createBoard({ doc, work, time: env, isPresent, onError, limits, size: guard.size, arrival });
  handle.board.history.onChange(() => guard.verify());
  handle.onPending(deps.inkWaits);
  handle.onForeignClear(deps.cleared);
  handle.room.onNews((news) => deps.room(news, news.stage === "full"));
  // Yjs tells of an update when everybody else has taken in the change: the digest includes it.
  const onUpdate = (_update: Uint8Array, origin: unknown): void =>
    changed(origin === LOCAL_ORIGIN ? "own" : "others");
  // An own change that writes nothing, and so is no update, shows what was held back as any other does.
  const onTransaction = ({ origin, changed: written }: Y.Transaction): void => {
    if (origin === LOCAL_ORIGIN && written.size === 0) changed("own");
  };
  function deafen(): void {
    doc.off("update", onUpdate);
    doc.off("afterTransaction", onTransaction);
  }

  return {
    handle,
    document: {
      doc,
      guard,
      flushInk() {
        handle.flush();
        guard.verify();
      },
      hold(on) {
        handle.hold(on);
        if (!on) changed("others");
      },
      strokesBeyond: handle.strokesBeyond,
    },
    tellRoom() {
      for (const news of handle.room.news()) deps.room(news, false);
    },
    tellChanges() {
      deafen();
      doc.on("update", onUpdate);
      doc.on("afterTransaction", onTransaction);
    },
    close() {
      deafen();
      handle.close();
    },
  };
}
