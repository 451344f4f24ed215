import * as Y from "yjs";
import type { Board, BoardChange, ItemId, StrokeWriter } from "../../src/board/document/board.ts";
import { createDocument, REMOTE_ORIGIN } from "../../src/board/document/document.ts";
import type { SizeLimits } from "../../src/board/document/size.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import type { OwnWork } from "../../src/board/writing/own-work.ts";
import type { BoardHandle } from "../../src/board/yjs-board.ts";
import { leftPage } from "../../src/session/left-page.ts";
import type { InkPoint, StrokeHeader } from "../../src/ink/stroke.ts";
import { inkOn } from "../support/ink.ts";
import { createHandTime } from "../support/hand-time.ts";
import type { HandTime } from "../support/hand-time.ts";

export const HEADER: StrokeHeader = {
  tool: "pen",
  input: "mouse",
  color: 0x123456,
  width: 4,
  pressure: false,
  scale: 0,
};

/** A board in memory that tells others of itself only when it is synced. */
export interface Peer extends BoardHandle {
  readonly doc: Y.Doc;
  readonly present: Set<number>;
  readonly changes: BoardChange[];
  readonly time: HandTime;
}

/** `limits`: of the board's size; `load` puts into its document what was stored. */
export function createPeer(client: number, limits?: SizeLimits, load?: (doc: Y.Doc) => void): Peer {
  const doc = createDocument();
  load?.(doc);
  doc.clientID = client;
  return peerOn(doc, { present: new Set(), time: createHandTime(), limits });
}

/** The same session on the page, which has left the memory and is read again. */
export function readAgain(peer: Peer): Peer {
  const { doc: before, work } = peer;
  const doc = createDocument();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(before));
  doc.clientID = before.clientID;
  const left = leftPage(before, work);
  peer.close();
  before.destroy();
  return peerOn(doc, { ...peer, work: left?.work });
}

/** The same where the storage has lost all of it. */
export function readWithoutStorage(peer: Peer): Peer {
  const { doc: before, work } = peer;
  const left = leftPage(before, work);
  peer.close();
  before.destroy();
  const doc = createDocument();
  left?.bringBack(doc);
  doc.clientID = before.clientID;
  return peerOn(doc, { ...peer, work: left?.work });
}

function peerOn(
  doc: Y.Doc,
  {
    present,
    time,
    work,
    limits,
  }: Pick<Peer, "present" | "time"> & {
    readonly work?: OwnWork | undefined;
    readonly limits?: SizeLimits | undefined;
  },
): Peer {
  const onError = (error: unknown): void => {
    throw error;
  };
  const handle = createBoard({
    doc,
    time,
    work,
    isPresent: (id) => present.has(id),
    onError,
    ...(limits ? { limits } : {}),
  });
  const changes: BoardChange[] = [];
  handle.board.onChange((change) => changes.push(change));
  return { ...handle, doc, present, changes, time };
}

export function createPair(): [Peer, Peer] {
  return [createPeer(1), createPeer(2)];
}

/** Everybody gets all that the others have. */
export function sync(...peers: Peer[]): void {
  for (const from of peers) {
    for (const to of peers) {
      if (from !== to)
        Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), REMOTE_ORIGIN);
    }
  }
}

/** Points on a line, at each x. */
export function points(...xs: number[]): InkPoint[] {
  return xs.map((x) => ({ x, y: x / 2, pressure: 0.5 }));
}

export function draw(board: Board, ...xs: number[]): StrokeWriter {
  const writer = board.startStroke(HEADER);
  writer.add(points(...xs));
  writer.end();
  return writer;
}

/** The x of all visible points, item by item. */
export function seen({ board }: Peer): number[][] {
  return inkOn(board).map((item) => item.points.map(({ x }) => x));
}

/** Draws a stroke and tells its id. */
export function drawn(peer: Peer, ...xs: number[]): ItemId {
  return draw(peer.board, ...xs).itemId()!;
}

/** Item by item, from where to where each part reaches that erasers left of it. */
export function stretches({ board }: Peer): number[][][] {
  return inkOn(board).map((item) =>
    (item.parts ?? [item.points]).map((part) => [part[0]!.x, part.at(-1)!.x]),
  );
}

/** The words that are visible, item by item. */
export function words({ board }: Peer): string[] {
  return board.items().flatMap((item) => (item.kind === "text" ? [item.text] : []));
}
