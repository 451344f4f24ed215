/*
 * A board that is loaded: its document read as a board, kept equal to the contacts' copies, and what there
 * is to tell of both.
 */
import * as Y from "yjs";
import type { Arrival } from "../board/document/arrival.ts";
import type { Board } from "../board/document/board.ts";
import { DOCUMENT_FORMAT, LOCAL_ORIGIN, rootsOf } from "../board/document/document.ts";
import type { SizeLimits } from "../board/document/size.ts";
import { digestText } from "../board/document/state.ts";
import type { Guard } from "../board/guard/guard.ts";
import type { Preview } from "../board/previews/preview.ts";
import { boardTagOf } from "../board/storage/board-id.ts";
import type { RoomNews } from "../board/writing/room.ts";
import { createBoard } from "../board/yjs-board.ts";
import type { BoardHandle } from "../board/yjs-board.ts";
import type { Env } from "../env/env.ts";
import type { Address, Participants } from "../env/host.ts";
import type { Link } from "../sync/link/link.ts";
import { createReplica } from "../sync/replica.ts";
import type { Replica } from "../sync/replica.ts";
import type { Contact } from "./contact.ts";
import type { Notice } from "./notice.ts";

/** When a change is told: `now` where it goes together with what can be seen already. */
export type Urgency = "soon" | "now";

export interface RunningBoard {
  readonly board: Board;
  contacts(): readonly Contact[];
  /** The contact who draws, or drew, under this session, where that is known. */
  whoIs(client: number): Address | undefined;
  /** Tells where a newer version drew on it; to be asked when it is loaded. */
  tellFormat(): void;
  digest(): string;
  exportUpdate(): Uint8Array;
  /** The contacts' side of it. Nothing is said to them before `announce` or `pause`. */
  readonly replica: Pick<
    Replica,
    "announce" | "receive" | "ended" | "setPresence" | "setPreview" | "pause" | "close"
  >;
  /** Takes no more part in the document, which may be broken. */
  close(): void;
}

export interface RunningBoardDeps {
  readonly env: Env;
  /** Loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
  readonly guard: Guard;
  readonly participants: Participants;
  readonly limits: SizeLimits;
  readonly arrival: Arrival;
  /** Brings what another document had and this one may lack; before anybody is told of this board. */
  restore(handle: BoardHandle): void;
  /** A stroke has ended: it should be stored soon. */
  strokeEnded(): void;
  changed(urgency: Urgency): void;
  notice(notice: Notice): void;
  onError(error: unknown): void;
}

export function createRunningBoard(deps: RunningBoardDeps): RunningBoard {
  const { env, doc, guard, participants, limits, changed, notice, onError } = deps;
  const { own, remotes } = participants;
  const handle = createBoard({
    doc,
    time: env,
    isPresent: (client) =>
      replica.links().some((link) => link.state() === "here" && link.session() === client),
    onError,
    limits,
    size: guard.size,
    arrival: deps.arrival,
  });
  const tellRoom = ({ of, stage }: RoomNews): void => notice({ kind: `room-${stage}`, of });
  for (const news of handle.room.news()) tellRoom(news);
  handle.room.onNews(tellRoom);
  deps.restore(handle);
  const replica = createReplica({
    env,
    doc,
    guard,
    tag: own === undefined ? undefined : boardTagOf({ own, remotes }),
    remotes,
    flushInk() {
      handle.flush();
      guard.verify();
    },
    hold(on) {
      handle.hold(on);
      if (!on) boardChanged();
    },
    strokesBeyond: handle.strokesBeyond,
  });
  const previews = createToldPreviews(replica);

  /** What came of a gesture is on the board: that its preview is gone must be known at the same time. */
  function boardChanged(): void {
    changed(previews.haveEnded() ? "now" : "soon");
  }

  function whoIs(client: number): Address | undefined {
    return replica.links().find((link) => link.knows(client))?.address;
  }

  handle.board.history.onChange(() => guard.verify());
  handle.onPending((urgency) => {
    replica.wake(urgency);
    if (urgency === "now") deps.strokeEnded();
  });
  // Yjs tells of an update when everybody else has taken in the change: the digest includes it.
  doc.on("update", (_update: Uint8Array, origin: unknown) =>
    origin === LOCAL_ORIGIN ? changed("now") : boardChanged(),
  );
  // An own change that writes nothing, and so is no update, shows what was held back as any other does.
  doc.on("afterTransaction", ({ origin, changed: written }: Y.Transaction) => {
    if (origin === LOCAL_ORIGIN && written.size === 0) changed("now");
  });
  handle.onForeignClear((clients) => {
    for (const address of new Set(clients.map(whoIs))) notice({ kind: "cleared", address });
  });
  replica.onChange(() => changed("soon"));
  replica.onFull(({ sender, whose }) =>
    notice({ kind: whose === "own" ? "refused" : "contact-full", address: sender }),
  );
  replica.onMuted((address) => notice({ kind: "muted", address }));
  replica.onOtherVersion((address, whose) =>
    notice({ kind: whose === "own" ? "update-needed" : "contact-outdated", address }),
  );
  return {
    board: handle.board,
    replica,
    contacts: () =>
      replica.links().map((link) => {
        const preview = previews.tell(link);
        const isFull = replica.first().isRefused(link);
        return { ...contactOf(link, handle, preview), ...replica.first().missing(link), isFull };
      }),
    whoIs,
    tellFormat() {
      const isNewer = Number(rootsOf(doc).meta.get("format")) > DOCUMENT_FORMAT;
      if (isNewer) notice({ kind: "update-needed", address: undefined });
    },
    digest: () => digestText(replica.first().digest()),
    exportUpdate: () => Y.encodeStateAsUpdate(doc),
    close: handle.close,
  };
}

function contactOf(
  link: Link,
  handle: BoardHandle,
  preview: Preview | undefined,
): Omit<Contact, "hasEverything" | "missingStrokes" | "isFull"> {
  const state = link.state();
  const session = link.session();
  return {
    address: link.address,
    state,
    drawing: state === "here" && (handle.isDrawing(session ?? 0) || preview?.kind === "shape"),
    presence: link.presence(),
    preview,
    tip: session === undefined ? undefined : handle.tipOf(session),
  };
}

/** What was told of the contacts' gestures. */
interface ToldPreviews {
  /** The contact's preview, to be told. */
  tell(link: Link): Preview | undefined;
  /** One that was told has gone, or another one came for it. The light of a laser goes by itself. */
  haveEnded(): boolean;
}

function createToldPreviews(replica: Pick<Replica, "first">): ToldPreviews {
  const told = new Map<Link, Preview | undefined>();
  return {
    tell(link) {
      const preview = replica.first().preview(link);
      told.set(link, preview);
      return preview;
    },
    haveEnded: () =>
      [...told].some(
        ([link, preview]) => preview && preview.kind !== "laser" && replica.first().preview(link) !== preview,
      ),
  };
}
