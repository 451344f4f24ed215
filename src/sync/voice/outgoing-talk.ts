/*
 * What a person says, until it leaves: silence is left out, packets wait for others so that few messages carry them,
 * and what waited too long for the bridge is dropped. Rules: PROTOCOL.md, S21.
 */
import { LIMITS } from "../../board/document/limits.ts";
import type { Clock } from "../../env/clock.ts";
import { PACKET_MS } from "./jitter-buffer.ts";

export interface Bundle {
  readonly first: number;
  readonly packets: readonly Uint8Array[];
}

export interface OutgoingTalk {
  /** The next 20 ms of the microphone: an Opus packet, and how loud it is, 0 .. 1 (the root mean square). */
  add(packet: Uint8Array, level: number): void;
  /** When a bundle is due; undefined: nothing waits. */
  dueAt(): number | undefined;
  /** As much of what waits as a frame has room for. */
  take(): Bundle | undefined;
  /** So much waits that a message that leaves anyway is to take it along. */
  isWorthwhile(): boolean;
  /** Something was said of late. */
  isTalking(): boolean;
  /** Of late something waited too long, and was dropped. */
  isHeldUp(): boolean;
  clear(): void;
}

interface Waiting {
  readonly number: number;
  readonly packet: Uint8Array;
  readonly at: number;
}

/** Of sound in one message. */
const BUNDLE_MS = 240;
/** With more than one listener everybody's bridge has more to do. */
const GROUP_BUNDLE_MS = 300;
const LATE_MS = 700;
/** The person is told for so long. */
const HELD_UP_MS = 3000;
/** Louder than so many times what is heard all the time is speech, and so is what follows it so soon. */
const OVER_NOISE = 2.5;
const LEAST_LEVEL = 0.004;
const AFTER_PACKETS = 20;
/** The beginning of a word is not yet loud. */
const BEFORE_PACKETS = 3;
/** By how much the noise is taken to be louder with each packet; it is never more than the quietest one of late. */
const NOISE_RISE = 1.01;
const LOUDEST_NOISE = 0.04;

/** `isHeld`: it is heard in another way; the latest waits for when that ends. */
export function createOutgoingTalk(
  clock: Clock,
  isGroup: boolean,
  isHeld: () => boolean = () => false,
): OutgoingTalk {
  const most = (isGroup ? GROUP_BUNDLE_MS : BUNDLE_MS) / PACKET_MS;
  let number = 0;
  let noise = LOUDEST_NOISE;
  /** So many more packets are sent, however quiet. */
  let open = 0;
  let before: Waiting[] = [];
  let waiting: Waiting[] = [];
  let talkedAt = -Infinity;
  let droppedAt = -Infinity;

  function isSpeech(level: number): boolean {
    noise = Math.min(LOUDEST_NOISE, level, noise * NOISE_RISE + 1e-6);
    const isLoud = level > Math.max(LEAST_LEVEL, noise * OVER_NOISE) || level > LOUDEST_NOISE;
    open = isLoud ? AFTER_PACKETS : Math.max(0, open - 1);
    return open > 0;
  }

  function dropLate(): void {
    const now = clock.now();
    const left = waiting.filter(({ at }) => at > now - LATE_MS);
    // Who is heard in another way waits for nothing.
    if (left.length < waiting.length && !isHeld()) droppedAt = now;
    waiting = left;
  }

  return {
    add(packet, level) {
      const next = { number: number++, packet, at: clock.now() };
      const isKept = packet.length > 0 && packet.length <= LIMITS.voicePacketBytes.writes;
      const speaks = isSpeech(level);
      if (!isKept) return;
      if (!speaks) {
        before = [...before, next].slice(-BEFORE_PACKETS);
        return;
      }
      talkedAt = next.at;
      waiting.push(...before, next);
      before = [];
      dropLate();
    },
    dueAt() {
      const [oldest] = waiting;
      if (!oldest || isHeld()) return undefined;
      // The last of what is said waits for nothing.
      return waiting.length >= most || open === 0 ? -Infinity : oldest.at + most * PACKET_MS;
    },
    take() {
      if (isHeld()) return undefined;
      dropLate();
      const [oldest] = waiting;
      if (!oldest) return undefined;
      let count = 1;
      while (count < LIMITS.voicePackets.writes && waiting[count]?.number === oldest.number + count) count++;
      return { first: oldest.number, packets: waiting.splice(0, count).map(({ packet }) => packet) };
    },
    isWorthwhile: () => !isHeld() && waiting.length >= most / 2,
    isTalking: () => talkedAt > clock.now() - AFTER_PACKETS * PACKET_MS,
    isHeldUp: () => droppedAt > clock.now() - HELD_UP_MS,
    clear() {
      before = [];
      waiting = [];
      open = 0;
    },
  };
}
