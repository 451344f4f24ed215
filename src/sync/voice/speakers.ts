/*
 * Who is heard in a call: each with packets of its own, four at once at most. Rules: PROTOCOL.md, S21.
 */
import { LIMITS } from "../../board/document/limits.ts";
import type { Clock } from "../../env/clock.ts";
import type { Address } from "../../env/host.ts";
import type { Bundle } from "./outgoing-talk.ts";
import { createJitterBuffer } from "./jitter-buffer.ts";
import type { JitterBuffer, Playout } from "./jitter-buffer.ts";

export interface Speakers {
  /** Says whether it was no more than anybody says. */
  receive(address: Address, bundle: Bundle): boolean;
  /** What each is to be heard saying until then. */
  take(until: number): ReadonlyMap<Address, readonly Playout[]>;
  /** Somebody says something now. */
  isTalking(address: Address): boolean;
  /** How many others do. */
  talking(): number;
  /** From when a packet can be here until it is heard, in milliseconds. */
  delay(address: Address): number;
  keep(addresses: ReadonlySet<Address>): void;
}

interface Speaker {
  readonly buffer: JitterBuffer;
  heardAt: number;
}

const TALKING_MS = 700;
const WINDOW_MS = 10_000;

export function createSpeakers(clock: Clock): Speakers {
  const speakers = new Map<Address, Speaker>();
  /** Of everybody who ever said anything here: packets, and when. */
  const said = new Map<Address, { readonly at: number; readonly count: number }[]>();

  const isTalking = (speaker: Speaker | undefined): boolean =>
    speaker !== undefined && speaker.heardAt > clock.now() - TALKING_MS;
  const talking = (): number => [...speakers.values()].filter(isTalking).length;

  function isTooMuch(address: Address, count: number): boolean {
    const now = clock.now();
    const all = (said.get(address) ?? []).filter(({ at }) => at > now - WINDOW_MS);
    const sum = all.reduce((total, each) => total + each.count, count);
    if (sum > LIMITS.voiceRate.takes) return true;
    said.set(address, [...all, { at: now, count }]);
    return false;
  }

  return {
    receive(address, { first, packets }) {
      if (isTooMuch(address, packets.length)) return false;
      let speaker = speakers.get(address);
      if (!isTalking(speaker) && talking() >= LIMITS.voiceSpeakers.takes) return true;
      if (!speaker) {
        speaker = { buffer: createJitterBuffer(), heardAt: 0 };
        speakers.set(address, speaker);
      }
      speaker.heardAt = clock.now();
      speaker.buffer.push(first, packets, clock.now());
      return true;
    },
    take: (until) => new Map([...speakers].map(([address, { buffer }]) => [address, buffer.take(until)])),
    isTalking: (address) => isTalking(speakers.get(address)),
    talking,
    delay: (address) => speakers.get(address)?.buffer.delay() ?? 0,
    keep(addresses) {
      for (const address of speakers.keys()) if (!addresses.has(address)) speakers.delete(address);
    },
  };
}
