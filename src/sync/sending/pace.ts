/** With more contacts than this messages are rarer, up to so many times. */
const FEW = 6;
const RAREST = 2;

/**
 * How many times the usual pauses pass between messages of ink: among many people everybody gets those of
 * all, so each sends fewer and larger ones. Rules: PROTOCOL.md, S3.
 */
export function paceOf(contacts: number): number {
  return Math.min(RAREST, Math.max(1, contacts / FEW));
}
