/*
 * A device on which pages open a board with its journal, in simulated time.
 */
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import { assignClient, createDocument } from "../../../src/board/document/document.ts";
import { createGuard } from "../../../src/board/guard/guard.ts";
import { createJournal } from "../../../src/board/storage/journal.ts";
import type { StoredReport } from "../../../src/board/storage/run-loading.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import type { TearMode } from "../../../src/simulator/host-storage.ts";
import { createFakeStorage } from "../../support/fake-storage.ts";

export const BOARD = "b0123";

export function createDevice(seed: number) {
  const clock = createSimulatedClock();
  const prng = createPrng(seed);
  const storage = createFakeStorage(clock, prng);
  const troubles: string[] = [];

  /** A page that begins to open the board. */
  function begin(boardId = BOARD, others: readonly string[] = []) {
    const doc = createDocument();
    const guard = createGuard({ doc, onWedged: () => troubles.push("wedged") });
    const journal = createJournal({
      clock,
      storage,
      log: { warn: () => {} },
      boardId,
      others: others.map((each) => ({ storage, boardId: each })),
      doc,
      guard,
    });
    journal.onTrouble((state) => troubles.push(state));
    return { doc, journal, loaded: journal.load() };
  }

  /** A page that opens the board; `report` is there when it is loaded. */
  async function open(boardId = BOARD, others: readonly string[] = []) {
    const { doc, journal, loaded } = begin(boardId, others);
    let report: StoredReport | undefined;
    let updates = 0;
    const count = (): void => void updates++;
    doc.on("update", count);
    void loaded.then((done) => {
      report = done;
    });
    await clock.runUntil(() => report !== undefined, 60_000);
    doc.off("update", count);
    assignClient(doc, () => prng.uint32());
    const items = doc.getArray<Y.Text>("items");
    return {
      doc,
      journal,
      report: report!,
      /** In how many pieces it came onto the document. */
      updates,
      draw: (what: string) => items.push([new Y.Text(what)]),
      seen: () => items.toArray().map((text) => text.toJSON()),
    };
  }

  /** The messenger dies, with everything that was not written. */
  function kill(page: { journal: { close(): void } }, tear: TearMode = "none"): void {
    storage.error = "killed";
    page.journal.close();
    storage.error = undefined;
    storage.files.kill(tear);
  }

  return { clock, prng, storage, troubles, begin, open, kill };
}

/** Long enough for what was drawn to be written, and for the host to have it on disk. */
export const ON_DISK_MS = 8000;
