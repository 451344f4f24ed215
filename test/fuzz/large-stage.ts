/*
 * A page with a board of 10,000 items, to see what legal messages cost it, and what is small and honest after
 * them.
 */
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import { rootsOf } from "../../src/board/document/document.ts";
import type { WriteId } from "../../src/board/document/write-id.ts";
import { createDevice, draw } from "../board/guard/lab.ts";
import { createStage } from "./guard-stage.ts";
import type { LargeMessage } from "./large-kind.ts";
import type { Material, Stage } from "./guard-stage.ts";

/** The sessions that drew the board, one after the other. */
export const DRAWERS: readonly number[] = [101, 102, 103, 104, 105];
const ITEMS = 10_000;
/** Of sessions that nobody has: so many in a row for each who asks. */
const ROW = 1_000_000;

export interface LargeStage extends Pick<Board, "ends" | "items"> {
  readonly stage: Stage;
  /** The first number of a row of sessions that nobody has. */
  freshSessions(): number;
  /** The contact says this; what the longest task took, in milliseconds of the processor unless measured otherwise. */
  tell(message: LargeMessage): number;
}

interface Board {
  readonly material: Material;
  /** How much of each drawer's session there is. */
  readonly ends: ReadonlyMap<number, number>;
  /** In their order. */
  readonly items: readonly WriteId[];
}

let board: Board | undefined;

export function createLargeStage(startMeasure?: () => () => number): LargeStage {
  board ??= createBoard();
  // A chat of two.
  const stage = createStage(board.material, 0, startMeasure);
  let sessions = ROW;
  return {
    stage,
    ends: board.ends,
    items: board.items,
    freshSessions: () => (sessions += ROW),
    tell: (message) => stage.deliver(typeof message === "string" ? message : stage.message(message)),
  };
}

function createBoard(): Board {
  const prng = createPrng(1);
  const whole = new Y.Doc();
  for (const client of DRAWERS) {
    const device = createDevice(client);
    Y.applyUpdate(device.doc, Y.encodeStateAsUpdate(whole));
    for (let i = 0; i < ITEMS / DRAWERS.length; i++) draw(device, prng.below(2000));
    Y.applyUpdate(whole, Y.encodeStateAsUpdate(device.doc));
    device.close();
  }
  const items: WriteId[] = [];
  for (let item = rootsOf(whole).items._start; item; item = item.right) items.push(item.id);
  return {
    material: { state: Y.encodeStateAsUpdate(whole), known: [], fresh: [] },
    ends: new Map(DRAWERS.map((client) => [client, Y.getState(whole.store, client)] as const)),
    items,
  };
}
