/*
 * The documents beyond the first and the index: most are not in memory. What is told of all of them, which are
 * asked about, and what the session hears of those that it may want in memory. Rules: PROTOCOL.md, S12, S19.
 */
import { LIMITS } from "../board/document/limits.ts";
import type { Clock } from "../env/clock.ts";
import type { Random } from "../env/random.ts";
import { documentWithSlot } from "./documents.ts";
import type { Documents } from "./documents.ts";
import type { DocumentReplica } from "./link/document-replica.ts";
import { FIRST_BEAT_S } from "./link/link.ts";
import type { Link } from "./link/link.ts";
import { createRepairs } from "./roster/repairs.ts";
import type { Repairs } from "./roster/repairs.ts";
import { createRosterTalk } from "./roster/roster-talk.ts";
import type { RosterTalk } from "./roster/roster-talk.ts";
import { writtenEntries } from "./roster/roster.ts";
import type { Roster } from "./roster/roster.ts";
import type { Frame } from "./wire/frame.ts";

/** A frame about a document that is not in memory. */
interface Missed {
  readonly link: Link;
  readonly from: number;
  readonly frame: Frame;
}

export interface FurtherDocuments {
  readonly talk: RosterTalk;
  readonly repairs: Repairs;
  /** Which document an append means, of those that are in memory or in the roster. */
  withSlot(slot: number): number | "ambiguous" | undefined;
  /** Something came about a document that is not in memory. Who asks for everything is answered when it is. */
  missed(number: number, missed?: Missed): void;
  /** It is in memory now: what is lacking is asked for, as far as that was told before. */
  added(number: number, document: DocumentReplica): void;
}

export interface FurtherDocumentsDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly roster: Roster | undefined;
  documents(): Documents;
  /** All contacts. */
  readonly links: readonly Link[];
  /** This page's session. */
  readonly own: number;
  /** Along with questions and signs of life. */
  say(frame: Frame): void;
  wake(): void;
}

/** Whoever asked longer ago than this has asked again, or somebody else. */
const PARKED_MS = 5000;
/** So long after it was told that something is lacking that may still be so. */
const LACKING_MS = 10_000;

export function createFurtherDocuments(deps: FurtherDocumentsDeps): FurtherDocuments {
  const { clock, random, roster, documents, links, wake } = deps;
  /** Questions for everything of documents that are not in memory, by the document's number. */
  const parked = new Map<number, Missed & { readonly at: number }>();
  /** When a contact told last that it has something else of a document that is not in memory. */
  let absentAt = -Infinity;

  const talk = createRosterTalk({
    clock,
    random,
    links,
    own: deps.own,
    entries: () => writtenEntries(roster),
    isInFlight: () => [...documents().others.values()].some((each) => each.isInFlight()),
    differ,
    wake,
  });
  const repairs = createRepairs({
    clock,
    random,
    isPair: links.length === 1,
    isAskedForOthers: () => [...parked.values()].some(isFresh),
    areOthersLacking: () => clock.now() - absentAt < LACKING_MS,
    settled(number, isNews) {
      // Who became equal says so: the contact may be asking too.
      if (isNews) deps.say(documents().others.get(number)!.beat(FIRST_BEAT_S));
      roster?.settled(number);
    },
    wake,
  });

  function isFresh({ at }: { readonly at: number }): boolean {
    return clock.now() - at <= PARKED_MS;
  }

  /** The contact has something else of these: what is in memory asks, the others are to be added. */
  function differ(link: Link, numbers: readonly number[]): void {
    const absent = numbers.filter((number) => {
      // What is shown is in the signs of life, and asks by itself.
      if (number === documents().shown || !repairs.mayAsk(number)) return false;
      const document = documents().others.get(number);
      if (!document) return true;
      if (!document.isLacking()) document.differs(link, talk.toldBy(link, number)!);
      // Also where it has been lacking since it was asked about in vain: it is its turn again.
      if (document.isLacking()) repairs.heard(number);
      return false;
    });
    if (absent.length === 0) return;
    absentAt = clock.now();
    roster?.differs(link.address, absent);
  }

  return {
    talk,
    repairs,
    withSlot: (slot) => documentWithSlot(slot, documents(), roster?.entries().keys() ?? []),
    missed(number, missed) {
      if (missed?.frame.type === "request" && missed.frame.what === "all") {
        parked.delete(number);
        parked.set(number, { ...missed, at: clock.now() });
        const [oldest] = parked.keys();
        if (parked.size > LIMITS.parkedQuestions.takes) parked.delete(oldest!);
        repairs.makePlace();
      }
      roster?.wanted(number);
    },
    added(number, document) {
      for (const link of links) {
        const told = link.state() === "here" ? talk.toldBy(link, number) : undefined;
        if (told) document.differs(link, told);
      }
      const question = parked.get(number);
      parked.delete(number);
      if (question && isFresh(question) && question.from === question.link.session())
        document.receive(question.link, question.from, question.frame, false);
    },
  };
}
