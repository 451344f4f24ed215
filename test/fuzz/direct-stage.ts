/*
 * A page in a chat of two whose browser connects to whatever it is told, and which looks at each thing that reaches it:
 * no connection but of this person's doing, one at a time, and nothing of a contact's but what was looked at.
 */
import type { DirectConnection, DirectEnd, DirectEvents } from "../../src/env/direct-call.ts";
import { createPrng } from "../../src/base/prng.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { SimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createReplica } from "../../src/sync/replica.ts";
import type { Replica } from "../../src/sync/replica.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import type { VoiceFrame } from "../../src/sync/wire/voice-codec.ts";
import { createDevice, OWN } from "../board/guard/lab.ts";
import { unknownLines } from "../support/direct-lines.ts";
import { directEnd } from "../support/direct-wires.ts";
import { framesOf } from "../support/messages.ts";
import { createLoneEnv } from "./lone-env.ts";

const CONTACT = "contact";
const TAG = new Uint8Array(8).fill(7);
const SOUND_MS = 250;
const GATHERING_MS = 30;
/** More than all that is said of one connection. */
const MOST_CHARS = 2000;
/** So often an own try begins at most, and one of the contact's. */
const SELDOM_MS = 3000;
/** The same is said again after that at the soonest. */
const AGAIN_MS = 400;
const MOST_PLACES = 8;
const FIRST_PORT = 1024;

export interface DirectStage {
  readonly clock: SimulatedClock;
  readonly voice: Replica["voice"];
  /** The number of the call that this page spoke of last, and of its last offer. */
  readonly heard: { call: number; attempt: number };
  readonly counts: { begun: number; described: number; refused: number };
  /** What must not be. */
  readonly troubles: string[];
  isMuted(): boolean;
  wants(): boolean;
  choose(isWanted: boolean): void;
  /** The person presses; without that no connection may begin. */
  press(): void;
  /** Nobody looks at the page, or somebody does again. */
  show(isShown: boolean): void;
  /** The contact says it. */
  say(text: string): void;
  /** A page of the contact's opens. */
  greet(session: number): void;
  /** From now on each connection that is told of the other side holds. */
  steady(): void;
  open(): number;
  close(): void;
}

export function createDirectStage(seed: number): DirectStage {
  const clock = createSimulatedClock();
  const prng = createPrng(seed);
  const device = createDevice(OWN);
  const troubles: string[] = [];
  const counts = { begun: 0, described: 0, refused: 0 };
  const heard = { call: 0, attempt: 0 };
  let [wants, isPressed, isAsked, isMuted, isSteady, open] = [false, false, false, false, false, 0];
  let said = { what: "", attempt: 0, at: -Infinity };
  const latest = { offer: -Infinity, answer: -Infinity };
  const env = createLoneEnv({
    clock,
    seed: seed + 1,
    onSend(text) {
      framesOf(text).filter(isVoice).forEach(note);
      if (framesOf(text).every(isVoice) && text.length > MOST_CHARS) troubles.push("it says much at once");
    },
    warn(what) {
      if (what.includes("refused")) counts.refused++;
      else troubles.push(what);
    },
  });
  const replica = createReplica({
    env,
    doc: device.doc,
    guard: device.guard,
    tag: TAG,
    remotes: [CONTACT],
    flushInk: device.board.flush,
    hold: device.board.hold,
    strokesBeyond: device.board.strokesBeyond,
    roster: { entries: () => new Map(), differs: () => {}, wanted: () => {}, settled: () => {} },
  });
  const { voice } = replica;
  replica.onMuted(() => (isMuted = true));

  function note(frame: VoiceFrame): void {
    heard.call = frame.call;
    if (frame.what === "offer") heard.attempt = frame.attempt;
    if (frame.what !== "offer" && frame.what !== "answer") return;
    const { what, attempt } = frame;
    const at = clock.now();
    if (said.what === what && said.attempt === attempt && at - said.at < AGAIN_MS)
      troubles.push(`an ${what} is said again after ${at - said.at} ms`);
    said = { what, attempt, at };
  }

  function describe(end: DirectEnd): void {
    counts.described++;
    const lines = unknownLines(end);
    if (lines.length > 0) troubles.push(`the browser is told ${JSON.stringify(lines)}`);
    if (end.places.length > MOST_PLACES || end.places.some(isNowhere))
      troubles.push(`the browser is told of ${JSON.stringify(end.places)}`);
  }

  function connect(_: string, events: DirectEvents): DirectConnection {
    if (!isPressed || !isAsked || !wants || voice.phase() !== "talking")
      troubles.push(`a connection begins, in phase ${voice.phase()}`);
    counts.begun++;
    if (++open > 1) troubles.push("two connections are open");
    return openConnection({
      clock,
      chance: (part) => isSteady || prng.chance(part),
      below: (limit) => (isSteady ? limit : prng.below(limit)),
      events,
      end: directEnd(counts.begun),
      begun(what) {
        if (clock.now() - latest[what] < SELDOM_MS) troubles.push(`one ${what} follows another too soon`);
        latest[what] = clock.now();
      },
      described: describe,
      closed: () => open--,
      trouble: (what) => troubles.push(what),
    });
  }

  voice.attach({
    canTalk: () => true,
    told: () => {},
    changed() {
      if (voice.phase() === "idle" || voice.phase() === "rung") [isPressed, isAsked] = [false, false];
    },
    connect: () => (wants ? connect : undefined),
  });
  replica.announce();

  return {
    clock,
    voice,
    heard,
    counts,
    troubles,
    isMuted: () => isMuted,
    wants: () => wants,
    choose(isWanted) {
      wants = isWanted;
      voice.directChanged();
    },
    press() {
      isPressed = true;
      voice.press();
    },
    show: (isShown) => (isShown ? replica.announce() : replica.pause()),
    say(text) {
      isAsked ||= framesOf(text).some(
        (frame) => frame.type === "voice" && frame.what === "in" && frame.direct !== undefined,
      );
      replica.receive(CONTACT, text);
    },
    greet(session) {
      const hash = { hi: 0, lo: 0 };
      const digest = { writes: hash, deletions: hash };
      const hello: Frame = { type: "hello", tag: TAG, reply: false, state: new Map(), digest };
      replica.receive(CONTACT, encodeMessage({ session, frames: [hello] }));
    },
    steady() {
      isSteady = true;
    },
    open: () => open,
    close() {
      replica.close();
      device.close();
    },
  };
}

/** This device, everybody, nobody, the wire alone; or a port of the system's. */
function isNowhere({ kind, address, port }: DirectEnd["places"][number]): boolean {
  if (port < FIRST_PORT || port > 0xffff) return true;
  if (kind === "name") return address.length !== 16;
  const [first = 0] = address;
  if (address.length === 4) return [0, 127].includes(first) || first >= 224;
  return address.length !== 16 || !/^(2|3|fc|fd)/.test(first.toString(16).padStart(2, "0"));
}

const isVoice = (frame: Frame): frame is Frame & VoiceFrame => frame.type === "voice";

/** Takes what comes, and then gives sound or none, or breaks; also when it is closed already. */
function openConnection(on: {
  readonly clock: SimulatedClock;
  /** Of what is good for a connection. */
  chance(part: number): boolean;
  below(limit: number): number;
  readonly events: DirectEvents;
  readonly end: DirectEnd;
  begun(what: "offer" | "answer"): void;
  described(end: DirectEnd): void;
  closed(): void;
  trouble(what: string): void;
}): DirectConnection {
  const { clock, chance, below, events } = on;
  let isOpen = true;
  let isTold = false;
  const soon = (): Promise<DirectEnd | undefined> =>
    new Promise((resolve) => {
      clock.after(GATHERING_MS, () => resolve(chance(0.9) ? on.end : undefined));
    });
  const sound = (left: number): void => {
    if (left === 0) return events.lost();
    events.sound(chance(0.5) ? 0.1 : 0, below(500));
    // What was on its way comes although it is closed.
    if (isOpen || chance(0.5)) clock.after(SOUND_MS, () => sound(left - 1));
  };
  const take = (end: DirectEnd): void => {
    if (!isOpen || isTold) on.trouble("a connection that is closed, or was told all, is told something");
    isTold = true;
    on.described(end);
    if (chance(0.8)) clock.after(below(2000), () => sound(below(120)));
  };
  return {
    offer() {
      on.begun("offer");
      return soon();
    },
    accept: take,
    answer(offer) {
      on.begun("answer");
      take(offer);
      return soon();
    },
    setAudible() {
      if (!isOpen) on.trouble("a connection that is closed is to be heard");
    },
    close() {
      if (isOpen) on.closed();
      isOpen = false;
    },
  };
}
