/*
 * How often ink leaves. Among many people everybody gets the messages of all, so each sends fewer and larger
 * ones; and where much is lost, a message that is lost costs a question and an answer whatever its length.
 * Rules: PROTOCOL.md, S3.
 */

/** With more contacts than this messages are rarer, up to so many times. */
const FEW = 6;
const RAREST = 2;
/** The same where much is lost: about a second passes between messages among twenty. */
const RAREST_WITH_LOSS = 6.5;

/** How many times the usual pauses pass between messages. */
export function paceOf(contacts: number, isLossy: boolean): number {
  if (contacts <= FEW) return 1;
  return isLossy ? Math.min(RAREST_WITH_LOSS, contacts / (FEW / 2)) : Math.min(RAREST, contacts / FEW);
}
