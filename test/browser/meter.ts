import type { Locator } from "playwright-core";
import { expect } from "vitest";

/** What the traffic meter of a phone shows. */
export interface Traffic {
  readonly messages: number;
  readonly bytes: number;
  readonly navigations: number;
  readonly lost: number;
}

/** Waits until the phone's storage is in files, which a kill of the messenger leaves as they are. */
export async function untilOnDisk(meter: Locator): Promise<void> {
  await expect.poll(() => meter.getAttribute("data-on-disk")).toBe("true");
}

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
