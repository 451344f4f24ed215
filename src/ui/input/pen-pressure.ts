/**
 * How hard a pen presses, from what its events say: 0 .. 1, and 0.5 where they say nothing. A pen that
 * measures no pressure ought to report 0.5, and some report 0 for ever; one that measures may well begin a
 * stroke with a 0. So a 0 counts from the first reading on that only a measuring pen gives.
 */
export function createPenPressure(): (reported: number) => number {
  let measures = false;
  return (reported) => {
    if (!Number.isFinite(reported)) return 0.5;
    if (reported !== 0 && reported !== 0.5) measures = true;
    return reported === 0 && !measures ? 0.5 : reported;
  };
}
