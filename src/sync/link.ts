import { equalBytes } from "../base/bytes.ts";
import { equalHash } from "../base/hash.ts";
import { boardTagOf } from "../board/board-id.ts";
import { equalDigest } from "../board/state.ts";
import type { Preview } from "../board/preview.ts";
import type { StateDigest, StateVector } from "../board/state.ts";
import type { Cancel, Clock } from "../env/clock.ts";
import type { Address } from "../env/host.ts";
import type { Random } from "../env/random.ts";
import { BUSY_BACKLOG, createAnswers } from "./answers.ts";
import type { Frame, Message } from "./frame.ts";
import { createJoining } from "./joining.ts";
import { createSeenPresence } from "./presence.ts";
import type { Presence } from "./presence.ts";
import { createSeenPreview } from "./seen-preview.ts";
import { createSequence } from "./sequence.ts";

/** `waiting`: never heard of; `here`: the app is open over there; `away`: it left or fell silent. */
export type LinkState = "waiting" | "here" | "away";

/** What a link needs of the replica that it belongs to. */
export interface LinkDeps {
  readonly address: Address;
  /** Of the board; undefined where this person's own address is not known. */
  readonly tag: Uint8Array | undefined;
  /** All contacts' addresses, this one's among them. */
  readonly remotes: readonly Address[];
  readonly clock: Clock;
  readonly random: Random;
  state(): StateVector;
  digest(): StateDigest;
  /** How much the board shows of what a session wrote. */
  shown(client: number): number;
  /** This side's sign of life; `next`: seconds until the next one at the latest. */
  beat(next: number): Frame;
  /** Milliseconds since this page itself changed the board. */
  quietFor(): number;
  /** Some update waits for what was lost before it. */
  hasWaiting(): boolean;
  /** What an asker lacks, as causal chunks. */
  chunks(known: StateVector, withDeletions: boolean): Uint8Array[];
  apply(updates: readonly Uint8Array[]): void;
  /** While held, what is applied is not shown. */
  hold(on: boolean): void;
  /** Sends to this contact alone. */
  send(frames: readonly Frame[]): void;
  backlog(): number;
  changed(): void;
  /** The contact asks for what it should have got: messages are being lost. */
  troubled(): void;
}

/** One contact: what it has, what it was asked, and whether it is there. */
export interface Link {
  readonly address: Address;
  state(): LinkState;
  /** The session under which the contact draws now. */
  session(): number | undefined;
  /** How much of a session the contact is known to have: by its own word, so it may have more. */
  has(client: number): number;
  /** What the contact does at the moment; undefined: it is not here, or has not told. */
  presence(): Presence | undefined;
  /** What its gesture will do; the ages of a laser's points are as of now. */
  preview(): Preview | undefined;
  /** Says hello to this contact alone, and asks for its hello. */
  greet(): void;
  receive(message: Message): void;
  /** The sessions that said hello for this board, the newest first. */
  sessions(): readonly number[];
  /** Ink of one of these sessions; `repeats`: and what the message before it brought. */
  receiveInk(session: number, update: Uint8Array, repeats: boolean): void;
  /** It said something in a session that is not known. */
  receiveUnknown(): void;
  /** The host says that the contact left; may be stale. */
  ended(): void;
  /** This page opened or returned, and everybody is told. */
  announced(): void;
  /** An update could not be applied: something before it is missing. */
  noticeGap(): void;
  close(): void;
}

/** After a gap: time for what is only late; then again while there is no answer, ever slower. */
const ASK_FIRST_MS = 400;
const ASK_AGAIN_MS = 2200;
const ASK_SLOWEST_MS = 20_000;
/** So long an own change may be on its way to a contact. */
const IN_FLIGHT_MS = 1000;
/** An unknown session is asked for its hello at most this often. */
const HELLO_AGAIN_MS = 1000;
/** Signs of life that may be lost in a row before a contact counts as away. */
const MISSED_BEATS = 2.5;
const FIRST_BEAT_S = 15;
const LONGEST_BEAT_S = 60;

/** A contact opens a new session with each page; more than this many are not kept in mind. */
const MAX_SESSIONS = 64;

function remember(sessions: Set<number>, session: number): void {
  sessions.add(session);
  for (const oldest of sessions) {
    if (sessions.size <= MAX_SESSIONS) break;
    sessions.delete(oldest);
  }
}

/**
 * Rules: PROTOCOL.md.
 *
 *     waiting --hello--> here --bye, end of session, silence--> away --hello, digest, update--> here
 */
export function createLink(deps: LinkDeps): Link {
  const { address, remotes, clock, random } = deps;
  /** Without the host's word, made from the address by which this contact calls this person. */
  let tag = deps.tag;
  let linkState: LinkState = "waiting";
  let session: number | undefined;
  /** Sessions of this contact that said hello for this board, and for another one. */
  const known = new Set<number>();
  const foreign = new Set<number>();
  let sequence = createSequence();
  let theirs: StateDigest | undefined;
  /** What the contact said of its board shows that something is missing here, or may be. */
  let toldMore = false;
  const has = new Map<number, number>();
  const seen = createSeenPresence();
  const preview = createSeenPreview({ clock, shown: deps.shown, expired: deps.changed });
  let lastHelloAsk = -Infinity;
  let lastHello = -Infinity;
  let helloLater: Cancel | undefined;
  let silence: Cancel | undefined;
  let ask: { cancel: Cancel; pause: number; at: number } | undefined;
  const joining = createJoining(clock, deps.hold);
  const answers = createAnswers({
    clock,
    backlog: deps.backlog,
    send: deps.send,
    beat: () => deps.beat(FIRST_BEAT_S),
  });
  let probe: Cancel | undefined;
  /** The message that is being read says bye: what else it says is no sign of life. */
  let isLeaving = false;

  function setState(next: LinkState): void {
    if (next === linkState) return;
    linkState = next;
    if (next !== "here") for (const each of [seen, preview]) each.forget();
    deps.changed();
  }

  function heard(nextBeat?: number): void {
    if (isLeaving) return;
    probe?.();
    setState("here");
    silence?.();
    const beat = Math.min(LONGEST_BEAT_S, Math.max(1, nextBeat ?? FIRST_BEAT_S));
    silence = clock.after(beat * 1000 * MISSED_BEATS, () => setState("away"));
  }

  function hello(reply: boolean): Frame {
    return { type: "hello", tag, reply, state: deps.state(), digest: deps.digest(), to: [address] };
  }

  /** Answers a hello, or several that came at once: each answer is as long as the state. */
  function answerHello(): void {
    const wait = lastHello + HELLO_AGAIN_MS - clock.now();
    if (wait > 0) {
      helloLater ??= clock.after(wait, answerHello);
      return;
    }
    helloLater?.();
    helloLater = undefined;
    lastHello = clock.now();
    deps.send([hello(false)]);
  }

  /** Asks an unknown session for its hello. */
  function askHello(): void {
    if (clock.now() - lastHelloAsk < HELLO_AGAIN_MS) return;
    lastHelloAsk = clock.now();
    deps.send([hello(true)]);
  }

  /** Who is no contact of this person, and is spoken to, is this person. */
  function learnOwn(to: readonly Address[]): void {
    const others = to.filter((each) => !remotes.includes(each));
    if (!deps.tag && others.length === 1) tag = boardTagOf({ own: others[0]!, remotes });
  }

  function differs(): boolean {
    return theirs !== undefined && !equalDigest(theirs, deps.digest());
  }

  /** The contact has shown that it has this. */
  function credit(state: Iterable<readonly [number, number]>): void {
    const own = deps.state();
    let isNews = false;
    for (const [client, end] of state) {
      if (end <= (has.get(client) ?? 0)) continue;
      // What it claims beyond what is here says nothing, and would be kept for ever.
      if (end > (own.get(client) ?? 0)) continue;
      has.set(client, end);
      isNews = true;
    }
    if (isNews) deps.changed();
  }

  /** It lost what it had: a page that opens again says hello with what was stored. */
  function resetCredit(state: StateVector): void {
    has.clear();
    credit(state);
  }

  function lacksSomething(): boolean {
    return sequence.hasGap() || deps.hasWaiting() || (toldMore && differs());
  }

  function askIn(delay: number): void {
    const at = clock.now() + delay;
    if (ask && ask.at <= at) return;
    ask?.cancel();
    ask = { at, pause: ask?.pause ?? ASK_AGAIN_MS, cancel: clock.after(delay, askNow) };
  }

  function askNow(): void {
    const pause = ask?.pause ?? ASK_AGAIN_MS;
    ask = undefined;
    if (linkState === "away" || !lacksSomething()) return;
    // With many contacts, questions to all of them would keep the answers from leaving.
    if (deps.backlog() >= BUSY_BACKLOG) {
      askIn(ASK_FIRST_MS + jitter());
      return;
    }
    const answerComes = joining.sinceChunk() < ASK_AGAIN_MS;
    if (!answerComes) deps.send([{ type: "request", state: deps.state(), digest: deps.digest() }]);
    const cancel = clock.after(pause, askNow);
    ask = { at: clock.now() + pause, pause: Math.min(ASK_SLOWEST_MS, pause * 2), cancel };
  }

  function jitter(): number {
    return random.uint32() % ASK_FIRST_MS;
  }

  /** The contact says what it has. What it lacks is sent; what this side lacks is asked for. */
  function compare(state: StateVector, digest: StateDigest): void {
    theirs = digest;
    const own = deps.state();
    const lacking = [...state].some(([client, end]) => end > (own.get(client) ?? 0));
    if (lacking) {
      toldMore = true;
      askIn(ASK_FIRST_MS);
    }
    answers.give(() => deps.chunks(state, !equalHash(deps.digest().deletions, digest.deletions)));
  }

  function receiveChunk(update: Uint8Array, last: boolean): void {
    joining.take(last, () => {
      deps.apply([update]);
      if (last) sequence.forgive();
    });
  }

  function receiveHello(from: number, frame: Frame & { type: "hello" }): void {
    learnOwn(frame.to ?? []);
    if (!frame.tag || !tag) {
      // Somebody does not know the own address: this side's hello tells it to the other.
      if (tag) askHello();
      else if (frame.reply) answerHello();
      return;
    }
    if (!equalBytes(frame.tag, tag)) {
      remember(foreign, from);
      return;
    }
    // Of two pages of one contact the newer one counts, until it is gone.
    const isCurrent = from === session || !known.has(from) || linkState !== "here";
    if (isCurrent && session !== from) {
      session = from;
      resetCredit(frame.state);
      sequence = createSequence();
      answers.restart();
      deps.changed();
    }
    remember(known, from);
    if (isCurrent) heard();
    credit(frame.state);
    if (frame.reply) answerHello();
    if (!equalDigest(frame.digest, deps.digest())) compare(frame.state, frame.digest);
  }

  function receiveUpdate(update: Uint8Array, from: number, repeats: boolean): void {
    if (from === session) heard();
    deps.apply([update]);
    // What was lost came along again.
    if (repeats && !deps.hasWaiting()) sequence.forgive();
    credit([[from, deps.state().get(from) ?? 0]]);
  }

  function receiveFrame(frame: Frame, from: number): void {
    const isCurrent = from === session;
    switch (frame.type) {
      case "hello":
        return;
      case "update":
        return receiveUpdate(frame.update, from, frame.repeats === true);
      case "digest":
        if (!isCurrent) return;
        heard(frame.next);
        theirs = frame.digest;
        credit(differs() ? frame.acks : deps.state());
        // Own changes of the last moment are on their way: a difference says nothing yet. But what the
        // sender itself has written more is lacking, whatever is on its way from here.
        toldMore =
          differs() && (deps.quietFor() > IN_FLIGHT_MS || frame.clock > (deps.state().get(from) ?? 0));
        if (toldMore) askIn(ASK_FIRST_MS + jitter());
        else if (!differs()) sequence.forgive();
        return;
      case "request":
        deps.troubled();
        credit(frame.state);
        return compare(frame.state, frame.digest);
      case "diff":
        return receiveChunk(frame.update, frame.last);
      case "presence":
        if (!isCurrent) return;
        heard();
        if (linkState === "here" && seen.see(from, frame)) deps.changed();
        return;
      case "preview":
        if (!isCurrent) return;
        heard();
        if (linkState === "here" && preview.see(from, frame)) deps.changed();
        return;
      case "bye":
        return isCurrent ? setState("away") : undefined;
    }
  }

  return {
    address,
    state: () => linkState,
    session: () => session,
    has: (client) => has.get(client) ?? 0,
    presence: () => seen.of(session),
    preview: () => preview.of(session),
    greet: () => deps.send([hello(true)]),
    receive({ session: from, direct, sequence: number, frames }) {
      isLeaving = frames.some(({ type }) => type === "bye");
      for (const frame of frames) {
        if (frame.type === "hello") receiveHello(from, frame);
      }
      if (foreign.has(from)) return;
      if (!known.has(from)) {
        // Its hello was lost: nothing it says counts before this side knows which board it is on.
        if (!frames.some(({ type }) => type === "hello")) askHello();
        return;
      }
      if (!direct && from === session) {
        sequence.see(number);
        if (sequence.hasGap()) askIn(ASK_FIRST_MS);
      }
      for (const frame of frames) receiveFrame(frame, from);
    },
    sessions: () => [...known].reverse(),
    receiveInk(from, update, repeats) {
      isLeaving = false;
      receiveUpdate(update, from, repeats);
    },
    receiveUnknown() {
      // A contact that is on another board says nothing for this one.
      if (foreign.size === 0) askHello();
    },
    ended() {
      if (linkState === "waiting") return;
      setState("away");
      // The news may be old: a contact that is there answers, and is here again.
      probe?.();
      probe = clock.after(ASK_FIRST_MS, () => deps.send([hello(true)]));
    },
    announced: () => joining.announced(),
    noticeGap: () => askIn(ASK_FIRST_MS),
    close() {
      for (const part of [joining, answers]) part.close();
      preview.forget();
      for (const cancel of [silence, ask?.cancel, probe, helloLater]) cancel?.();
    },
  };
}
