/*
 * The simulator's page kept from one test of a file to the next, for tests in which people come and go: `open`
 * brings both apps back to a bare board, open and online, which takes far less time than a new page. The history
 * of undo, the storage and the network's settings stay as they are.
 */
import { afterAll, afterEach, expect, vi } from "vitest";
import { standIn, whileOpen } from "../support/stand-in.ts";
import { clearBoard } from "./clear-board.ts";
import { bothReady } from "./meeting.ts";
import {
  openSimulator,
  type SimulatedPhone,
  type SimulatorOptions,
  type SimulatorPage,
} from "./simulator.ts";

interface Opened {
  readonly simulator: SimulatorPage;
  readonly alice: SimulatedPhone;
  readonly bob: SimulatedPhone;
}

interface KeptSimulator extends Opened {
  /** Called first in each test; a page with other options than the last is a new one. */
  open(options?: SimulatorOptions): Promise<void>;
  /** Called in a test that leaves what `open` does not bring back: the next one gets a new page. */
  closeAfter(): void;
}

/** Called once, at the head of a file; `check` looks after each test at what must not have happened. */
export function useKeptSimulator(check: (opened: Opened) => Promise<void>): KeptSimulator {
  let opened: Opened | undefined;
  /** The options of the page if the next test may have it. */
  let kept: string | undefined;
  let isLast = false;

  async function close(): Promise<void> {
    const ended = opened;
    opened = undefined;
    kept = undefined;
    isLast = false;
    await ended?.simulator.close();
  }

  afterEach(async ({ task }) => {
    if (!opened) return;
    try {
      await check(opened);
    } finally {
      // A test that failed may have left anything.
      if (isLast || task.result?.state === "fail") await close();
    }
  });

  afterAll(close);

  return {
    simulator: standIn(() => whileOpen(opened).simulator),
    alice: standIn(() => whileOpen(opened).alice),
    bob: standIn(() => whileOpen(opened).bob),
    async open(options = {}) {
      const wanted = JSON.stringify(options);
      if (opened && wanted === kept) return bringBack(opened);
      await close();
      const simulator = await openSimulator(options);
      const [alice, bob] = await bothReady(simulator);
      opened = { simulator, alice, bob };
      kept = wanted;
    },
    closeAfter() {
      isLast = true;
    },
  };
}

/** Both apps open, each with the other one there, and nothing on the board. */
async function bringBack({ simulator, alice, bob }: Opened): Promise<void> {
  for (const phone of [alice, bob]) {
    if (!(await phone.screen.isVisible())) await phone.press("Open");
    await phone.ready();
  }
  const hers = await alice.frame();
  await vi.waitFor(
    async () => {
      for (const phone of [alice, bob]) expect(await phone.says("#presence-text")).toContain("is here");
      // Again where something of his came late.
      await clearBoard(hers);
      for (const phone of [alice, bob]) expect((await phone.picture()).inked).toBe(0);
    },
    { timeout: 30_000, interval: 100 },
  );
  await simulator.boardsEqual();
}
