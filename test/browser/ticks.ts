import type { Frame, Page } from "playwright-core";

/** Counts how often the device ticks from now on. Returns the function that tells. */
export async function countTicks(app: Page | Frame): Promise<() => Promise<number>> {
  const felt = await app.evaluateHandle(() => {
    const counter = { ticks: 0 };
    navigator.vibrate = () => ++counter.ticks > 0;
    return counter;
  });
  return () => felt.evaluate(({ ticks }) => ticks);
}
