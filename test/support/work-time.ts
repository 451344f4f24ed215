/**
 * Starts to measure what this thread works; calling the result gives the milliseconds so far. It is at most the time
 * that passed (in which others may have had the processor), and at most what all threads of this process worked
 * (some of which collect garbage and compile beside it): the smaller of both.
 */
export function startWork(): () => number {
  const cpu = process.cpuUsage();
  const at = performance.now();
  return () => {
    const passed = performance.now() - at;
    const { user, system } = process.cpuUsage(cpu);
    return Math.min(passed, (user + system) / 1000);
  };
}
