/*
 * The deeds of all sessions in one order. What a deed is about comes before it, and of each session everything as
 * it did it: that is certain. Only what none of this decides goes by the moments, which calendars tell that may be
 * wrong by years, and say only whole minutes. So where a session built on what by its calendar was done later, all
 * that it did from then on counts as so much later.
 */
import type { ItemId } from "../document/board.ts";
import { writeOf } from "../document/item-id.ts";
import { CUT_STEPS, decodePlaces } from "../document/marks.ts";
import type { Deed, Does } from "./deeds.ts";

/** What must have been done before: all of a session's writes below a clock. */
interface Need {
  readonly client: number;
  readonly end: number;
}

interface Session {
  readonly client: number;
  readonly deeds: readonly Deed[];
  /** The next one, and what it needs. */
  at: number;
  needs: readonly Need[];
  /** The latest moment that is known of it; what has none comes first. */
  moment: number;
  /** By how much its calendar is behind those of others that it built on, as far as that is known. */
  behind: number;
  /** When its deeds were done, as they are ordered. */
  readonly done: number[];
}

/** One by one, as somebody asks for them. */
export function* mergeDeeds(all: ReadonlyMap<number, readonly Deed[]>): Generator<Deed> {
  const sessions = new Map<number, Session>();
  /** Those that could go on, the earliest at the end. */
  const ready: Session[] = [];
  /** Those that cannot, by whom they wait for. */
  const waiting = new Map<number, Session[]>();

  /** All of a session below this clock has been done. */
  function reached(client: number): number {
    const session = sessions.get(client);
    return session?.deeds[session.at]?.clock ?? Infinity;
  }

  function lackedBy({ needs }: Session): Need | undefined {
    return needs.find(({ client, end }) => reached(client) < end);
  }

  /** When the last of what a need is about was done. */
  function doneAt({ client, end }: Need): number {
    const session = sessions.get(client);
    if (!session) return -Infinity;
    return session.done[countBelow(session.deeds, end) - 1] ?? -Infinity;
  }

  function place(session: Session): void {
    const need = lackedBy(session);
    if (need) {
      const others = waiting.get(need.client);
      if (others) others.push(session);
      else waiting.set(need.client, [session]);
      return;
    }
    const earliest = Math.max(...session.needs.map(doneAt));
    if (session.moment > -Infinity && timeOf(session) < earliest) session.behind = earliest - session.moment;
    ready.splice(countLater(ready, timeOf(session)), 0, session);
  }

  /** Whether there is more to do. */
  function look(session: Session): boolean {
    const next = session.deeds[session.at];
    if (!next) return false;
    session.moment = next.moment ?? session.moment;
    session.needs = needsOf(next).filter(({ client }) => client !== session.client);
    return true;
  }

  /** Honest sessions never wait for one another in a circle. */
  function breakCircle(): Session | undefined {
    const stuck = [...waiting.values()].flat().sort((a, b) => timeOf(a) - timeOf(b))[0];
    if (!stuck) return undefined;
    for (const [client, others] of waiting)
      waiting.set(
        client,
        others.filter((other) => other !== stuck),
      );
    return stuck;
  }

  for (const [client, deeds] of all)
    sessions.set(client, { client, deeds, at: 0, needs: [], moment: -Infinity, behind: 0, done: [] });
  for (const session of sessions.values()) if (look(session)) place(session);
  for (let session = ready.pop() ?? breakCircle(); session;) {
    const { moment, client } = session;
    session.done.push(timeOf(session));
    yield session.deeds[session.at++]!;
    const freed = waiting.get(client) ?? [];
    waiting.delete(client);
    for (const other of freed) place(other);
    const isMore = look(session);
    // What was done in one go stays together, also where another's calendar is behind.
    if (isMore && session.moment === moment && !lackedBy(session)) continue;
    if (isMore) place(session);
    session = ready.pop() ?? breakCircle();
  }
}

function timeOf({ moment, behind }: Session): number {
  return moment + behind;
}

/** How many deeds of a session have a clock below this one. */
function countBelow(deeds: readonly Deed[], clock: number): number {
  let low = 0;
  for (let high = deeds.length; low < high;) {
    const middle = (low + high) >> 1;
    if (deeds[middle]!.clock < clock) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many stand before the place of a moment, in a list with the earliest at the end. */
function countLater(ready: readonly Session[], moment: number): number {
  let low = 0;
  for (let high = ready.length; low < high;) {
    const middle = (low + high) >> 1;
    if (timeOf(ready[middle]!) >= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

function needsOf({ behind, does }: Deed): Need[] {
  const needs: Need[] = behind ? [{ client: behind.client, end: behind.clock + 1 }] : [];
  if (does.of === "mark") return [...needs, ...needsOfMark(does.value)];
  const item = itemOf(does);
  if (item === undefined) return needs;
  const { client, clock } = writeOf(item);
  return [...needs, { client, end: clock + 1 }];
}

/** The item that it is about, if it did not make it. */
function itemOf(does: Does): ItemId | undefined {
  if (does.of === "words") return does.id;
  return does.of === "attribute" && does.subject.of === "item" ? does.subject.id : undefined;
}

function needsOfMark(value: Uint8Array): Need[] {
  const places = decodePlaces(value);
  if (!places) return [];
  const { kind, clients, firsts, ends } = places;
  const steps = kind === "cut" ? CUT_STEPS : 1;
  return clients.map((client, i) => ({ client, end: Math.ceil((ends[firsts[i + 1]! - 1] ?? 0) / steps) }));
}
