/*
 * One contact: under which sessions it speaks, whether it is there, and what it does. What it has of each
 * document is that document's affair (document-replica.ts). Rules: PROTOCOL.md, S8 and S9.
 *
 *     waiting --hello--> here --bye, end of session, silence--> away --hello, digest, ink--> here
 */
import { equalBytes } from "../../base/bytes.ts";
import { LIMITS } from "../../board/document/limits.ts";
import { boardTagOf } from "../../board/storage/board-id.ts";
import type { StateVector } from "../../board/document/state.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Address } from "../../env/host.ts";
import { slotOf } from "../../board/document/slot.ts";
import type { Frame } from "../wire/frame.ts";
import type { HelloDue } from "./hellos.ts";
import { createSeenPresence } from "../presence/seen-presence.ts";
import type { Presence, PresenceFrame } from "../wire/presence-frame.ts";

/** `waiting`: never heard of; `here`: the app is open over there; `away`: it left or fell silent. */
export type LinkState = "waiting" | "here" | "away";

export type HelloFrame = Frame & { readonly type: "hello" };

/** What a link needs of the replica that it belongs to. */
export interface LinkDeps {
  readonly address: Address;
  /** Of the board; undefined where this person's own address is not known. */
  readonly tag: Uint8Array | undefined;
  /** All contacts' addresses, this one's among them. */
  readonly remotes: readonly Address[];
  /** This page's session. */
  readonly own: number;
  readonly clock: Clock;
  /** Whether a session said hello as another contact's: it is that one's, whoever claims it later. */
  isTaken(session: number): boolean;
  /** A new session of the contact counts; `state`: what it says that it has. */
  renewed(state: StateVector | undefined): void;
  /** The contact says what it has of the first document. */
  compared(hello: HelloFrame, isNew: boolean): void;
  /** A hello has to be said. */
  say(hello: HelloDue): void;
  /** A hello has to be said, and again until `isHeard`. */
  seek(hello: HelloDue, isHeard: () => boolean): void;
  changed(): void;
}

/** One contact, as the session above sees it. */
export interface Link {
  readonly address: Address;
  state(): LinkState;
  /** The session under which the contact draws now. */
  session(): number | undefined;
  /** Whether a session that said hello for this board is the contact's. */
  knows(session: number): boolean;
  /** What the contact does at the moment; undefined: it is not here, or has not told. */
  presence(): Presence | undefined;
}

/** What the replica uses beyond that. */
export interface OpenLink extends Link {
  /**
   * Reads the hellos of a message, if it has any; says whether anything else of it counts. `isLeaving`: it
   * says bye too, so nothing in it is a sign of life.
   */
  receiveHellos(from: number, hellos: readonly HelloFrame[], isLeaving: boolean): boolean;
  /** The hellos of a session on another board: one that asks is told which board this page is on. */
  receiveForeignHellos(hellos: readonly HelloFrame[]): void;
  /** Which of the contact's sessions on this board has this slot. */
  sessionOf(slot: number): number | "unknown" | "ambiguous";
  /** The board's, as far as the contact and this page agree on its participants; undefined: not known. */
  tag(): Uint8Array | undefined;
  /** Whether the session is on another board. */
  isForeign(session: number): boolean;
  /** The session is the one that counts, and is there; `next`: seconds until its next sign of life. */
  heard(from: number, next?: number): void;
  /** A sign of life; `namesThis`: its acks name this page, so the session that says it hears this page. */
  receiveBeat(from: number, namesThis: boolean): void;
  receivePresence(from: number, frame: PresenceFrame): void;
  receiveBye(from: number): void;
  /** The host says that the contact left; may be stale. */
  ended(): void;
  close(): void;
}

/** So many signs of life in a row that do not name this page are of one that does not hear it. */
const DEAF_BEATS = 3;
/** A contact that is said to have left is asked after this long. */
const PROBE_MS = 400;
/** Between two answers to a contact that is on another board. */
const TELL_BOARD_MS = 4000;
/** Signs of life that may be lost in a row before a contact counts as away. */
const MISSED_BEATS = 2.5;
export const FIRST_BEAT_S = 15;
const LONGEST_BEAT_S = 60;

/** A contact opens a new session with each page; more than this many are not kept in mind. */
const MAX_SESSIONS = LIMITS.contactSessions.takes;

function remember(sessions: Set<number>, session: number): void {
  sessions.add(session);
  for (const oldest of sessions) {
    if (sessions.size <= MAX_SESSIONS) break;
    sessions.delete(oldest);
  }
}

function speakerOf(
  slot: number,
  known: ReadonlySet<number>,
  foreign: ReadonlySet<number>,
): number | "unknown" | "ambiguous" {
  const speakers = [...known].filter((each) => slotOf(each) === slot);
  const isElsewhere = [...foreign].some((each) => slotOf(each) === slot);
  if (speakers.length === 1 && !isElsewhere) return speakers[0]!;
  return speakers.length > 1 || isElsewhere ? "ambiguous" : "unknown";
}

function isSaidToOthers({ to }: HelloFrame, own: number): boolean {
  return to !== undefined && to !== slotOf(own);
}

/** Who is no contact of this person, and is spoken to, is this person; undefined where that is not one. */
function tagByNames(names: readonly Address[], remotes: readonly Address[]): Uint8Array | undefined {
  const [own, ...more] = names.filter((each) => !remotes.includes(each));
  return own === undefined || more.length > 0 ? undefined : boardTagOf({ own, remotes });
}

/** A page on another board would ask with everything it hears, until it knows that this is not its board. */
function createBoardTeller({ clock, say }: Pick<LinkDeps, "clock" | "say">): () => void {
  let last = -Infinity;
  return () => {
    if (clock.now() < last + TELL_BOARD_MS) return;
    last = clock.now();
    say({ to: undefined, reply: false, isWhole: false, isNaming: false });
  };
}

export function createLink(deps: LinkDeps): OpenLink {
  const { address, remotes, clock } = deps;
  /** Without the host's word, made from the address by which this contact calls this person. */
  let tag = deps.tag;
  let linkState: LinkState = "waiting";
  let session: number | undefined;
  /** Sessions of this contact that said hello for this board, and for another one. */
  const known = new Set<number>();
  const foreign = new Set<number>();
  const seen = createSeenPresence();
  const tellBoard = createBoardTeller(deps);
  let silence: Cancel | undefined;
  let probe: Cancel | undefined;
  /** Signs of life of the session that counts, since one of them named this page. */
  let deafBeats = 0;

  function setState(next: LinkState): void {
    if (next === linkState) return;
    linkState = next;
    if (next !== "here") seen.forget();
    deps.changed();
  }

  function ask(to: number | undefined): void {
    deps.say({ to, reply: true, isWhole: false, isNaming: tag === undefined });
  }

  function receiveHello(from: number, frame: HelloFrame, isLeaving: boolean): void {
    const isForOthers = isSaidToOthers(frame, deps.own);
    const answer = frame.reply && !isForOthers;
    if (!deps.tag) tag = tagByNames(frame.names ?? [], remotes) ?? tag;
    if (!frame.tag || !tag) {
      if (known.has(from)) return;
      // Somebody does not know the own address: this side's hello tells it to the other.
      if (tag) deps.say({ to: undefined, reply: true, isWhole: true, isNaming: true });
      else if (answer) deps.say({ to: undefined, reply: false, isWhole: true, isNaming: true });
      return;
    }
    if (from === deps.own || deps.isTaken(from)) return;
    if (!equalBytes(frame.tag, tag)) {
      if (!isForOthers) remember(foreign, from);
      if (answer) tellBoard();
      return;
    }
    const isNew = !known.has(from);
    // Of two pages of one contact the newer one counts, until it is gone.
    const isCurrent = from === session || isNew || linkState !== "here";
    if (isCurrent && session !== from) count(from, frame.state);
    remember(known, from);
    if (isCurrent && !isLeaving) heard(undefined);
    if (answer) deps.say({ to: undefined, reply: false, isWhole: frame.to !== undefined, isNaming: false });
    deps.compared(frame, isNew);
  }

  /** From now on this session of the contact is the one that counts. */
  function count(from: number, state: StateVector | undefined): void {
    session = from;
    deafBeats = 0;
    deps.renewed(state);
    deps.changed();
  }

  function heard(next: number | undefined): void {
    probe?.();
    setState("here");
    silence?.();
    const beat = Math.min(LONGEST_BEAT_S, Math.max(1, next ?? FIRST_BEAT_S));
    silence = clock.after(beat * 1000 * MISSED_BEATS, () => setState("away"));
  }

  return {
    address,
    state: () => linkState,
    session: () => session,
    knows: (client) => known.has(client),
    presence: () => seen.of(session),
    receiveHellos(from, hellos, isLeaving) {
      for (const hello of hellos) receiveHello(from, hello, isLeaving);
      if (known.has(from)) return true;
      // Its hello was lost: nothing it says counts before this side knows which board it is on.
      if (!foreign.has(from) && hellos.length === 0) {
        const isHeard = (): boolean => known.has(from) || foreign.has(from);
        deps.seek({ to: from, reply: true, isWhole: false, isNaming: tag === undefined }, isHeard);
      }
      return false;
    },
    receiveForeignHellos(hellos) {
      if (hellos.some((hello) => hello.reply && !isSaidToOthers(hello, deps.own))) tellBoard();
    },
    sessionOf: (slot) => speakerOf(slot, known, foreign),
    tag: () => tag,
    isForeign: (from) => foreign.has(from),
    heard(from, next) {
      if (from === session) heard(next);
    },
    receiveBeat(from, namesThis) {
      if (from === session) deafBeats = namesThis ? 0 : deafBeats + 1;
      else if (namesThis && known.has(from) && deafBeats >= DEAF_BEATS) count(from, undefined);
    },
    receivePresence(from, frame) {
      if (from === session && linkState === "here" && seen.see(from, frame)) deps.changed();
    },
    receiveBye(from) {
      if (from === session) setState("away");
    },
    ended() {
      if (linkState === "waiting") return;
      setState("away");
      // The news may be old: a contact that is there answers, and is here again.
      probe?.();
      probe = clock.after(PROBE_MS, () => ask(session));
    },
    close() {
      for (const cancel of [silence, probe]) cancel?.();
    },
  };
}
