/*
 * What the pages tell each other of the further documents: a sum over all with each sign of life, and where that
 * is not the own one, the list of them. What each contact told is kept, so the list is asked for only where
 * that does not make its sum. Rules: PROTOCOL.md, S19.
 *
 *     (its sum is the own one, or of what it told) --another sum--> (waiting) --ask--> (asked: again, ever slower)
 *                         ^                                            ^  |               |
 *                         |                                            |  +-- its list <--+
 *                         +------------- such a sum -------------------+
 */
import { earliest } from "../../base/earliest.ts";
import { equalHash } from "../../base/hash.ts";
import type { Hash64 } from "../../base/hash.ts";
import { LIMITS } from "../../board/document/limits.ts";
import { slotOf } from "../../board/document/slot.ts";
import { equalDigest } from "../../board/document/state.ts";
import type { StateDigest } from "../../board/document/state.ts";
import type { Clock } from "../../env/clock.ts";
import type { Random } from "../../env/random.ts";
import type { Link } from "../link/link.ts";
import type { Frame } from "../wire/frame.ts";
import type { RosterEntry, RosterFrame } from "../wire/roster-codec.ts";
import { EMPTY_DIGEST, sumOfEntries } from "./roster.ts";
import { createToldRoster } from "./told-roster.ts";
import type { ToldRoster } from "./told-roster.ts";

export interface RosterTalk {
  /** A frame of the session of the contact that counts; `to`: the slot of the session that it is for. */
  receive(link: Link, frame: RosterFrame, to: number | undefined): void;
  /** What that session has of a document. */
  receiveDigest(link: Link, number: number, digest: StateDigest): void;
  /** The same, as it was told last. */
  toldBy(link: Link, number: number): StateDigest | undefined;
  /** Somebody who is here has something else of any document, as far as it told, or has to be asked for its list. */
  isLacking(): boolean;
  /** Another session of the contact counts from now on. */
  renewed(link: Link): void;
  /** When a list is to be asked for, and what is asked then. */
  questionsDueAt(): number | undefined;
  takeQuestions(): Frame[];
  /** When the next part of the own list is to be told. */
  answersDueAt(): number | undefined;
  takeAnswer(): Frame | undefined;
  /** What a sign of life takes along; nothing where there are no such documents. */
  sum(): Frame[];
}

export interface RosterTalkDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** All contacts. */
  readonly links: readonly Link[];
  /** This page's session. */
  readonly own: number;
  /** What this device has, but for documents without writes. */
  entries(): ReadonlyMap<number, StateDigest>;
  /** Own changes are on their way: what a contact lacks of them says nothing yet. */
  isInFlight(): boolean;
  /** The contact, who is here, has something else of these. */
  differ(link: Link, numbers: readonly number[]): void;
  wake(): void;
}

const FIRST_MS = 400;
const AGAIN_MS = 1400;
const SLOWING = 1.4;
const SLOWEST_MS = 60_000;
/** Among many somebody's sum is other at every moment: what makes it so is mostly on its way. */
const FIRST_OF_GROUP_MS = 1500;
const SPREAD_MS = 200;
/** So long an answer to somebody else's question is waited for. */
const COVER_MS = 1500;
const ANSWER_AGAIN_MS = 60_000 / LIMITS.rosterAnswers.writes;
/** In a group several may ask. */
const GATHER_MS = 300;
/** Of one message. */
const MOST = 8;

/** What one contact told, and when it is asked for the rest. */
interface Contact {
  readonly told: ToldRoster;
  askAt: number;
  askedAt: number;
  pause: number;
}

export function createRosterTalk(deps: RosterTalkDeps): RosterTalk {
  const { clock, random, links, entries, wake } = deps;
  const isPair = links.length === 1;
  const contacts = new Map<Link, Contact>();
  /** The own list, as far as it is not told yet. */
  const parts: Frame[] = [];
  let listAt: number | undefined;
  let lastList = -Infinity;

  function contactOf(link: Link): Contact {
    const contact = contacts.get(link) ?? {
      told: createToldRoster(),
      askAt: Infinity,
      askedAt: -Infinity,
      pause: AGAIN_MS,
    };
    contacts.set(link, contact);
    return contact;
  }

  function lack(contact: Contact): void {
    const spread = isPair ? 0 : random.uint32() % (SPREAD_MS * (1 + Math.log2(links.length)));
    const first = clock.now() + (isPair ? FIRST_MS : FIRST_OF_GROUP_MS) + spread;
    contact.askAt = Math.min(contact.askAt, Math.max(first, contact.askedAt + contact.pause));
    wake();
  }

  function compare(link: Link, { told }: Contact): void {
    const differing = link.state() === "here" ? told.differing(entries()) : [];
    if (differing.length > 0) deps.differ(link, differing);
  }

  function receiveSum(link: Link, sum: Hash64): void {
    const contact = contactOf(link);
    const own = entries();
    const isEqual = equalHash(sum, sumOfEntries(own));
    if (isEqual) contact.told.replace(own);
    if (isEqual || contact.told.makes(sum)) Object.assign(contact, { askAt: Infinity, pause: AGAIN_MS });
    if (isEqual || deps.isInFlight()) return;
    if (contact.told.makes(sum)) compare(link, contact);
    else lack(contact);
  }

  function receiveList(link: Link, isFirst: boolean, list: readonly RosterEntry[]): void {
    const contact = contactOf(link);
    if (isFirst) contact.told.replace(list);
    else for (const [number, digest] of list) contact.told.tell(number, digest);
    // Where it is not all, the next sum tells.
    contact.askAt = Infinity;
    compare(link, contact);
  }

  /** Everybody hears the list. */
  function receiveRequest(to: number | undefined, isForThis: boolean): void {
    if (isForThis) {
      if (parts.length > 0) return;
      listAt ??= Math.max(clock.now() + (isPair ? 0 : GATHER_MS), lastList + ANSWER_AGAIN_MS);
      return wake();
    }
    for (const [link, contact] of contacts) {
      const session = link.session();
      const isAsked = session !== undefined && slotOf(session) === to;
      if (isAsked) contact.askAt = Math.max(contact.askAt, clock.now() + COVER_MS);
    }
  }

  function beginList(): void {
    const all = [...entries()].sort(([a], [b]) => a - b);
    const most = LIMITS.listedDocuments.writes;
    for (let from = 0; from === 0 || from < all.length; from += most)
      parts.push({ type: "roster", isFirst: from === 0, entries: all.slice(from, from + most) });
    listAt = undefined;
    lastList = clock.now();
  }

  return {
    receive(link, frame, to) {
      if (frame.type === "roster-sum") receiveSum(link, frame.sum);
      else if (frame.type === "roster") receiveList(link, frame.isFirst, frame.entries);
      else receiveRequest(to, to === undefined || to === slotOf(deps.own));
    },
    receiveDigest(link, number, digest) {
      contactOf(link).told.tell(number, digest);
      if (!equalDigest(digest, entries().get(number) ?? EMPTY_DIGEST)) deps.differ(link, [number]);
    },
    toldBy: (link, number) => contacts.get(link)?.told.of(number),
    isLacking: () =>
      [...contacts].some(
        ([link, { askAt, told }]) =>
          link.state() === "here" && (askAt < Infinity || told.differing(entries()).length > 0),
      ),
    renewed: (link) => void contacts.delete(link),
    questionsDueAt: () => earliest([...contacts.values()].map(({ askAt }) => askAt)),
    takeQuestions() {
      const frames: Frame[] = [];
      for (const [link, contact] of contacts) {
        if (contact.askAt > clock.now()) continue;
        const session = link.state() === "here" ? link.session() : undefined;
        if (session === undefined) contact.askAt = Infinity;
        if (session === undefined || frames.length === MOST) continue;
        Object.assign(contact, {
          askedAt: clock.now(),
          askAt: clock.now() + contact.pause,
          pause: Math.min(SLOWEST_MS, contact.pause * SLOWING),
        });
        frames.push({ type: "roster-request", ...(isPair ? {} : { to: slotOf(session) }) });
      }
      return frames;
    },
    answersDueAt: () => (parts.length > 0 ? -Infinity : listAt),
    takeAnswer() {
      if (parts.length === 0 && listAt !== undefined) beginList();
      return parts.shift();
    },
    sum() {
      const own = entries();
      return own.size > 0 ? [{ type: "roster-sum", sum: sumOfEntries(own) }] : [];
    },
  };
}
