import type * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import { assignClient, createDocument, STORAGE_ORIGIN } from "../../src/board/document/document.ts";
import { createGuard } from "../../src/board/guard/guard.ts";
import type { Guard } from "../../src/board/guard/guard.ts";
import { STORED_LIMITS } from "../../src/board/guard/scan.ts";
import { stateVectorOf } from "../../src/board/document/state.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import type { BoardHandle } from "../../src/board/yjs-board.ts";
import type { Address } from "../../src/env/host.ts";
import type { NetworkSettings } from "../../src/simulator/network.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { SimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createWorld } from "../../src/simulator/world.ts";
import type { World } from "../../src/simulator/world.ts";
import { createReplica } from "../../src/sync/replica.ts";
import type { AddedDocument, Replica } from "../../src/sync/replica.ts";
import type { Roster } from "../../src/sync/roster/roster.ts";
import { inkOn } from "./ink.ts";
import { createPage } from "./phones.ts";
import type { Page } from "./phones.ts";
import { HEADER } from "./room.ts";
import { createHandTime } from "./hand-time.ts";

/** A document with its board and its guard, as a session has them. */
export interface OpenDocument {
  readonly doc: Y.Doc;
  readonly guard: Guard;
  readonly board: BoardHandle;
  /** Draws a dot at this x, and puts it into the document. */
  dot(x: number): void;
  /** The x of each visible dot. */
  seen(): number[];
  state(): ReadonlyMap<number, number>;
}

export interface AddOptions {
  readonly hidden?: boolean;
  readonly state?: Uint8Array | undefined;
}

export type AddedPage = OpenDocument & { readonly added: AddedDocument; closed(): void };

/** One person's replica on a simulated phone, without a session above it. */
export interface ReplicaPage {
  readonly page: Page;
  readonly replica: Replica;
  readonly first: OpenDocument;
  /**
   * Opens one more document under a number, as `state` has it (Yjs, V1), and looks at it unless it is `hidden`;
   * `closed` stops it.
   */
  add(number: number, options?: AddOptions): AddedPage;
  /** What was refused so far. */
  refusals(): readonly string[];
}

export interface OpenOptions {
  /** Its session; undefined: drawn like any. */
  readonly client?: number;
  readonly roster?: Roster;
  /** What it hears in place of a text; undefined: nothing. */
  hears?(text: string): string | undefined;
}

export interface ReplicaRoom {
  readonly clock: SimulatedClock;
  readonly world: World;
  open(name: Address, options?: OpenOptions): ReplicaPage;
}

function openDocument(client: number | undefined, random: () => number, state?: Uint8Array): OpenDocument {
  const doc = createDocument();
  const guard = createGuard({ doc, onWedged: () => undefined });
  if (state) guard.apply(STORAGE_ORIGIN, (admit) => void admit(state, STORED_LIMITS));
  if (client === undefined) assignClient(doc, random);
  else doc.clientID = client;
  guard.setOwnClient(doc.clientID);
  const board = createBoard({ doc, time: createHandTime(), isPresent: () => true, onError: () => undefined });
  return {
    doc,
    guard,
    board,
    dot(x) {
      const writer = board.board.startStroke(HEADER);
      writer.add([{ x, y: 0, pressure: 0.5 }]);
      writer.end();
      board.flush();
    },
    seen: () => inkOn(board.board).flatMap(({ points }) => points.map(({ x }) => x)),
    state: () => stateVectorOf(doc),
  };
}

/** People who keep documents in step, over the messenger's next version. */
export function createReplicaRoom(
  names: readonly Address[],
  network: Partial<NetworkSettings> = {},
): ReplicaRoom {
  const clock = createSimulatedClock();
  const world = createWorld({ clock, prng: createPrng(7), network });
  return {
    clock,
    world,
    open(own, { client, roster, hears = (text: string): string | undefined => text } = {}) {
      const remotes = names.filter((name) => name !== own);
      const page = createPage(world, own, remotes, { host: "next" });
      const random = (): number => page.env.random.uint32();
      const first = openDocument(client, random);
      const replica = createReplica({
        env: page.env,
        doc: first.doc,
        guard: first.guard,
        tag: boardTagOf({ own, remotes }),
        remotes,
        flushInk: first.board.flush,
        hold: first.board.hold,
        strokesBeyond: first.board.strokesBeyond,
        ...(roster ? { roster } : {}),
      });
      page.host.open({
        opened: () => replica.announce(),
        data(sender, text) {
          const heard = hears(text);
          if (heard !== undefined) replica.receive(sender, heard);
        },
        ended: (sender) => replica.ended(sender),
      });
      return {
        page,
        replica,
        first,
        add(number, { hidden = false, state } = {}) {
          const document = openDocument(first.doc.clientID, random, state);
          const { doc, guard, board } = document;
          if (!hidden) replica.setShown(number);
          const added = replica.addDocument(number, {
            doc,
            guard,
            flushInk: board.flush,
            hold: board.hold,
            strokesBeyond: board.strokesBeyond,
          });
          return { ...document, added, closed: added.close };
        },
        refusals: () =>
          page.warnings
            .map(({ message }) => message)
            .filter((message) => message.startsWith("sync: refused")),
      };
    },
  };
}
