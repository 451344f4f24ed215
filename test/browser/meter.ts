import type { Locator } from "playwright-core";

/** What the traffic meter of a phone shows. */
export interface Traffic {
  readonly messages: number;
  readonly bytes: number;
  readonly navigations: number;
  readonly lost: number;
}

/** Milliseconds; see SAVE_MS of src/board/storage/journal.ts. */
const SAVED_AFTER = 2000;

/** What the meter shows after its next reading, at most a second from now. */
export async function readTraffic(meter: Locator): Promise<Traffic> {
  const values = await meter.evaluate(
    (element: HTMLElement) =>
      new Promise<Record<string, string | undefined>>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve(Object.assign({}, element.dataset));
        });
        observer.observe(element, { attributeFilter: ["data-ticks"] });
      }),
  );
  return {
    messages: Number(values["messages"]),
    bytes: Number(values["bytes"]),
    navigations: Number(values["navigations"]),
    lost: Number(values["lost"]),
  };
}

/** Waits until the app has stored nothing for twice the time that it leaves ink unstored. */
export async function untilSaved(meter: Locator): Promise<void> {
  await meter.evaluate(
    (element, quiet) =>
      new Promise<void>((resolve) => {
        let timer: ReturnType<typeof setTimeout>;
        const wait = (): void => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            observer.disconnect();
            resolve();
          }, quiet);
        };
        const observer = new MutationObserver(wait);
        observer.observe(element, { attributeFilter: ["data-writes"] });
        wait();
      }),
    SAVED_AFTER,
  );
}
