/*
 * A contact who says anything of direct connections, in any order and in floods, to a page whose person presses, hangs
 * up and chooses at any time. After each thing that is said the page must stand (direct-stage.ts); at the end an honest
 * page of the same contact must be connected with it.
 */
import * as encoding from "lib0/encoding";
import { createPrng } from "../../src/base/prng.ts";
import type { Prng } from "../../src/base/prng.ts";
import { decodeBase64, encodeBase64 } from "../../src/base/bytes.ts";
import type { DirectEnd } from "../../src/env/direct-call.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { writeRawEnd } from "../support/direct-lines.ts";
import { directEnd } from "../support/direct-wires.ts";
import { createDirectStage } from "./direct-stage.ts";
import type { DirectStage } from "./direct-stage.ts";
import { mutateBytes, pick } from "./guard-values.ts";

export interface DirectFuzzResult {
  readonly runs: number;
  readonly begun: number;
  /** Ends of the contact's that the browser was told. */
  readonly described: number;
  readonly refused: number;
  /** Of the runs, those after which an honest page was connected; else the contact was not listened to any more. */
  readonly connected: number;
  readonly failure: { readonly run: number; readonly error: string } | undefined;
}

const STEPS = 200;
const SESSIONS = [5001, 5002, 5003];
const HONEST = 6001;
/** Until nothing of before counts any more. */
const REST_MS = 90_000;

export async function runDirectFuzz({
  seed,
  runs,
}: {
  readonly seed: number;
  readonly runs: number;
}): Promise<DirectFuzzResult> {
  const sum = { begun: 0, described: 0, refused: 0, connected: 0 };
  for (let run = 0; run < runs; run++) {
    const stage = createDirectStage(seed * 100_000 + run);
    const error = await tryRun(stage, createPrng(seed * 100_000 + run));
    const { begun, described, refused } = stage.counts;
    sum.begun += begun;
    sum.described += described;
    sum.refused += refused;
    if (!stage.isMuted()) sum.connected++;
    stage.close();
    if (error !== undefined) return { ...sum, runs: run + 1, failure: { run, error } };
  }
  return { ...sum, runs, failure: undefined };
}

async function tryRun(stage: DirectStage, prng: Prng): Promise<string | undefined> {
  try {
    for (const session of SESSIONS) stage.greet(session);
    for (let step = 0; step < STEPS; step++) {
      await act(stage, prng);
      const found = faultOf(stage);
      if (found !== undefined) return `step ${step}: ${found}`;
    }
    return stage.isMuted() ? undefined : await connectHonestly(stage);
  } catch (error) {
    return `an exception: ${String((error as Error).stack)}`;
  }
}

function faultOf({ troubles, wants, voice, open }: DirectStage): string | undefined {
  if (troubles.length > 0) return troubles.join("; ");
  if (open() > 0 && (!wants() || voice.phase() !== "talking")) return "a connection is left over";
  return undefined;
}

/** The person does something, or the contact says something, or many things. */
async function act(stage: DirectStage, prng: Prng): Promise<void> {
  const dice = prng.below(100);
  if (dice < 10) stage.press();
  else if (dice < 12) stage.voice.end();
  else if (dice < 14) stage.voice.decline();
  else if (dice < 22) stage.choose(prng.chance(0.7));
  else if (dice < 23) {
    stage.show(false);
    stage.show(true);
  } else if (dice < 25) stage.greet(pick(prng, SESSIONS));
  else if (dice < 29) for (let left = 5 + prng.below(40); left > 0; left--) stage.say(anyText(stage, prng));
  else stage.say(anyText(stage, prng));
  await stage.clock.advance(pick(prng, [0, 0, 20, prng.below(500), prng.below(500), prng.below(4000)]));
}

/** In most cases of the call that is on, in the session that spoke last. */
function anyText(stage: DirectStage, prng: Prng): string {
  const session = prng.chance(0.9) ? SESSIONS.at(-1)! : pick(prng, [...SESSIONS, 9999]);
  const known = stage.heard.call;
  const call = prng.chance(0.9) ? known : pick(prng, [0, known + 1, known - 1, prng.uint32()]) >>> 0;
  const say = (frame: Frame): string => encodeMessage({ session, frames: [frame] });
  const text = pick<() => string>(prng, [
    () =>
      say({ type: "voice", call, what: pick(prng, ["ring", "ring", "declined", "busy", "end"] as const) }),
    ...Array.from({ length: 4 }, () => () => say(anyIn(prng, call))),
    ...Array.from({ length: 4 }, () => () => anyOffer(stage, prng, { session, call })),
    () => say({ type: "voice", call, what: "talk", first: prng.below(500), packets: [new Uint8Array(40)] }),
  ])();
  return prng.chance(0.02) ? encodeBase64(mutateBytes(prng, decodeBase64(text)!)) : text;
}

function anyIn(prng: Prng, call: number): Frame {
  const direct = pick(prng, ["wanted", "wanted", "heard", undefined] as const);
  return { type: "voice", call, what: "in", stamp: prng.below(2 ** 16), ...(direct ? { direct } : {}) };
}

/** With its number near those that were, and an end that is fit, or of anything at all. */
function anyOffer(
  { heard, counts, clock }: DirectStage,
  prng: Prng,
  { session, call }: { readonly session: number; readonly call: number },
): string {
  const isOffer = prng.chance(0.5);
  const next = isOffer ? Math.floor(clock.now() / 1000) : heard.attempt;
  const attempt = prng.chance(0.8) ? next : pick(prng, [0, next + 1, next - 1, 2 ** 32 - 1]) >>> 0;
  const end = prng.chance(0.92) ? directEnd(counts.begun) : hostileEnd(prng);
  const good = encodeMessage({ session, frames: [{ type: "voice", call, what: "ring" }] });
  const bytes = decodeBase64(good)!;
  const content = encoding.encode((encoder) => {
    encoding.writeUint8(encoder, isOffer ? 8 : 9);
    encoding.writeUint32(encoder, call);
    encoding.writeUint32(encoder, attempt);
    writeRawEnd(encoder, end);
  });
  const RING_BYTES = 5;
  // Its head, and the length of its content, which is one byte.
  const head = bytes.subarray(0, bytes.length - RING_BYTES - 1);
  const whole = encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, head);
    encoding.writeVarUint8Array(encoder, content);
  });
  return encodeBase64(whole);
}

/** Lines of their own, letters of other alphabets, too much, too little, and places where nobody is. */
function hostileEnd(prng: Prng): DirectEnd {
  const injected = pick(prng, [
    "\r\na=x",
    "\nm=video",
    "a b",
    "é",
    "\0",
    "\u2028",
    "a=",
    ":",
    "-",
    "x".repeat(99),
    "",
  ]);
  const fit = directEnd(prng.below(1000));
  const address = Uint8Array.from({ length: pick(prng, [4, 16, 3]) }, () => prng.below(256));
  address[0] = pick(prng, [10, 0x20, 0xfd, 127, 0, 224]);
  const port = pick(prng, [80, 5000, 5000]);
  const kind: DirectEnd["places"][number]["kind"] = address.length === 16 && prng.chance(0.5) ? "name" : "ip";
  const places = Array.from({ length: pick(prng, [0, 1, 8, 9, 200]) }, () => ({
    kind,
    address,
    port,
  }));
  return pick<() => DirectEnd>(prng, [
    () => ({ ...fit, user: fit.user + injected }),
    () => ({ ...fit, password: fit.password + injected }),
    () => ({ ...fit, payload: prng.below(256) }),
    () => ({ ...fit, fingerprint: new Uint8Array(prng.below(40)) }),
    () => ({ ...fit, places }),
  ])();
}

/** Whatever was said before, a page of the contact's that is opened now is connected. */
async function connectHonestly(stage: DirectStage): Promise<string | undefined> {
  const { clock, voice, heard, counts } = stage;
  const say = (frame: Frame): void => stage.say(encodeMessage({ session: HONEST, frames: [frame] }));
  voice.decline();
  voice.end();
  await clock.advance(REST_MS);
  if (stage.open() > 0) return "a connection is open after the call";
  stage.steady();
  stage.greet(HONEST);
  stage.choose(true);
  stage.press();
  await clock.advance(100);
  const { call } = heard;
  for (let second = 0; second < 120 && !voice.isDirect(); second++) {
    say({ type: "voice", call, what: "in", stamp: 0, direct: "heard" });
    say({ type: "voice", call, what: "answer", attempt: heard.attempt, end: directEnd(counts.begun) });
    await clock.advance(1000);
    const found = faultOf(stage);
    if (found !== undefined) return `afterwards: ${found}`;
  }
  return voice.isDirect() ? undefined : "an honest page is not connected afterwards";
}
