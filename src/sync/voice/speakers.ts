/*
 * Who is heard in a call: each with packets of its own, four at once at most. Who began earlier goes first; of those
 * who began at about the same time, whose word comes to everybody in another order, the lower sessions do. So all
 * pages agree on the four, and who is none of them finds that out. Rules: PROTOCOL.md, S21.
 */
import { LIMITS } from "../../board/document/limits.ts";
import type { Clock } from "../../env/clock.ts";
import type { Address } from "../../env/host.ts";
import type { Bundle } from "./outgoing-talk.ts";
import { createJitterBuffer } from "./jitter-buffer.ts";
import type { JitterBuffer, Playout } from "./jitter-buffer.ts";

export interface Speakers {
  /** Says whether it was no more than anybody says. */
  receive(address: Address, session: number, bundle: Bundle): boolean;
  /** What each is to be heard saying until then. */
  take(until: number): ReadonlyMap<Address, readonly Playout[]>;
  /** Somebody says something now, and is heard. */
  isTalking(address: Address): boolean;
  /** As many others as are heard go before this person, who began to send then; undefined: nothing is sent. */
  isFull(own: { readonly session: number; readonly since: number | undefined }): boolean;
  /** From when a packet can be here until it is heard, in milliseconds. */
  delay(address: Address): number;
  keep(addresses: ReadonlySet<Address>): void;
}

interface Turn {
  readonly session: number;
  /** When this person began to talk. */
  readonly since: number;
}

interface Speaker {
  readonly buffer: JitterBuffer;
  session: number;
  since: number;
  heardAt: number;
}

/** Who is silent for so long has stopped talking. */
export const TALKING_MS = 700;
/** Within so much it is not known who began first. */
const TOGETHER_MS = 2000;
const WINDOW_MS = 10_000;

export function createSpeakers(clock: Clock): Speakers {
  const speakers = new Map<Address, Speaker>();
  /** Of everybody who ever said anything here: packets, and when. */
  const said = new Map<Address, { readonly at: number; readonly count: number }[]>();

  const talks = ({ heardAt }: Speaker): boolean => heardAt > clock.now() - TALKING_MS;
  const isHeard = (speaker: Speaker): boolean =>
    inTurn([...speakers.values()].filter(talks)).indexOf(speaker) < LIMITS.voiceSpeakers.takes;

  function isTooMuch(address: Address, count: number): boolean {
    const now = clock.now();
    const all = (said.get(address) ?? []).filter(({ at }) => at > now - WINDOW_MS);
    const sum = all.reduce((total, each) => total + each.count, count);
    if (sum > LIMITS.voiceRate.takes) return true;
    said.set(address, [...all, { at: now, count }]);
    return false;
  }

  return {
    receive(address, session, { first, packets }) {
      if (isTooMuch(address, packets.length)) return false;
      const now = clock.now();
      let speaker = speakers.get(address);
      if (!speaker) {
        speaker = { buffer: createJitterBuffer(), session, since: now, heardAt: -Infinity };
        speakers.set(address, speaker);
      }
      if (!talks(speaker)) speaker.since = now;
      Object.assign(speaker, { session, heardAt: now });
      if (isHeard(speaker)) speaker.buffer.push(first, packets, now);
      return true;
    },
    take: (until) => new Map([...speakers].map(([address, { buffer }]) => [address, buffer.take(until)])),
    isTalking(address) {
      const speaker = speakers.get(address);
      return speaker !== undefined && talks(speaker) && isHeard(speaker);
    },
    isFull({ session, since }) {
      const own: Turn = { session, since: since ?? Infinity };
      return (
        inTurn([own, ...[...speakers.values()].filter(talks)]).indexOf(own) >= LIMITS.voiceSpeakers.takes
      );
    },
    delay: (address) => speakers.get(address)?.buffer.delay() ?? 0,
    keep(addresses) {
      for (const address of speakers.keys()) if (!addresses.has(address)) speakers.delete(address);
    },
  };
}

/** The first to be heard first. */
function inTurn(turns: readonly Turn[]): readonly Turn[] {
  const rounds: { readonly since: number; readonly turns: Turn[] }[] = [];
  for (const turn of [...turns].sort((a, b) => (a.since < b.since ? -1 : 1))) {
    const round = rounds.at(-1);
    if (round && turn.since - round.since < TOGETHER_MS) round.turns.push(turn);
    else rounds.push({ since: turn.since, turns: [turn] });
  }
  return rounds.flatMap((round) => round.turns.sort((a, b) => a.session - b.session));
}
