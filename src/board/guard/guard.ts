import * as Y from "yjs";
import { equalBytes } from "../../base/bytes.ts";
import { rootsOf } from "../document/document.ts";
import { checkUpdate } from "./check.ts";
import type { Verdict, Work } from "./check.ts";
import { createMadeCount } from "./made-count.ts";
import { addSize, NO_SIZE, overOf, SIZE_LIMITS, trackSize } from "../document/size.ts";
import type { DocumentKind } from "../document/schema-rows.ts";
import type { Size, SizeLimits, SizeTracker } from "../document/size.ts";
import { scanUpdate, WIRE_LIMITS } from "./scan.ts";
import type { ScanLimits } from "./scan.ts";

export interface GuardDeps {
  readonly doc: Y.Doc;
  /** What the document is; a page unless it says otherwise. */
  readonly holds?: DocumentKind;
  /** Yjs failed in the middle of a change: the document can no longer be trusted. Told once. */
  onWedged(): void;
  /** Of the board's size. */
  readonly limits?: SizeLimits;
}

/**
 * `mayWait`: what is too much for one task gets the verdict `later` or `divide`. A dear update is only judged at
 * first, and `later`; the next to be offered should be the same, in a task of its own, where it is not judged again:
 * judging costs about as much as applying.
 */
export type Admit = (bytes: Uint8Array, limits?: ScanLimits, mayWait?: boolean) => Verdict;

/** Stands between whatever bytes come from outside and the document. See THREAT_MODEL.md. */
export interface Guard {
  /** From when on nobody else may write under this id, and the limits of a board's size count. */
  setOwnClient(client: number): void;
  /** How much is on the board, as SizeTracker has it; nothing before `setOwnClient`. Not within a transaction. */
  size(enough?: number, beyond?: number): Size;
  /** Says what an update is, without applying it. Never throws. */
  judge(bytes: Uint8Array, limits?: ScanLimits): Verdict;
  /**
   * Judges and applies what `offer` hands in, as one change of the document; `offer` gets the
   * verdicts. Never throws. A closed guard applies nothing.
   */
  apply(origin: symbol, offer: (admit: Admit) => void): void;
  /** What is applied while `act` runs is one change of the document, and has one measure of work. Never throws. */
  together(origin: symbol, act: () => void): void;
  /** Notices a document that a local change found broken. To be called outside of transactions. */
  verify(): void;
  close(): void;
}

/**
 * Steps of comparing that everything applied in one go may cost: some, and more for more bytes. A step
 * takes the guard and Yjs together about half a microsecond. Honest people need so many where somebody drew
 * apart from others who drew 50,000 strokes meanwhile.
 */
const BASE_STEPS = 50_000;
const STEPS_PER_BYTE = 1 / 4;

type Ready = Verdict & { readonly kind: "ready" };

/** A dear update that has been judged and not applied yet. */
function createJudged() {
  let changes = 0;
  let kept: { readonly bytes: Uint8Array; readonly verdict: Ready; readonly after: number } | undefined;
  return {
    keep(bytes: Uint8Array, verdict: Ready): void {
      kept = { bytes: bytes.slice(), verdict, after: changes };
    },
    /** Others' writes were applied. */
    changed(): void {
      changes++;
    },
    /** The verdict on the same bytes, if it still holds: what this person writes meanwhile does not change it. */
    take(bytes: Uint8Array): Ready | undefined {
      const before = kept;
      kept = undefined;
      return before?.after === changes && equalBytes(before.bytes, bytes) ? before.verdict : undefined;
    },
  };
}

const newWork = (): Work => ({ left: BASE_STEPS, made: 0, switched: 0 });

export function createGuard(deps: GuardDeps): Guard {
  const { doc, holds = "page", onWedged, limits: sizeLimits = SIZE_LIMITS } = deps;
  const roots = rootsOf(doc);
  const madeCount = createMadeCount(roots.attrs);
  let ownClient: number | undefined;
  /** Undefined while the stored board is loaded, which is read whole. */
  let tracker: SizeTracker | undefined;
  /** What the change that is under way has brought. */
  let brought = NO_SIZE;
  let isBusy = false;
  /** Of what is applied together. */
  let shared: Work | undefined;
  const judged = createJudged();
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

  function judge(bytes: Uint8Array, limits: ScanLimits, work: Work, mayWait = false): Verdict {
    const scanned = scanUpdate(bytes, limits);
    if (!scanned.ok) return { kind: "refused", reason: scanned.error };
    work.left += limits.measured ? bytes.length * STEPS_PER_BYTE : Infinity;
    const verdict = checkUpdate(scanned.update, {
      doc,
      roots,
      holds,
      ownClient,
      work,
      isForeign: limits.measured,
      mayWait,
      madeCount,
    });
    if (verdict.kind !== "ready" || !tracker || !limits.measured) return verdict;
    const fresh = addSize(brought, verdict.size);
    const of = overOf(addSize(tracker.size(), fresh), "takes", sizeLimits);
    return of ? { kind: "full", of } : verdict;
  }

  function admit(bytes: Uint8Array, limits: ScanLimits, work: Work, mayWait: boolean): Verdict {
    const known = judged.take(bytes);
    const verdict = known ?? judge(bytes, limits, work, mayWait);
    if (verdict.kind !== "ready") return verdict;
    if (mayWait && verdict.isCostly && !known) {
      judged.keep(bytes, verdict);
      return { kind: "later", for: "steps" };
    }
    judged.changed();
    brought = addSize(brought, verdict.size);
    Y.applyUpdate(doc, bytes);
    // The check leaves nothing to wait inside Yjs; what waits there would be saved and sent for ever.
    if (doc.store.pendingStructs || doc.store.pendingDs) {
      doc.store.pendingStructs = null;
      doc.store.pendingDs = null;
      return { kind: "refused", reason: "Yjs could not place it" };
    }
    return verdict;
  }

  /** Runs what changes the document, as one change; `isPart`: of what is applied together. */
  function run(origin: symbol, act: () => void, isPart: boolean): void {
    let isWhole = false;
    isBusy = true;
    if (!isPart) brought = NO_SIZE;
    try {
      doc.transact(act, origin);
      isWhole = true;
    } catch {
      isWhole = false;
    }
    if (!isPart) brought = NO_SIZE;
    // A failure inside Yjs can leave a transaction open for ever: no change would be told again.
    if (!isWhole || (isBusy && !isPart)) wedge();
  }

  return {
    setOwnClient(client) {
      ownClient = client;
      tracker = trackSize(doc);
    },
    size: (enough, beyond) => tracker?.size(enough, beyond) ?? NO_SIZE,
    judge: (bytes, limits = WIRE_LIMITS) => judge(bytes, limits, newWork()),
    apply(origin, offer) {
      if (isWedged || isClosed) return;
      const work = shared ?? newWork();
      const isPart = shared !== undefined;
      const offered: Admit = (bytes, limits = WIRE_LIMITS, mayWait = false) =>
        admit(bytes, limits, work, mayWait);
      run(origin, () => offer(offered), isPart);
    },
    together(origin, act) {
      if (isWedged || isClosed || shared) return act();
      shared = newWork();
      run(origin, act, false);
      shared = undefined;
    },
    verify() {
      if (isBusy) wedge();
    },
    close() {
      isClosed = true;
      tracker?.close();
      doc.off("beforeAllTransactions", onStart);
      doc.off("afterAllTransactions", onFinished);
    },
  };
}
