/*
 * Run in the pages that are compared, each on its own: what they need comes with them.
 */

/** Milliseconds from the navigation to the first ink. */
export async function firstInkTime(): Promise<number> {
  const noted = window as unknown as { benchFirstInk?: number };
  while (noted.benchFirstInk === undefined) await new Promise(requestAnimationFrame);
  return noted.benchFirstInk;
}

/** Waits until there is ink and the page has nothing to do for some time: frames come as the screen takes them. */
export async function settled(): Promise<void> {
  const noted = window as unknown as { benchFirstInk?: number };
  const STILL_FRAMES = 20;
  const QUICK_MS = 60;
  const PATIENCE_MS = 20_000;
  const end = performance.now() + PATIENCE_MS;
  const frame = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  let before = await frame();
  for (let still = 0; still < STILL_FRAMES && performance.now() < end;) {
    const now = await frame();
    still = noted.benchFirstInk !== undefined && now - before < QUICK_MS ? still + 1 : 0;
    before = now;
  }
}
