import { updatesBySession } from "../../board/document/chunks.ts";
import { LIMITS } from "../../board/document/limits.ts";
import type { WriteId } from "../../board/document/write-id.ts";
import type { Verdict } from "../../board/guard/check.ts";
import type { Range } from "../wire/state-codec.ts";
import { rangesOf } from "./waiting.ts";

/*
 * Other sessions' writes may have room where one's have none: then each goes by itself. What is beyond the first few
 * is asked for again, without those that turn out to have none.
 */

/** What the sessions of an update wrote of which something is new, each as an update of its own. */
export function newBySession(update: Uint8Array, isNew: (range: Range) => boolean): readonly Uint8Array[] {
  const news = new Set(
    rangesOf(update)
      .filter(isNew)
      .map(({ client }) => client),
  );
  return [...updatesBySession(update)]
    .filter(([client]) => news.has(client))
    .map(([, part]) => part)
    .slice(0, LIMITS.sessionsApart.takes);
}

/** Offers the parts until none waits for another that may come yet; `settle` is told the last verdict on each. */
export function settleBySession(
  parts: readonly Uint8Array[],
  {
    admit,
    mayWait,
  }: { readonly admit: (update: Uint8Array) => Verdict; readonly mayWait: (missing: WriteId) => boolean },
  settle: (part: Uint8Array, verdict: Verdict) => void,
): void {
  let left = parts;
  for (let before = -1; before !== left.length;) {
    before = left.length;
    left = left.filter((part) => {
      const verdict = admit(part);
      if (verdict.kind === "waiting" && mayWait(verdict.missing)) return true;
      settle(part, verdict);
      return false;
    });
  }
  for (const part of left) settle(part, admit(part));
}
