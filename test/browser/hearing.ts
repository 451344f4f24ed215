/*
 * What a page of the app hears from its contacts, for tests that must know when news has come.
 */
import { expect, vi } from "vitest";
import type { Address } from "../../src/env/host.ts";
import { decodeMessage } from "../support/messages.ts";
import type { Place } from "./picture.ts";
import type { SimulatedPhone } from "./simulator.ts";

interface Sdk {
  heard: [sender: string, text: string][];
  onNetworkData(sender: string, text: string): void;
}

/** The bar above is not as high as the one below: an empty board's middle is not quite what a person sees. */
const NEAR = 10;

/** What a phone's page hears from now on, from one address. */
export async function listen(phone: SimulatedPhone, from: Address): Promise<() => Promise<string[]>> {
  const app = await phone.frame();
  await app.evaluate(() => {
    const sdk = (window as unknown as { SpixiAppSdk: Sdk }).SpixiAppSdk;
    const { onNetworkData } = sdk;
    sdk.heard = [];
    sdk.onNetworkData = (sender, text) => {
      sdk.heard.push([sender, text]);
      onNetworkData(sender, text);
    };
  });
  return async () => {
    const heard = await app.evaluate(() => (window as unknown as { SpixiAppSdk: Sdk }).SpixiAppSdk.heard);
    return heard.filter(([sender]) => sender === from).map(([, text]) => text);
  };
}

/**
 * Waits until a phone's page knows that a contact looks at this place of the world, which is the middle of
 * what the contact sees. `heard` is what `listen` returned before the contact looked there.
 */
export async function untilLooking(
  phone: SimulatedPhone,
  heard: () => Promise<string[]>,
  [x, y]: Place,
): Promise<void> {
  await vi.waitFor(
    async () => {
      const said = middleOf(await heard());
      expect(said && Math.hypot(said[0] - x, said[1] - y), `from ${x}, ${y}`).toBeLessThan(NEAR);
    },
    { timeout: 30_000, interval: 20 },
  );
  // What a page hears it takes in within a frame.
  await (
    await phone.frame()
  ).evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

/** The middle of what a person said last to see; undefined where nothing was said of it. */
function middleOf(texts: readonly string[]): Place | undefined {
  const presence = texts
    .flatMap((text) => decodeMessage(text)?.frames ?? [])
    .filter((frame) => frame.type === "presence")
    .at(-1)?.presence;
  if (!presence) return undefined;
  const { minX, minY, maxX, maxY } = presence.view;
  return [(minX + maxX) / 2, (minY + maxY) / 2];
}
