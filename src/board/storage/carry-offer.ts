/*
 * Which stored board may be meant to go on, now that the app was opened with other people than before.
 *
 * A board is that of a set of people. Who adds somebody to a group gets an empty board, and the one they
 * had is still there, under the old set. This finds it: a board of nearly the same people, of which this
 * person may bring a copy. What one person stored must not be seen by anybody who was not on that board,
 * except where this person says so; so finding is all that happens here.
 */
import type { Address, Participants } from "../../env/host.ts";
import { boardIdOf } from "./board-id.ts";
import type { RegisterContent } from "./register-codec.ts";

/** The question whether a board is to be copied to this one. All without this person. */
export interface CarryOffer {
  /** Who is on that board. */
  readonly members: readonly Address[];
  /** Who is on this board and not on that one: they would newly see it. */
  readonly added: readonly Address[];
  /** Who is on that board and not on this one. */
  readonly gone: readonly Address[];
}

export interface FoundBoard {
  readonly from: Participants;
  readonly offer: CarryOffer;
}

/** So many people may have come or gone; one in the place of another counts as two. */
const MAX_CHANGES = 2;
/** A group that hides who is who shortens every address, one's own too, to this many characters. */
const MASKED_LENGTH = 32;

/**
 * The board to be offered to whom the app is open with now: of those with the fewest changes the newest.
 * It has somebody in common with this one besides this person, so that neither a private board nor the
 * one with another contact is ever offered. A board that has something of its own is offered none: the
 * people on it have gone on without, and what was drawn with others since is another story.
 */
export function findCarryOffer(
  now: Participants,
  { boards, answers }: RegisterContent,
): FoundBoard | undefined {
  const to = boardIdOf(now);
  const holding = boards.filter(({ holdsSomething }) => holdsSomething);
  if (holding.some(({ participants }) => boardIdOf(participants) === to)) return undefined;
  let best: FoundBoard | undefined;
  for (const { participants: from } of holding) {
    if (!isSamePerson(now, from) || isMasked(now) !== isMasked(from)) continue;
    if (answers.some((each) => each.to === to && each.from === boardIdOf(from))) continue;
    const offer = compare(now, from);
    if (changesOf(offer) === 0 || changesOf(offer) > MAX_CHANGES) continue;
    if (offer.gone.length === offer.members.length) continue;
    if (!best || changesOf(offer) < changesOf(best.offer)) best = { from, offer };
  }
  return best;
}

/** Where a host did not tell the own address, it can be any but a contact's. */
function isSamePerson(a: Participants, b: Participants): boolean {
  if (a.own !== undefined && b.own !== undefined) return a.own === b.own;
  const own = a.own ?? b.own;
  return own === undefined || ![...a.remotes, ...b.remotes].includes(own);
}

function isMasked({ own, remotes }: Participants): boolean {
  return [own ?? [], remotes].flat().some((address) => address.length === MASKED_LENGTH);
}

function compare(now: Participants, from: Participants): CarryOffer {
  return {
    members: from.remotes,
    added: now.remotes.filter((address) => !from.remotes.includes(address)),
    gone: from.remotes.filter((address) => !now.remotes.includes(address)),
  };
}

function changesOf({ added, gone }: CarryOffer): number {
  return added.length + gone.length;
}
