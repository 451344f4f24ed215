import * as Y from "yjs";
import { rootsOf } from "../document.ts";
import { checkUpdate } from "./check.ts";
import type { Verdict } from "./check.ts";
import { scanUpdate, WIRE_LIMITS } from "./scan.ts";
import type { ScanLimits } from "./scan.ts";

export interface GuardDeps {
  readonly doc: Y.Doc;
  /** Yjs failed in the middle of a change: the document can no longer be trusted. */
  onWedged(): void;
}

/** Stands between whatever bytes come from outside and the document. See THREAT_MODEL.md. */
export interface Guard {
  /** From when on nobody else may write under this id. */
  setOwnClient(client: number): void;
  /** Says what an update is, without applying it. Never throws. */
  judge(bytes: Uint8Array, limits?: ScanLimits): Verdict;
  /**
   * Judges and applies what `offer` hands in, as one change of the document; `offer` gets the
   * verdicts. Never throws.
   */
  apply(origin: symbol, offer: (admit: (bytes: Uint8Array, limits?: ScanLimits) => Verdict) => void): void;
  close(): void;
}

export function createGuard({ doc, onWedged }: GuardDeps): Guard {
  const { items } = rootsOf(doc);
  const lastPushes = new Map<number, Y.Item>();
  let ownClient: number | undefined;
  let isFinished = true;
  let isWedged = false;

  const remember = (item: Y.Item): void => {
    const last = lastPushes.get(item.id.client);
    if (!last || last.id.clock < item.id.clock) lastPushes.set(item.id.client, item);
  };
  for (let item = items._start; item; item = item.right) remember(item);
  const onItems = (event: Y.YArrayEvent<unknown>): void => event.changes.added.forEach(remember);
  const onFinished = (): void => {
    isFinished = true;
  };
  items.observe(onItems);
  doc.on("afterAllTransactions", onFinished);

  function judge(bytes: Uint8Array, limits: ScanLimits = WIRE_LIMITS): Verdict {
    const scanned = scanUpdate(bytes, limits);
    if (!scanned.ok) return { kind: "refused", reason: scanned.error };
    return checkUpdate(scanned.update, { doc, ownClient, lastPush: (client) => lastPushes.get(client) });
  }

  function admit(bytes: Uint8Array, limits?: ScanLimits): Verdict {
    const verdict = judge(bytes, limits);
    if (verdict.kind !== "ready") return verdict;
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
    },
    judge,
    apply(origin, offer) {
      if (isWedged) return;
      isFinished = false;
      try {
        doc.transact(() => offer(admit), origin);
      } catch {
        isFinished = false;
      }
      // A failure inside Yjs can leave a transaction open for ever: no change would be told again.
      if (isFinished) return;
      isWedged = true;
      onWedged();
    },
    close() {
      items.unobserve(onItems);
      doc.off("afterAllTransactions", onFinished);
    },
  };
}
