/** The function of Playwright's that asks from where one of its calls came. */
const ASKS = "captureRawStack";
const PLAYWRIGHT = "/playwright-core/";
/** So many lines outside of Playwright say where a test was. */
const LINES = 8;

/**
 * Playwright notes for each call from where it came, in case that it fails: fifty lines, each of which Vitest looks up
 * in its maps of the sources, which took a quarter of the call here. It gets those that lead to it.
 */
export function shortenStacks(): void {
  const format = Error.prepareStackTrace;
  if (!format) return;
  Error.prepareStackTrace = (error, frames): unknown => {
    if (frames[0]?.getFunctionName() !== ASKS) return format(error, frames);
    const outside = frames.findIndex((frame) => !frame.getFileName()?.includes(PLAYWRIGHT));
    // The last of its own is the call that is named in what a test that fails says.
    return format(error, frames.slice(Math.max(outside - 1, 0), outside + LINES));
  };
}
