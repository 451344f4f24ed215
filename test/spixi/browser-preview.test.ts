import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createBrowserPreview } from "../../src/spixi/browser-preview.ts";
import type { TextStore } from "../../src/spixi/text-storage.ts";
import { record } from "../contract/host.ts";
import { createTabChannels, createTextStore } from "../support/tab-channels.ts";

function browser(localStorage: TextStore = createTextStore()) {
  const clock = createSimulatedClock();
  const openChannel = createTabChannels(clock);
  const prng = createPrng(1);
  const openTab = () => {
    const channel = openChannel();
    const preview = createBrowserPreview({
      clock,
      random: prng,
      log: { warn: () => undefined },
      channel,
      localStorage: () => localStorage,
    });
    return { ...preview, channel, heard: record(preview.host) };
  };
  return { clock, openTab };
}

describe("browser preview", () => {
  test("tabs that open at the same time take different places of the same board", async () => {
    const { clock, openTab } = browser();
    const tabs = [openTab(), openTab(), openTab(), openTab()];
    await clock.advance(2000);
    const participants = tabs.map(({ heard }) => heard.opened[0]!);
    expect(new Set(participants.map(({ own }) => own)).size).toBe(4);
    for (const { own, remotes } of participants) {
      expect([own, ...remotes].sort()).toEqual([1, 2, 3, 4].map((place) => `browser-tab-${place}`));
    }
  });

  test("a fifth tab is alone and disturbs nobody", async () => {
    const { clock, openTab } = browser();
    const tabs = [openTab(), openTab(), openTab(), openTab()];
    await clock.advance(2000);
    const fifth = openTab();
    await clock.advance(2000);
    expect(fifth.heard.opened).toEqual([{ own: "browser-tab", remotes: [] }]);
    fifth.host.send("x");
    tabs[0]!.host.send("y");
    fifth.host.leave();
    await clock.advance(1000);
    expect(fifth.heard.data).toEqual([]);
    expect(tabs[1]!.heard.data.map(({ text }) => text)).toEqual(["y"]);
    expect(tabs[1]!.heard.ended).toEqual([]);
  });

  test("a tab that is opened again finds its place and its values", async () => {
    const { clock, openTab } = browser();
    const first = openTab();
    await clock.advance(1000);
    const other = openTab();
    await clock.advance(1000);
    await first.storage.write("t", "k", Uint8Array.of(1));
    await other.storage.write("t", "k", Uint8Array.of(2));
    first.host.close();
    await clock.advance(100);
    expect(other.heard.ended).toEqual(["browser-tab-1"]);
    const again = openTab();
    await clock.advance(1000);
    expect(again.heard.opened[0]!.own).toBe("browser-tab-1");
    expect(await again.storage.read("t", "k")).toEqual({ ok: true, value: Uint8Array.of(1) });
  });

  test("a full store is an error", async () => {
    const store = createTextStore();
    const { clock, openTab } = browser({
      ...store,
      setItem(key, value) {
        if (value !== "") throw new Error("quota");
        store.setItem(key, value);
      },
    });
    const { storage } = openTab();
    await clock.advance(1000);
    expect(await storage.write("t", "k", Uint8Array.of(1))).toEqual({ ok: false, error: "Error: quota" });
    store.values.set("inkmesh/browser-tab-1/t/k", "not base64");
    expect((await storage.read("t", "k")).ok).toBe(false);
  });

  test("whatever else is said on the channel is ignored", async () => {
    const { clock, openTab } = browser();
    const tab = openTab();
    const stranger = openTab();
    await clock.advance(1000);
    const messages = [undefined, 7, "text", null, {}, { type: "data" }, { type: "data", from: 1, text: "x" }];
    const { channel } = stranger;
    // Only a window's postMessage takes a target origin; a BroadcastChannel has one origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    for (const message of messages) channel.postMessage(message);
    await clock.advance(100);
    expect(tab.heard.data).toEqual([]);
  });
});
