import type * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import { assignClient, createDocument } from "../../src/board/document/document.ts";
import { createGuard } from "../../src/board/guard/guard.ts";
import type { Guard } from "../../src/board/guard/guard.ts";
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
import type { Replica } from "../../src/sync/replica.ts";
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

/** One person's replica on a simulated phone, without a session above it. */
export interface ReplicaPage {
  readonly page: Page;
  readonly replica: Replica;
  readonly first: OpenDocument;
  /** Opens one more document under a number; `closed` stops it. */
  add(number: number): OpenDocument & { closed(): void };
  /** What was refused so far. */
  refusals(): readonly string[];
}

export interface ReplicaRoom {
  readonly clock: SimulatedClock;
  readonly world: World;
  /** `client`: its session; undefined: drawn like any. */
  open(name: Address, client?: number): ReplicaPage;
}

function openDocument(client: number | undefined, random: () => number): OpenDocument {
  const doc = createDocument();
  const guard = createGuard({ doc, onWedged: () => undefined });
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
    open(own, client) {
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
      });
      page.host.open({
        opened: () => replica.announce(),
        data: (sender, text) => replica.receive(sender, text),
        ended: (sender) => replica.ended(sender),
      });
      return {
        page,
        replica,
        first,
        add(number) {
          const document = openDocument(first.doc.clientID, random);
          const { doc, guard, board } = document;
          const closed = replica.addDocument(number, {
            doc,
            guard,
            flushInk: board.flush,
            hold: board.hold,
            strokesBeyond: board.strokesBeyond,
          });
          return { ...document, closed };
        },
        refusals: () =>
          page.warnings
            .map(({ message }) => message)
            .filter((message) => message.startsWith("sync: refused")),
      };
    },
  };
}
