import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { createSession } from "../../src/session.ts";
import { createPageClock } from "../../src/simulator/page-clock.ts";
import { createSimulatedCalendar } from "../../src/simulator/simulated-calendar.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createBrowserPreview } from "../../src/spixi/browser-preview.ts";
import type { TextStore } from "../../src/spixi/text-storage.ts";
import { record } from "../contract/host.ts";
import { HEADER } from "../support/room.ts";
import { createTabChannels, createTabLocks, createTextStore } from "../support/tab-channels.ts";
import type { SimulatedLocks } from "../support/tab-channels.ts";
import { inkOn } from "../support/ink.ts";

const PLACES = Array.from({ length: 8 }, (_, i) => `browser-tab-${i + 1}`);

/** `openLocks`: what gives a tab its locks; without it this browser has none. */
function browser(localStorage: TextStore = createTextStore(), seed = 1, openLocks?: () => SimulatedLocks) {
  const clock = createSimulatedClock();
  const channels = createTabChannels(clock);
  const prng = createPrng(seed);

  function openPorts() {
    const pageClock = createPageClock(clock);
    const channel = channels.open();
    const env = { clock: pageClock, random: prng, log: { warn: () => undefined } };
    const locks = openLocks?.();
    const preview = createBrowserPreview({ ...env, channel, locks, localStorage: () => localStorage });
    return {
      ...preview,
      channel,
      env: { ...env, calendar: createSimulatedCalendar(pageClock), ...preview },
      /** The tab runs nothing until it thaws. */
      freeze() {
        channel.freeze();
        pageClock.setTimers("stopped");
      },
      thaw() {
        pageClock.setTimers("normal");
        channel.thaw();
      },
      /** The tab is gone without a word. */
      kill() {
        channel.close();
        locks?.close();
        pageClock.close();
      },
    };
  }

  return {
    clock,
    channels,
    openTab() {
      const ports = openPorts();
      return { ...ports, heard: record(ports.host) };
    },
    /** A tab with the app in it. */
    openApp() {
      const ports = openPorts();
      const session = createSession(ports.env);
      const notices: string[] = [];
      session.onNotice(({ kind }) => notices.push(kind));
      return {
        ...ports,
        session,
        notices,
        draw(x: number) {
          const writer = session.board()!.startStroke(HEADER);
          writer.add([{ x, y: 0, pressure: 0.5 }]);
          writer.end();
        },
        seen: () => new Set(inkOn(session.board()).map(({ points }) => points[0]!.x)),
        /** As the page does when it is closed, or loaded again. */
        shut() {
          session.hide();
          ports.kill();
        },
      };
    },
  };
}

describe("places in a plain browser", () => {
  test("tabs that open at the same time take different places of the same board", async () => {
    const { clock, openTab } = browser();
    const tabs = PLACES.map(() => openTab());
    await clock.advance(4000);
    const participants = tabs.map(({ heard }) => heard.opened[0]!);
    expect(new Set(participants.map(({ own }) => own)).size).toBe(8);
    for (const { own, remotes } of participants) {
      expect(remotes).toEqual(PLACES.filter((place) => place !== own));
    }
  });

  test("a ninth tab disturbs nobody, and gets the place of the next one that goes", async () => {
    const { clock, openTab } = browser();
    const tabs = PLACES.map(() => openTab());
    await clock.advance(4000);
    const ninth = openTab();
    await clock.advance(4000);
    expect(ninth.heard.opened).toEqual([]);
    ninth.host.send("x");
    tabs[0]!.host.send("y");
    await clock.advance(1000);
    expect(ninth.heard.data).toEqual([]);
    expect(tabs[1]!.heard.data.map(({ text }) => text)).toEqual(["y"]);
    const { own } = tabs[3]!.heard.opened[0]!;
    tabs[3]!.kill();
    await clock.advance(4000);
    expect(ninth.heard.opened.map((participants) => participants.own)).toEqual([own]);
    expect(tabs.every(({ heard }) => heard.opened.length === 1)).toBe(true);
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
    const others = await Promise.all(again.otherStorages.map((storage) => storage.read("t", "k")));
    expect(others.flatMap((result) => (result.ok && result.value ? [...result.value] : []))).toEqual([2]);
  });

  test.each([1, 2, 3, 4, 5, 6])(
    "of two settled tabs at one place one moves on, in few words (%i)",
    async (seed) => {
      const { clock, channels, openTab } = browser(createTextStore(), seed);
      const frozen = openTab();
      await clock.advance(1000);
      frozen.freeze();
      const second = openTab();
      await clock.advance(1000);
      const third = openTab();
      await clock.advance(1000);
      expect(second.heard.opened[0]!.own).toBe("browser-tab-1");
      const before = channels.posts();
      frozen.thaw();
      await clock.advance(50);
      const writes = [frozen, second].map(({ storage }) => storage.write("late", "k", Uint8Array.of(1)));
      await clock.advance(60_000);
      expect(channels.posts() - before).toBeLessThan(20);
      const own = [frozen, second, third].map(({ heard }) => heard.opened.at(-1)!.own);
      expect(new Set(own).size).toBe(3);
      expect(frozen.heard.opened.length + second.heard.opened.length).toBe(3);
      expect(third.heard.opened).toHaveLength(1);
      // Who has lost the place writes neither there nor, with what belongs there, anywhere else.
      const written = (await Promise.all(writes)).map(({ ok }) => ok);
      expect(written).toEqual([frozen, second].map(({ heard }) => heard.opened.length === 1));
    },
  );

  test("a settled tab answers who asks and who claims, and nobody else", async () => {
    const { clock, channels, openTab } = browser();
    openTab();
    await clock.advance(1000);
    const stranger = channels.open();
    const answers: unknown[] = [];
    stranger.addEventListener("message", ({ data }) => answers.push(data));
    const answersTo = async (message: unknown): Promise<number> => {
      answers.length = 0;
      // Only a window's postMessage takes a target origin; a BroadcastChannel has one origin.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      stranger.postMessage(message);
      await clock.advance(10);
      return answers.length;
    };
    const claim = { type: "taken", place: "browser-tab-1", rank: 0 };
    expect(await answersTo({ type: "who" })).toBe(1);
    expect(await answersTo({ ...claim, settled: false })).toBe(1);
    expect(await answersTo({ ...claim, place: "browser-tab-2", settled: true })).toBe(0);
    expect(await answersTo({ type: "bye", from: "browser-tab-2" })).toBe(0);
  });

  test("whatever else is said on the channel is ignored", async () => {
    const { clock, openTab } = browser();
    const tab = openTab();
    const stranger = openTab();
    await clock.advance(1000);
    const messages = [undefined, 7, "text", null, {}, { type: "data" }, { type: "data", from: 1, text: "x" }];
    const { channel } = stranger;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    for (const message of messages) channel.postMessage(message);
    await clock.advance(100);
    expect(tab.heard.data).toEqual([]);
  });
});

describe("places in a browser that has locks", () => {
  const withLocks = () => browser(createTextStore(), 1, createTabLocks());

  test("a tab has its place at once, and tabs that open at the same time have different ones", async () => {
    const { clock, openTab } = withLocks();
    const tabs = PLACES.map(() => openTab());
    await clock.advance(1);
    expect(new Set(tabs.map(({ heard }) => heard.opened[0]?.own))).toEqual(new Set(PLACES));
  });

  test("a ninth tab gets the place of the next one that goes", async () => {
    const { clock, openTab } = withLocks();
    const tabs = PLACES.map(() => openTab());
    await clock.advance(1);
    const ninth = openTab();
    await clock.advance(4000);
    expect(ninth.heard.opened).toEqual([]);
    const { own } = tabs[3]!.heard.opened[0]!;
    tabs[3]!.kill();
    await clock.advance(4000);
    expect(ninth.heard.opened.map((participants) => participants.own)).toEqual([own]);
    expect(tabs.every(({ heard }) => heard.opened.length === 1)).toBe(true);
  });

  test("a tab that was closed, or closed before it had any, leaves its place to the next", async () => {
    const { clock, openTab } = withLocks();
    const first = openTab();
    await clock.advance(1);
    first.host.close();
    openTab().host.close();
    await clock.advance(1);
    const again = openTab();
    await clock.advance(1);
    expect(again.heard.opened[0]!.own).toBe("browser-tab-1");
  });

  test("a frozen tab keeps its place, and nobody moves", async () => {
    const { clock, openTab } = withLocks();
    const frozen = openTab();
    await clock.advance(1);
    frozen.freeze();
    const second = openTab();
    await clock.advance(10_000);
    frozen.thaw();
    await clock.advance(60_000);
    expect(frozen.heard.opened.map(({ own }) => own)).toEqual(["browser-tab-1"]);
    expect(second.heard.opened.map(({ own }) => own)).toEqual(["browser-tab-2"]);
  });

  test.each([1, 2, 3, 4])("it comes to an end with a tab that knows of no locks (%i)", async (seed) => {
    let isOld = true;
    const openLocks = createTabLocks();
    const mixed = browser(createTextStore(), seed, () => (isOld ? refusedLocks() : openLocks()));
    const old = mixed.openTab();
    await mixed.clock.advance(1000);
    isOld = false;
    const tab = mixed.openTab();
    await mixed.clock.advance(5000);
    const before = mixed.channels.posts();
    await mixed.clock.advance(60_000);
    expect(mixed.channels.posts()).toBe(before);
    const own = [old, tab].map(({ heard }) => heard.opened.at(-1)!.own);
    expect(new Set(own).size).toBe(2);
  });
});

/** As in a browser that forbids them. */
function refusedLocks(): SimulatedLocks {
  return { take: () => Promise.reject(new Error("SecurityError")), close: () => undefined };
}

describe("what is stored in a plain browser", () => {
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
    // A damaged value, of which whoever stored it knows that it is none of its own.
    expect(await storage.read("t", "k")).toEqual({ ok: true, value: new TextEncoder().encode("not base64") });
  });

  test("ink is there in whichever tab is opened next", async () => {
    const { clock, openApp } = browser();
    const one = openApp();
    await clock.advance(2000);
    const two = openApp();
    await clock.advance(2000);
    one.draw(1);
    await clock.advance(2000);
    one.shut();
    await clock.advance(2000);
    two.draw(2);
    await clock.advance(2000);
    two.shut();
    const reloaded = openApp();
    await clock.advance(2000);
    expect(reloaded.session.own()).toBe("browser-tab-1");
    expect(reloaded.seen()).toEqual(new Set([1, 2]));
    reloaded.draw(3);
    reloaded.shut();
    const [next, after] = [openApp(), openApp()];
    await clock.advance(4000);
    for (const tab of [next, after]) expect(tab.seen()).toEqual(new Set([1, 2, 3]));
  });

  test.each([1, 2, 3, 4])("a tab that moves to another place keeps its board (%i)", async (seed) => {
    const store = createTextStore();
    const { clock, openApp } = browser(store, seed);
    const frozen = openApp();
    await clock.advance(2000);
    frozen.draw(1);
    await clock.advance(5000);
    frozen.freeze();
    const second = openApp();
    await clock.advance(2000);
    second.draw(2);
    await clock.advance(5000);
    frozen.thaw();
    // Not written yet when the tabs find that they have the same place.
    frozen.draw(3);
    second.draw(4);
    await clock.advance(20_000);
    expect(new Set([frozen.session.own(), second.session.own()]).size).toBe(2);
    for (const tab of [frozen, second]) {
      expect(tab.seen()).toEqual(new Set([1, 2, 3, 4]));
      expect(tab.notices).toEqual([]);
    }
    for (const tab of [frozen, second]) tab.shut();
    const again = openApp();
    await clock.advance(2000);
    expect(again.seen()).toEqual(new Set([1, 2, 3, 4]));
    expect(again.notices).toEqual([]);
  });
});
