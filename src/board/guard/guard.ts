import * as Y from "yjs";
import { rootsOf } from "../document/document.ts";
import { trackMarksSize } from "../document/marks-size.ts";
import type { MarksSize } from "../document/marks-size.ts";
import { checkUpdate } from "./check.ts";
import type { Verdict, Work } from "./check.ts";
import { scanUpdate, WIRE_LIMITS } from "./scan.ts";
import type { ScanLimits } from "./scan.ts";
import { addSize, isOver, MAX_SIZE, sizeOf } from "./size.ts";
import type { Size } from "./size.ts";

export interface GuardDeps {
  readonly doc: Y.Doc;
  /** Yjs failed in the middle of a change: the document can no longer be trusted. Told once. */
  onWedged(): void;
}

/** Stands between whatever bytes come from outside and the document. See THREAT_MODEL.md. */
export interface Guard {
  /** From when on nobody else may write under this id, and the limits of a board's size count. */
  setOwnClient(client: number): void;
  /** Says what an update is, without applying it. Never throws. */
  judge(bytes: Uint8Array, limits?: ScanLimits): Verdict;
  /**
   * Judges and applies what `offer` hands in, as one change of the document; `offer` gets the
   * verdicts. Never throws. A closed guard applies nothing.
   */
  apply(origin: symbol, offer: (admit: (bytes: Uint8Array, limits?: ScanLimits) => Verdict) => void): void;
  /** Notices a document that a local change found broken. To be called outside of transactions. */
  verify(): void;
  close(): void;
}

/**
 * Steps of comparing that everything applied in one go may cost: some, and more for more bytes. A step
 * takes Yjs about a quarter of a microsecond.
 */
const BASE_STEPS = 100_000;
const STEPS_PER_BYTE = 1;

export function createGuard({ doc, onWedged }: GuardDeps): Guard {
  const roots = rootsOf(doc);
  let ownClient: number | undefined;
  /** As counted when the board was opened, and what came from others since. */
  let size: Size | undefined;
  let marksSize: MarksSize | undefined;
  /** Of that, the bytes of marks that the change under way brought. */
  let brought = 0;
  let isBusy = false;
  let isWedged = false;
  let isClosed = false;

  const onStart = (): void => {
    isBusy = true;
  };
  const onFinished = (): void => {
    isBusy = false;
  };
  doc.on("beforeAllTransactions", onStart);
  doc.on("afterAllTransactions", onFinished);

  function wedge(): void {
    if (isWedged) return;
    isWedged = true;
    onWedged();
  }

  function judge(bytes: Uint8Array, limits: ScanLimits, work: Work): Verdict {
    const scanned = scanUpdate(bytes, limits);
    if (!scanned.ok) return { kind: "refused", reason: scanned.error };
    work.left += limits.measured ? bytes.length * STEPS_PER_BYTE : Infinity;
    const verdict = checkUpdate(scanned.update, { doc, roots, ownClient, work });
    if (verdict.kind !== "ready" || !size || !limits.measured) return verdict;
    return isFull(addSize(size, verdict.size), brought + verdict.size.marks) ? { kind: "full" } : verdict;
  }

  /** `fresh`: how many bytes of marks are not counted yet. */
  function isFull(sum: Size, fresh: number): boolean {
    if (!isOver(sum) || !marksSize) return false;
    const marks = marksSize.count(sum.marks - fresh, MAX_SIZE.marks - fresh) + fresh;
    return isOver({ ...sum, marks });
  }

  function admit(bytes: Uint8Array, limits: ScanLimits, work: Work): Verdict {
    const verdict = judge(bytes, limits, work);
    if (verdict.kind !== "ready") return verdict;
    if (size) size = addSize(size, verdict.size);
    brought += verdict.size.marks;
    Y.applyUpdate(doc, bytes);
    // The check leaves nothing to wait inside Yjs; what waits there would be saved and sent for ever.
    if (doc.store.pendingStructs || doc.store.pendingDs) {
      doc.store.pendingStructs = null;
      doc.store.pendingDs = null;
      return { kind: "refused", reason: "Yjs could not place it" };
    }
    return verdict;
  }

  return {
    setOwnClient(client) {
      ownClient = client;
      size = sizeOf(doc);
      marksSize = trackMarksSize(doc);
    },
    judge: (bytes, limits = WIRE_LIMITS) => judge(bytes, limits, { left: BASE_STEPS }),
    apply(origin, offer) {
      if (isWedged || isClosed) return;
      const work: Work = { left: BASE_STEPS };
      let isWhole = false;
      brought = 0;
      isBusy = true;
      try {
        doc.transact(() => offer((bytes, limits = WIRE_LIMITS) => admit(bytes, limits, work)), origin);
        isWhole = true;
      } catch {
        isWhole = false;
      }
      // A failure inside Yjs can leave a transaction open for ever: no change would be told again.
      if (!isWhole || isBusy) wedge();
    },
    verify() {
      if (isBusy) wedge();
    },
    close() {
      isClosed = true;
      marksSize?.close();
      doc.off("beforeAllTransactions", onStart);
      doc.off("afterAllTransactions", onFinished);
    },
  };
}
