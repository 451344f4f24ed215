/*
 * A board that is loaded: its first page read as a board, kept equal to the contacts' copies, and what there
 * is to tell of it. Its further pages join in through the replica (board-pages.ts).
 */
import * as Y from "yjs";
import type { Arrival } from "../board/document/arrival.ts";
import { DOCUMENT_FORMAT, rootsOf } from "../board/document/document.ts";
import type { SizeLimits } from "../board/document/size.ts";
import type { Guard } from "../board/guard/guard.ts";
import type { Preview } from "../board/previews/preview.ts";
import { FIRST_PAGE } from "../board/pages/page-id.ts";
import type { PageId } from "../board/pages/page-id.ts";
import { boardTagOf } from "../board/storage/board-id.ts";
import type { OwnWork } from "../board/writing/own-work.ts";
import type { BoardHandle } from "../board/yjs-board.ts";
import type { Env } from "../env/env.ts";
import type { Address, Participants } from "../env/host.ts";
import type { Link } from "../sync/link/link.ts";
import { createReplica } from "../sync/replica.ts";
import type { AddedDocument, Replica } from "../sync/replica.ts";
import type { Presence } from "../sync/wire/presence-frame.ts";
import type { Roster } from "../sync/roster/roster.ts";
import type { BoardBlobs } from "./board-blobs.ts";
import type { Contact } from "./contact.ts";
import type { Notice } from "./notice.ts";
import { createRunningPage } from "./running-page.ts";
import type { RunningPage } from "./running-page.ts";
import type { Urgency } from "./urgency.ts";

/** What a person does; on which page, the session knows. */
export type PersonPresence = Omit<Presence, "document">;

/** A page as it is shown: its board, and what the contacts have of it. */
export interface ShownPage {
  readonly handle: BoardHandle;
  readonly part: Pick<AddedDocument, "missing" | "isRefused" | "preview">;
}

export interface RunningBoard {
  /** Of the first page. */
  readonly doc: Y.Doc;
  readonly first: ShownPage;
  contacts(): readonly Omit<Contact, "page">[];
  /** The contact who draws, or drew, under this session, where that is known. */
  readonly participants: Participants;
  whoIs(client: number): Address | undefined;
  /** Tells what of the first page is full, or nearly, if it is shown. */
  tellRoom(): void;
  /** Tells where a newer version drew on it; to be asked when it is loaded. */
  tellFormat(): void;
  exportUpdate(): Uint8Array;
  /** One more page of the board. */
  openPage(page: PageParts): RunningPage;
  /** The contacts' side of it. Nothing is said to them before `announce` or `pause`. */
  readonly replica: Replica;
  /** Takes no more part in the document, which may be broken. */
  close(): void;
}

/** What is different from one page to another. */
export interface PageParts {
  readonly id: PageId;
  readonly doc: Y.Doc;
  readonly guard: Guard;
  /** How what is stored of it comes. */
  readonly arrival: Arrival;
  /** What this session has done there: where the page was in memory before. */
  readonly work: OwnWork | undefined;
  readonly isShown: () => boolean;
  readonly inkWaits: (urgency: Urgency) => void;
}

/** What is known of the further pages, and which one is shown; undefined: the first page is. */
export interface FurtherPages {
  readonly roster: Roster;
  shown(): ShownPage | undefined;
  /** The pictures of all pages. */
  readonly blobs: BoardBlobs;
}

export interface RunningBoardDeps {
  readonly env: Env;
  /** Loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
  readonly guard: Guard;
  readonly participants: Participants;
  readonly limits: SizeLimits;
  readonly arrival: Arrival;
  readonly further: FurtherPages;
  /** Brings what another document had and this one may lack; before anybody is told of this board. */
  restore(handle: BoardHandle): void;
  /** A stroke has ended: it should be stored soon. */
  strokeEnded(): void;
  changed(urgency: Urgency): void;
  notice(notice: Notice): void;
  onError(error: unknown): void;
}

export function createRunningBoard(deps: RunningBoardDeps): RunningBoard {
  const { env, doc, guard, participants, further, changed, notice } = deps;
  const { own, remotes } = participants;

  /** What is full of which page, or nearly, is told once as long as the app is open. */
  const toldRoom = new Set<string>();

  function openPage({ id, isShown, inkWaits, ...document }: PageParts): RunningPage {
    const running = createRunningPage({
      ...document,
      env,
      limits: deps.limits,
      isPresent: (client) =>
        replica.links().some((link) => link.state() === "here" && link.session() === client),
      inkWaits,
      // That a preview is gone must be known together with what came of the gesture.
      changed: (by) => changed(by === "own" || (isShown() && previews.haveEnded()) ? "now" : "soon"),
      room({ stage, of }, isDeed) {
        const what = `${id} ${stage} ${of}`;
        if (!isShown() || (toldRoom.has(what) && !isDeed)) return;
        toldRoom.add(what);
        notice({ kind: `room-${stage}`, of });
      },
      cleared(clients) {
        if (!isShown()) return;
        for (const address of new Set(clients.map(whoIs))) notice({ kind: "cleared", address });
      },
      onError: deps.onError,
    });
    const stop = further.blobs.watch(id, running.handle);
    return {
      ...running,
      close() {
        stop();
        running.close();
      },
    };
  }

  const page = openPage({
    id: FIRST_PAGE,
    doc,
    guard,
    arrival: deps.arrival,
    work: undefined,
    isShown: () => further.shown() === undefined,
    inkWaits(urgency) {
      replica.wake(urgency);
      if (urgency === "now") deps.strokeEnded();
    },
  });
  deps.restore(page.handle);
  const replica = createReplica({
    ...page.document,
    env,
    tag: own === undefined ? undefined : boardTagOf({ own, remotes }),
    remotes,
    roster: further.roster,
    depot: further.blobs.store,
  });
  page.tellChanges();
  const first: ShownPage = { handle: page.handle, part: replica.first() };
  const shown = (): ShownPage => further.shown() ?? first;
  const previews = createToldPreviews(shown);

  function whoIs(client: number): Address | undefined {
    return replica.links().find((link) => link.knows(client))?.address;
  }

  replica.onChange(() => changed("soon"));
  replica.onFull(({ sender, whose }) =>
    notice({ kind: whose === "own" ? "refused" : "contact-full", address: sender }),
  );
  replica.onMuted((address) => notice({ kind: "muted", address }));
  replica.onOtherVersion((address, whose) =>
    notice({ kind: whose === "own" ? "update-needed" : "contact-outdated", address }),
  );
  return {
    participants,
    doc,
    first,
    replica,
    openPage,
    contacts: () =>
      replica.links().map((link) => {
        const { handle, part } = shown();
        const preview = previews.tell(link);
        return {
          ...contactOf(link, handle, preview),
          ...part.missing(link),
          isFull: part.isRefused(link),
        };
      }),
    whoIs,
    tellRoom: page.tellRoom,
    tellFormat() {
      const isNewer = Number(rootsOf(doc).meta.get("format")) > DOCUMENT_FORMAT;
      if (isNewer) notice({ kind: "update-needed", address: undefined });
    },
    exportUpdate: () => Y.encodeStateAsUpdate(doc),
    close: page.close,
  };
}

function contactOf(
  link: Link,
  handle: BoardHandle,
  preview: Preview | undefined,
): Omit<Contact, "hasEverything" | "missingStrokes" | "isFull" | "page"> {
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

function createToldPreviews(shown: () => ShownPage): ToldPreviews {
  const told = new Map<Link, Preview | undefined>();
  const now = (link: Link): Preview | undefined => shown().part.preview(link);
  return {
    tell(link) {
      const preview = now(link);
      told.set(link, preview);
      return preview;
    },
    haveEnded: () =>
      [...told].some(([link, preview]) => preview && preview.kind !== "laser" && now(link) !== preview),
  };
}
