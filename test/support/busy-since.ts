/** Milliseconds that this process worked, which those do not count in which others had the processor. */
export function busySince(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
