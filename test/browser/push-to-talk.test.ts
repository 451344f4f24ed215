/*
 * The button of the microphone and its key, held and let go at bad moments: nobody is heard who does not want to be.
 */
import { describe, expect, it } from "vitest";
import type { MadeUpCall } from "./crowd-page.ts";
import type { CrowdApp } from "./crowd.ts";
import { group } from "./crowd.ts";
import { useCrowd } from "./crowd-fixture.ts";

const { open } = useCrowd();

const TALKING: Partial<MadeUpCall> = { phase: "talking", members: [0] };

interface InCall {
  readonly app: CrowdApp;
  set(call: Partial<MadeUpCall>): Promise<void>;
  isMuted(): Promise<boolean>;
  asked(): Promise<number>;
}

async function openCall(call: Partial<MadeUpCall>): Promise<InCall> {
  const app = await open();
  await app.show(group(1, 1, 60));
  const set = (next: Partial<MadeUpCall>): Promise<void> =>
    app.crowd.evaluate((on, state) => on.setCall(state), next);
  await set({ ...TALKING, ...call });
  await app.page.locator("#mute-button").waitFor();
  return {
    app,
    set,
    isMuted: () => app.crowd.evaluate((on) => on.isMuted()),
    asked: () => app.crowd.evaluate((on) => on.asked()),
  };
}

describe("the key that is held to talk", () => {
  it("mutes again when it is let go, whatever else is pressed meanwhile", async () => {
    const { app, isMuted } = await openCall({ isMuted: true });
    const { keyboard } = app.page;
    for (const [held, other] of [
      ["Control", "z"],
      ["Control", "y"],
      ["Alt", "ArrowLeft"],
      ["Shift", "R"],
    ] as const) {
      await keyboard.down("F9");
      expect(await isMuted()).toBe(false);
      await keyboard.down(held);
      await keyboard.press(other);
      await keyboard.up("F9");
      expect(await isMuted()).toBe(true);
      await keyboard.up(held);
    }
  });

  it("mutes again when the window is left, and when it is let go there", async () => {
    const { app, isMuted } = await openCall({ isMuted: true });
    await app.page.keyboard.down("F9");
    expect(await isMuted()).toBe(false);
    await app.page.evaluate(() => window.dispatchEvent(new Event("blur")));
    expect(await isMuted()).toBe(true);
    await app.page.keyboard.up("F9");
    expect(await isMuted()).toBe(true);
  });

  it("is of one call: what was held when that ended is not held in the next", async () => {
    const { app, set, isMuted } = await openCall({ isMuted: true });
    await app.page.keyboard.down("F9");
    await set({ phase: "idle" });
    await app.page.keyboard.up("F9");
    await set({ ...TALKING, isMuted: true });
    await app.page.keyboard.down("F9");
    expect(await isMuted()).toBe(false);
    await app.page.keyboard.up("F9");
    expect(await isMuted()).toBe(true);
  });
});

describe("the button of the microphone", () => {
  it("is of one call, too", async () => {
    const { app, set, isMuted } = await openCall({});
    const button = app.page.locator("#mute-button");
    await button.hover();
    await app.page.mouse.down();
    await set({ phase: "idle" });
    await app.page.mouse.up();
    await set(TALKING);
    await button.click();
    expect(await isMuted()).toBe(true);
  });

  it.each(["taken", "closed"] as const)("mutes one that is %s, before it is heard", async (microphone) => {
    const { app, isMuted, asked } = await openCall({ microphone });
    const button = app.page.locator("#mute-button");
    await button.click();
    expect(await isMuted()).toBe(true);
    await button.press("Enter");
    expect(await isMuted()).toBe(false);
    await button.press("Enter");
    expect(await isMuted()).toBe(true);
    expect(await asked()).toBe(0);
  });

  it.each(["refused", "missing", "lost"] as const)(
    "asks again for one that is %s, to be heard",
    async (microphone) => {
      const { app, isMuted, asked } = await openCall({ microphone });
      const button = app.page.locator("#mute-button");
      await button.click();
      await button.press("Enter");
      await button.press("Space");
      expect([await asked(), await isMuted()]).toEqual([3, false]);
    },
  );
});
