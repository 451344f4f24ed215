/*
 * Calls in the browser: microphones that hum, through the browser's own encoder and decoder and the simulated
 * messenger, to what would be heard.
 */
import { describe, expect, it } from "vitest";
import { pitchOf } from "../../src/simulator/page/tones.ts";
import { heardIn, openPair, pitchIn, talk } from "./calls.ts";
import { allSee } from "./meeting.ts";

describe("a call", () => {
  it("is heard on both sides, shown at who talks, and can be muted and hung up", async () => {
    const pair = await openPair();
    const { hers, his } = pair;
    expect(pitchOf("Alice")).not.toBe(pitchOf("Bob"));
    await talk(pair);
    const owners = await Promise.all([hers, his].map((frame) => heardIn(frame)));
    expect(owners.every(({ peak }) => peak <= 1)).toBe(true);
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    await expect.poll(() => pitchIn(hers)).toBeGreaterThan(0);
    const [his1, hers1] = [await pitchIn(his), await pitchIn(hers)];
    expect(Math.abs(his1 - hers1) * 20).toBeGreaterThan(60);
    for (const frame of [hers, his]) {
      await expect.poll(() => frame.locator("[data-talking].person").count()).toBe(1);
      expect(await frame.locator("#call-text").innerText()).toMatch(/^[\d,]+ characters a second, \d+ ms$/);
    }
    const latency = Number(/(\d+) ms/.exec(await his.locator("#call-text").innerText())![1]);
    console.log(`mouth to ear: ${latency} ms; ${await hers.locator("#call-text").innerText()}`);
    expect(latency).toBeLessThan(1000);
    await hers.locator("#mute-button").click();
    await expect.poll(() => hers.locator("#mute-button").getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => pitchIn(his)).toBe(0);
    // As long as the key is held.
    await hers.locator("#mute-button").dispatchEvent("keydown", { key: "F9" });
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    await hers.locator("#mute-button").dispatchEvent("keyup", { key: "F9" });
    await expect.poll(() => pitchIn(his)).toBe(0);
    await his.locator("#hang-up").click();
    for (const frame of [hers, his])
      await expect.poll(() => frame.locator("#call-bar").isVisible()).toBe(false);
    expect(await pair.simulator.loggedProblems()).toEqual([]);
  });

  it("lets people draw meanwhile, and all of it gets there", async () => {
    const pair = await openPair();
    await talk(pair);
    await expect.poll(() => pitchIn(pair.his)).toBeGreaterThan(0);
    const line = Array.from({ length: 60 }, (_, i) => [60 + 4 * i, 250 + 40 * Math.sin(i / 5)] as const);
    await pair.alice.drawSteadily(line);
    await pair.simulator.boardsEqual();
    await allSee([pair.alice, pair.bob], [line[0]!, line[30]!, line[59]!]);
    await expect.poll(() => pitchIn(pair.his)).toBeGreaterThan(0);
  });

  it("can be declined, and says so", async () => {
    const { hers, his } = await openPair();
    await hers.locator("#talk-button").click();
    await expect.poll(() => hers.locator("#call-text").innerText()).toBe("Calling…");
    await his.locator('.notice[data-kind="call"]').getByRole("button", { name: "Not now" }).click();
    await expect.poll(() => hers.locator(".notice").innerText()).toContain("cannot talk now");
    expect(await hers.locator("#call-bar").isVisible()).toBe(false);
  });

  it("goes on at loss and jitter, and after a while offline", async () => {
    const pair = await openPair("latency=50&jitter=300&loss=0.2");
    await talk(pair);
    await expect.poll(() => pitchIn(pair.his)).toBeGreaterThan(0);
    await pair.bob.setOffline(true);
    await expect.poll(() => pitchIn(pair.his)).toBe(0);
    await pair.bob.setOffline(false);
    await expect.poll(() => pitchIn(pair.his)).toBeGreaterThan(0);
  });

  it("takes the microphone of the device where there is one", async () => {
    const pair = await openPair(undefined, false);
    await talk(pair);
    for (const frame of [pair.hers, pair.his]) {
      await expect.poll(() => frame.locator("#mute-button").getAttribute("data-state")).toBe("open");
      await expect.poll(() => frame.locator("[data-talking].person").count()).toBe(1);
    }
  });

  it("of the messenger's own is shown, and ours not offered", async () => {
    const { hers } = await openPair();
    const page = (script: string): Promise<unknown> => hers.evaluate(script);
    await page("displayCallBar('1', 'Bob, 0:12', 0)");
    await expect.poll(() => hers.locator("#call-bar").innerText()).toContain("Bob, 0:12");
    expect(await hers.locator("#talk-button").isVisible()).toBe(false);
    await page("hideCallBar()");
    await expect.poll(() => hers.locator("#talk-button").isVisible()).toBe(true);
    expect(await hers.locator("#call-bar").isVisible()).toBe(false);
  });
});
