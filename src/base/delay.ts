/** Settles so many milliseconds from now, by this clock, in a task of its own. */
export function delay(clock: { after(ms: number, task: () => void): unknown }, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}
