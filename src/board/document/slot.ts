const SLOT_BITS = 16;

/**
 * The low bits of a session's number, which say in few bytes who is meant: enough to tell apart those who
 * are here, and one person's sessions. A page draws a session whose slot is free on its board.
 */
export function slotOf(session: number): number {
  return session & (2 ** SLOT_BITS - 1);
}
