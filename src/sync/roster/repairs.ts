/*
 * The documents that are in memory and not shown: they were added because a contact has something else of them,
 * or says something of them. One at a time is asked about, when nothing else is to be said; and the session is
 * told when it may let one go. One goes also where others wait for its place: else people who each ask for what the
 * next one has no place for would wait for each other. Rules: PROTOCOL.md, S19.
 *
 *     (added) --something is lacking--> (its turn: asked) --it is here--> (settled)
 *        |                                   |                               ^  |
 *        |                                   +--in vain, not again for long--+  |
 *        |                                   +--others wait, no answer yet --+  |
 *        +----------------- nothing is lacking, nobody says anything -----------+
 *        ^                                                                      |
 *        +-------- somebody says something of it, or has something else --------+
 */
import { equalDigest } from "../../board/document/state.ts";
import type { StateDigest } from "../../board/document/state.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Random } from "../../env/random.ts";
import type { DocumentReplica } from "../link/document-replica.ts";
import type { Frame } from "../wire/frame.ts";

type HiddenDocument = Pick<
  DocumentReplica,
  "digest" | "isLacking" | "isRefusing" | "changesDueAt" | "answersDueAt" | "questionsDueAt" | "takeQuestions"
>;

export interface Repairs {
  add(number: number, document: HiddenDocument): void;
  remove(number: number): void;
  /** This one is shown from now on, and the one before is not. */
  setShown(number: number): void;
  /** Somebody said something of it, or has something else of it; `isLive`: draws on it. */
  heard(number: number, isLive?: boolean): void;
  /** Somebody asks for everything of a document that is not in memory: another one may have to go. */
  makePlace(): void;
  /** It was not asked about in vain of late. */
  mayAsk(number: number): boolean;
  /** When the document whose turn it is asks, and what. */
  dueAt(): number | undefined;
  take(): readonly Frame[];
  close(): void;
}

export interface RepairsDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** There is one contact. */
  readonly isPair: boolean;
  /** Somebody asks for everything of a document that is not in memory. */
  isAskedForOthers(): boolean;
  /** Contacts have something else of documents that are not in memory. */
  areOthersLacking(): boolean;
  /** Not needed any more; `isNews`: it became equal to a contact's by what was asked for. */
  settled(number: number, isNews: boolean): void;
  wake(): void;
}

/** What was not asked about is let go when nobody says anything of it for so long: who asks for writes asks again. */
const IDLE_MS = 1600;
/** The same where the only contact's question waits; in a group several ask about one. */
const SHORT_IDLE_MS = 300;
/** On which somebody draws. */
const LIVE_MS = 4000;
/** Where others wait, whatever is said of it. */
const LONGEST_MS = 8000;
/** An answer is waited for, while somebody else waits for one, at least so long, and up to twice as long. */
const PATIENCE_MS = 1200;
const LOOK_MS = 500;
/** Questions of which nothing comes; of a board that is full here or there, where something else is left for good. */
const VAIN_TRIES = 6;
const VAIN_TRIES_WHILE_REFUSING = 2;
/** Whatever comes of them, others have their turn. */
const MAX_QUESTIONS = 40;
/** After that it is not asked about, ever longer. */
const VAIN_MS = 30_000;
const LONGEST_VAIN_MS = 300_000;

interface Hidden {
  readonly document: HiddenDocument;
  heardAt: number;
  readonly addedAt: number;
  /** Until when something has to come of the questions, where somebody else waits for an answer. */
  patientUntil: number;
  /** When somebody drew on it last. */
  liveAt: number;
  isSettled: boolean;
  /** Questions, and those since something came. */
  asked: number;
  tries: number;
  /** What was here when it was asked about last. */
  digest: StateDigest | undefined;
}

export function createRepairs(deps: RepairsDeps): Repairs {
  const { clock, random, settled, wake } = deps;
  const all = new Map<number, Hidden>();
  const vain = createVain(clock);
  let shown: number | undefined;
  let turn: number | undefined;
  let looking: { readonly at: number; readonly cancel: Cancel } | undefined;

  /** Not at once: a message is being read, and who is told may close the document. */
  function lookIn(delay: number): void {
    const at = clock.now() + delay;
    if (looking && looking.at <= at) return;
    looking?.cancel();
    looking = { at, cancel: clock.after(delay, look) };
  }

  function plan(): void {
    if (!looking && [...all].some(([number, { isSettled }]) => number !== shown && !isSettled))
      lookIn(LOOK_MS);
  }

  function look(): void {
    looking = undefined;
    for (const number of [...all.keys()]) review(number);
    plan();
  }

  function settle(number: number, hidden: Hidden, isLacking: boolean): void {
    const isNews = hidden.asked > 0 && !isLacking;
    Object.assign(hidden, { isSettled: true, asked: 0, tries: 0, patientUntil: Infinity });
    if (turn === number) turn = undefined;
    if (isNews) vain.forget(number);
    settled(number, isNews);
  }

  function review(number: number): void {
    const hidden = all.get(number);
    if (!hidden || hidden.isSettled || number === shown) return;
    const { document } = hidden;
    if (document.answersDueAt() !== undefined || document.changesDueAt() !== undefined) return;
    const isLacking = vain.mayAsk(number) && document.isLacking();
    if (!isNeeded(hidden, isLacking, deps)) settle(number, hidden, isLacking);
  }

  function isInTurn(number: number | undefined): number | undefined {
    const hidden = number === undefined || number === shown ? undefined : all.get(number);
    const isWaiting = hidden && !hidden.isSettled && vain.mayAsk(number!);
    return isWaiting && hidden.document.questionsDueAt() !== undefined ? number : undefined;
  }

  /** Whose turn it is; it stays so until nothing is lacking. */
  function nextTurn(): Hidden | undefined {
    turn = isInTurn(turn) ?? [...all.keys()].find((number) => isInTurn(number) !== undefined);
    return turn === undefined ? undefined : all.get(turn);
  }

  /** Somebody has to look whether it is needed. */
  function begin(hidden: Hidden): void {
    hidden.heardAt = clock.now();
    hidden.isSettled = false;
    plan();
  }

  return {
    add(number, document) {
      const hidden = hiddenFrom(document, clock.now());
      all.set(number, hidden);
      begin(hidden);
    },
    remove: (number) => void all.delete(number),
    setShown(number) {
      const before = shown === undefined ? undefined : all.get(shown);
      shown = number;
      if (before) begin(before);
    },
    heard(number, isLive = false) {
      const hidden = all.get(number);
      if (!hidden) return;
      begin(hidden);
      if (isLive) hidden.liveAt = clock.now();
      if (hidden.asked > 0) lookIn(0);
    },
    makePlace() {
      if (looking && deps.isPair) lookIn(SHORT_IDLE_MS);
    },
    mayAsk: vain.mayAsk,
    dueAt: () => nextTurn()?.document.questionsDueAt(),
    take() {
      const hidden = nextTurn();
      if (!hidden) return [];
      const { document } = hidden;
      const digest = document.digest();
      if (!hidden.digest || !equalDigest(hidden.digest, digest)) hidden.tries = 0;
      const most = document.isRefusing() ? VAIN_TRIES_WHILE_REFUSING : VAIN_TRIES;
      if (hidden.tries >= most || hidden.asked >= MAX_QUESTIONS) {
        vain.add(turn!);
        settle(turn!, hidden, true);
        wake();
        return [];
      }
      const frames = document.takeQuestions();
      if (frames.length === 0) return [];
      if (hidden.tries === 0)
        hidden.patientUntil = clock.now() + PATIENCE_MS + (random.uint32() % PATIENCE_MS);
      Object.assign(hidden, { digest, asked: hidden.asked + 1, tries: hidden.tries + 1 });
      return frames;
    },
    close() {
      looking?.cancel();
      all.clear();
    },
  };
}

function hiddenFrom(document: HiddenDocument, now: number): Hidden {
  return {
    document,
    addedAt: now,
    heardAt: now,
    liveAt: -Infinity,
    patientUntil: Infinity,
    isSettled: false,
    asked: 0,
    tries: 0,
    digest: undefined,
  };
}

/** Whether it has to stay in memory; `isLacking`: something of it may come. */
function isNeeded(hidden: Hidden, isLacking: boolean, { clock, ...others }: RepairsDeps): boolean {
  const now = clock.now();
  if (isLacking) return now < hidden.patientUntil || !others.isAskedForOthers();
  const isAskedForOthers = others.isAskedForOthers();
  const isWaitedFor = isAskedForOthers || others.areOthersLacking();
  if (isWaitedFor && now >= hidden.addedAt + LONGEST_MS) return false;
  const idle = others.isPair && isAskedForOthers ? SHORT_IDLE_MS : IDLE_MS;
  return now < hidden.liveAt + LIVE_MS || (hidden.asked === 0 && now < hidden.heardAt + idle);
}

/** Documents that were asked about in vain, whether they are in memory or not. */
interface Vain {
  mayAsk(number: number): boolean;
  add(number: number): void;
  forget(number: number): void;
}

function createVain(clock: Clock): Vain {
  const all = new Map<number, { readonly until: number; readonly pause: number }>();
  return {
    mayAsk: (number) => (all.get(number)?.until ?? -Infinity) <= clock.now(),
    add(number) {
      const pause = Math.min(LONGEST_VAIN_MS, 2 * (all.get(number)?.pause ?? VAIN_MS / 2));
      all.set(number, { until: clock.now() + pause, pause });
    },
    forget: (number) => void all.delete(number),
  };
}
