/*
 * What contacts' updates make this page compare, and who pays for it: an update that is too much for one task is
 * taken in by parts, so many in half a minute, and its sender is charged. Rules: PROTOCOL.md, S7 and S11.
 */
import { dividedUpdate } from "../../board/document/chunks.ts";
import { LIMITS } from "../../board/document/limits.ts";
import type { StateVector } from "../../board/document/state.ts";
import type { Clock } from "../../env/clock.ts";
import type { Received } from "./put-off.ts";

/** `From`: who sent it. */
export interface Charges<From> {
  /** Counts something that no honest app sends. */
  blame(from: From, reason: string): void;
  /** Counts what costs much: not each of many updates that come together. */
  forCost(from: From): void;
  isSilenced(from: From): boolean;
  /**
   * What later tasks are to take in of a dear update, in this order; nothing where its sender had enough of them.
   * `at`: the clocks at which it is to be divided.
   */
  putOff(received: Received<From>, at: StateVector | undefined): readonly Received<From>[];
}

export interface ChargesDeps<From> {
  readonly clock: Clock;
  /** Says whether this contact is still listened to. */
  offend(from: From, reason: string): boolean;
  /** A contact is not listened to any more. */
  silenced(from: From): void;
}

const WINDOW_MS = 30_000;
const BETWEEN_CHARGES_MS = 1000;

export function createCharges<From>({ clock, offend, silenced }: ChargesDeps<From>): Charges<From> {
  const silent = new Set<From>();
  const lastCharge = new Map<From, number>();
  /** When each contact had tasks, of late. */
  const tasks = new Map<From, readonly number[]>();

  function blame(from: From, reason: string): void {
    if (offend(from, reason)) return;
    silent.add(from);
    silenced(from);
  }

  function forCost(from: From): void {
    const now = clock.now();
    if (now - (lastCharge.get(from) ?? -Infinity) < BETWEEN_CHARGES_MS) return;
    lastCharge.set(from, now);
    blame(from, "more work than ink");
  }

  /** Whether a contact may have one more task; counts it if so. */
  function takeTask(from: From): boolean {
    const now = clock.now();
    const recent = (tasks.get(from) ?? []).filter((at) => at > now - WINDOW_MS);
    const mayHave = recent.length < LIMITS.dearTasks.takes;
    tasks.set(from, mayHave ? [...recent, now] : recent);
    return mayHave;
  }

  return {
    blame,
    forCost,
    isSilenced: (from) => silent.has(from),
    putOff(received, at) {
      const { update, from, isPart } = received;
      if (from === undefined) return [];
      const mayHave = takeTask(from);
      // Once for an update: the contact may have got from somebody else what costs so much.
      if ((at && !isPart) || !mayHave) forCost(from);
      if (!mayHave) return [];
      if (!at) return [received];
      return dividedUpdate(update, at).map((part) => ({ update: part, from, isPart: true }));
    },
  };
}
