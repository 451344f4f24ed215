import * as Y from "yjs";
import { updatesBySession } from "../document/chunks.ts";
import { STORAGE_ORIGIN } from "../document/document.ts";
import type { Guard } from "../guard/guard.ts";
import { STORED_LIMITS } from "../guard/scan.ts";

/** Applies updates in whatever order they can be applied; returns how many could not. */
export function applyAll(guard: Guard, updates: readonly Uint8Array[]): number {
  let left = [...updates];
  guard.apply(STORAGE_ORIGIN, (admit) => {
    for (let before = -1; before !== left.length && left.length > 0;) {
      before = left.length;
      left = left.filter((update) => {
        const { kind } = admit(update, STORED_LIMITS);
        return kind === "waiting" || kind === "refused";
      });
    }
  });
  return left.length;
}

/**
 * Applies a part of a stored board (V2) whose ground is there: what this device wrote is taken as it is. Says
 * whether all of it is there now.
 */
export function applyPart(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    Y.applyUpdateV2(doc, update, STORAGE_ORIGIN);
  } catch {
    return false;
  }
  const { store } = doc;
  const isWhole = store.pendingStructs === null && store.pendingDs === null;
  // What waits inside Yjs would be saved and sent for ever.
  store.pendingStructs = null;
  store.pendingDs = null;
  return isWhole;
}

/**
 * Applies of parts (V2) what can be applied, whatever their ground lacks: each whole, or else what each session
 * wrote by itself. Returns how many are not there whole.
 */
export function applyRest(guard: Guard, updates: readonly Uint8Array[]): number {
  const wholes: Uint8Array[] = [];
  let unreadable = 0;
  for (const update of updates) {
    try {
      wholes.push(Y.convertUpdateFormatV2ToV1(update));
    } catch {
      unreadable++;
    }
  }
  let left = wholes.filter((each) => applyAll(guard, [each]) > 0);
  if (left.length > 1) left = left.filter((each) => applyAll(guard, [each]) > 0);
  if (left.length > 0)
    applyAll(
      guard,
      left.flatMap((each) => [...updatesBySession(each).values()]),
    );
  return unreadable + left.length;
}
