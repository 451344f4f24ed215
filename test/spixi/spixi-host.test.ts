import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { createSession } from "../../src/session.ts";
import type { Session } from "../../src/session.ts";
import type { SimulatorEvent } from "../../src/simulator/events.ts";
import type { NetworkSettings } from "../../src/simulator/network.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { World } from "../../src/simulator/world.ts";
import { createWorld } from "../../src/simulator/world.ts";
import { record } from "../contract/host.ts";
import type { PageOptions } from "../support/phones.ts";
import { createPage } from "../support/phones.ts";
import { HEADER } from "../support/room.ts";
import { inkOn } from "../support/ink.ts";

function setUp(network: Partial<NetworkSettings> = {}) {
  const clock = createSimulatedClock();
  const world = createWorld({ clock, prng: createPrng(1), network: { latency: 50, jitter: 0, ...network } });
  const events: SimulatorEvent[] = [];
  world.onEvent((event) => events.push(event));
  const ofType = <T extends SimulatorEvent["type"]>(type: T) =>
    events.filter((event): event is Extract<SimulatorEvent, { type: T }> => event.type === type);
  return { clock, world, ofType };
}

function openPage(world: World, address: string, contacts: readonly string[], options: PageOptions = {}) {
  const page = createPage(world, address, contacts, options);
  return { ...page, heard: record(page.host) };
}

const PHONES: readonly PageOptions[] = [
  { platform: "android" },
  { platform: "ios" },
  { platform: "windows", decimalComma: true },
  { platform: "macos" },
];

describe.each(PHONES)("navigation rules on $platform", (options) => {
  test("1000 sends and 100 writes in one task all arrive, and neither starves", async () => {
    const { clock, world, ofType } = setUp();
    const alice = openPage(world, "alice", ["bob"], options);
    const bob = openPage(world, "bob", ["alice"], options);
    await clock.advance(20_000);
    const start = clock.now();
    const texts = Array.from({ length: 1000 }, (_, i) => `message ${i}`);
    for (const text of texts) alice.host.send(text);
    const writes = Array.from({ length: 100 }, (_, i) =>
      alice.storage.write("table", `key-${i}`, Uint8Array.of(i)),
    );
    let writtenAt = 0;
    const results = Promise.all(writes).then((all) => {
      writtenAt = clock.now() - start;
      return all;
    });
    await clock.advance(90_000);
    expect(bob.heard.data.map(({ text }) => text)).toEqual(texts);
    expect((await results).every(({ ok }) => ok)).toBe(true);
    // Taking turns, the writes are through after twice their own time.
    expect(writtenAt).toBeLessThan(200 * 70);
    expect(ofType("navigation-lost")).toEqual([]);
    expect(alice.view.state()).toBe("open");
  });

  test("a flush of a hundred requests loses none", async () => {
    const { clock, world, ofType } = setUp();
    const alice = openPage(world, "alice", ["bob"], options);
    const bob = openPage(world, "bob", ["alice"], options);
    await clock.advance(20_000);
    for (let i = 0; i < 70; i++) alice.host.send(i % 2 ? "same" : "same again");
    for (let i = 0; i < 20; i++) alice.host.send("same");
    for (let i = 0; i < 10; i++) void alice.storage.write("t", "k", Uint8Array.of(i));
    alice.host.flush();
    await clock.advance(400);
    expect(ofType("storage-write")).toHaveLength(10);
    expect(bob.heard.data).toHaveLength(90);
    expect(ofType("navigation-lost")).toEqual([]);
  });

  test("text beyond Latin-1 arrives as it was sent", async () => {
    const { clock, world } = setUp();
    const alice = openPage(world, "alice", ["bob"], options);
    const bob = openPage(world, "bob", ["alice"], options);
    await clock.advance(5000);
    const text = "Zoë, Ελένη, 中文, 😀 'quoted' \"twice\" \\ \n </script>";
    alice.host.send(text);
    await clock.advance(1000);
    expect(bob.heard.data).toEqual([{ sender: "alice", text }]);
  });

  test("a text that is too large is refused; the page lives on", async () => {
    const { clock, world } = setUp();
    const alice = openPage(world, "alice", ["bob"], options);
    const bob = openPage(world, "bob", ["alice"], options);
    await clock.advance(5000);
    expect(alice.host.send("x".repeat(3_000_000))).toBe("too-large");
    expect(alice.host.send("é".repeat(alice.host.maxLength))).toBe("queued");
    alice.host.send("alive");
    await clock.advance(2000);
    expect(bob.heard.data.map(({ text }) => text.length)).toEqual([alice.host.maxLength, "alive".length]);
    expect(alice.view.state()).toBe("open");
  });

  test("no handler's exception reaches the host", async () => {
    const { clock, world, ofType } = setUp();
    const page = createPage(world, "alice", ["bob"], options);
    const fail = (): never => {
      throw new Error("handler");
    };
    page.host.open({ opened: fail, data: fail, ended: fail });
    const bob = openPage(world, "bob", ["alice"], options);
    await clock.advance(5000);
    bob.host.send("hello");
    await clock.advance(1000);
    bob.back();
    await clock.advance(1000);
    expect(page.warnings).toHaveLength(3);
    expect(ofType("script-error")).toEqual([]);
  });
});

describe("spixi host", () => {
  test("announces itself with the SDK version, once", async () => {
    const { clock, world, ofType } = setUp();
    openPage(world, "alice", ["bob"]);
    await clock.advance(120_000);
    expect(ofType("announced").map(({ version }) => version)).toEqual(["0.51"]);
  });

  test("announces a whole number after 3 s where the version is not understood", async () => {
    const { clock, world, ofType } = setUp();
    const { heard } = openPage(world, "alice", ["bob"], { decimalComma: true });
    await clock.advance(2900);
    expect(heard.opened).toEqual([]);
    await clock.advance(120_000);
    expect(ofType("announced").map(({ version, understood }) => [version, understood])).toEqual([
      ["0.51", false],
      ["1", true],
    ]);
    expect(heard.opened).toEqual([{ own: "alice", remotes: ["bob"] }]);
  });

  test("goes on announcing itself, ever more seldom, to a host that stays silent", async () => {
    const clock = createSimulatedClock();
    const world = createWorld({ clock, prng: createPrng(1) });
    const page = createPage(world, "alice", ["bob"]);
    const announced: number[] = [];
    world.onEvent(({ type, at }) => type === "announced" && announced.push(Math.round(at / 1000)));
    delete page.globals.executeUiCommand;
    page.host.open({ opened: () => undefined, data: () => undefined, ended: () => undefined });
    await clock.advance(200_000);
    expect(announced).toEqual([0, 3, 6, 12, 24, 48, 96, 144, 192]);
  });

  test("alone: no contacts, and sending harms nothing", async () => {
    const { clock, world, ofType } = setUp();
    const { host, heard } = openPage(world, "alice", []);
    await clock.advance(1000);
    expect(heard.opened).toEqual([{ own: "alice", remotes: [] }]);
    expect(host.send("x")).toBe("queued");
    await clock.advance(1000);
    expect(ofType("sent")).toEqual([]);
  });

  test("an old host names several contacts in one argument", async () => {
    const { clock, world } = setUp();
    const { heard } = openPage(world, "alice", ["bob", "carol"], { host: "old" });
    await clock.advance(1000);
    expect(heard.opened).toEqual([{ own: undefined, remotes: ["bob", "carol"] }]);
  });

  test("an old host names nobody where the app is opened alone", async () => {
    const { clock, world } = setUp();
    const { heard } = openPage(world, "alice", [], { host: "old" });
    await clock.advance(1000);
    expect(heard.opened).toEqual([{ own: undefined, remotes: [] }]);
  });

  test("an old host's single contact is recognised when it speaks", async () => {
    const { clock, world } = setUp();
    const alice = openPage(world, "alice", ["bob"], { host: "old" });
    const bob = openPage(world, "bob", ["alice"]);
    await clock.advance(1000);
    bob.host.send("hello");
    await clock.advance(1000);
    const withBob = { own: undefined, remotes: ["bob"] };
    expect(alice.heard.opened).toEqual([{ own: "bob", remotes: [] }, withBob]);
    const { onInit } = alice.globals.SpixiAppSdk as { onInit: (...args: string[]) => void };
    onInit("session", "bob");
    expect(alice.heard.opened.at(-1)).toEqual(withBob);
    expect(alice.heard.data).toEqual([{ sender: "bob", text: "hello" }]);
  });

  test("data of other apps' protocols is ignored", async () => {
    const { clock, world, ofType } = setUp();
    const alice = openPage(world, "alice", ["bob"]);
    const bob = world.phone("bob").openApp({
      appId: alice.view.appId,
      contacts: ["alice"],
      evaluate: () => undefined,
    });
    await clock.advance(1000);
    bob.navigate(`xa:${btoa('{"c":"ds","d":"move","pid":"chess"}')}`);
    await clock.advance(1000);
    expect(ofType("delivered")).toHaveLength(1);
    expect(alice.heard.data).toEqual([]);
    expect(alice.warnings).toEqual([]);
  });

  test("a page with one contact hears nothing of another, though the session has the same id", async () => {
    const { clock, world, ofType } = setUp();
    const withBob = openPage(world, "alice", ["bob"]);
    const carol = openPage(world, "carol", ["alice"]);
    await clock.advance(1000);
    carol.host.send("hello");
    await clock.advance(1000);
    expect(withBob.heard.data).toEqual([]);
    expect(ofType("dropped")).toHaveLength(1);
  });

  test("whatever the host calls with, nothing is thrown and nothing is told", () => {
    const { world } = setUp();
    const page = createPage(world, "alice", ["bob"]);
    const heard = record(page.host);
    const sdk = page.globals.SpixiAppSdk as Record<string, (...args: unknown[]) => void>;
    const execute = page.globals.executeUiCommand as (...args: unknown[]) => void;
    execute(undefined);
    execute(sdk["onNetworkData"], "not base64", "!");
    execute(sdk["onNetworkData"], 7, null);
    execute(sdk["onNetworkData"], btoa("stranger"), btoa("text"));
    execute(sdk["onAppEndSession"], btoa("stranger"), "");
    for (const answer of ["", "{", "null", "7", "[]", '{"id":{}}', '{"id":"1"}', '{"id":"99","r":"x"}']) {
      execute(sdk["ar"], btoa(answer));
      sdk["ar"]!(btoa(answer));
    }
    for (const name of Object.keys(sdk).filter((each) => each !== "onInit")) execute(sdk[name]);
    expect(heard).toEqual({ opened: [], data: [], ended: [] });
  });

  test.each([
    [],
    [7],
    [null, {}],
    [undefined, undefined],
    ["session", 7],
    ["session", "", ["bob"]],
    ["session", {}],
  ])("the host's odd call onInit(%j, %j, %j) opens a page that is alone", async (...args) => {
    const { world, clock } = setUp();
    const page = createPage(world, "alice", ["bob"]);
    page.globals.executeUiCommand = () => undefined;
    const heard = record(page.host);
    await clock.advance(100);
    const sdk = page.globals.SpixiAppSdk as Record<string, (...given: unknown[]) => void>;
    for (const name of ["onInit", "onRequestReject", "onRequestAccept", "onAppEndSession", "onNetworkData"]) {
      expect(() => sdk[name]!(...args)).not.toThrow();
    }
    expect(heard).toEqual({ opened: [{ own: undefined, remotes: [] }], data: [], ended: [] });
  });

  test("a handler that throws does not throw into a direct call of the host", () => {
    const { world } = setUp();
    const page = createPage(world, "alice", ["bob"]);
    const fail = (): never => {
      throw new Error("handler");
    };
    page.host.open({ opened: fail, data: fail, ended: fail });
    const sdk = page.globals.SpixiAppSdk as Record<string, (...given: unknown[]) => void>;
    sdk["onInit"]!("session", "alice", "bob");
    sdk["onNetworkData"]!("bob", "text");
    sdk["onAppEndSession"]!("bob", "");
    sdk["onRequestReject"]!("text");
    expect(page.warnings).toHaveLength(3);
  });

  test("what comes from somebody who takes no part is ignored", async () => {
    const { world, clock } = setUp();
    const { globals, heard } = openPage(world, "alice", ["bob"]);
    await clock.advance(1000);
    const sdk = globals.SpixiAppSdk as Record<string, (...args: string[]) => void>;
    for (const sender of ["carol", "alice", ""]) {
      sdk["onNetworkData"]!(sender, "text");
      sdk["onAppEndSession"]!(sender, "");
    }
    expect(heard.opened).toHaveLength(1);
    expect([...heard.data, ...heard.ended]).toEqual([]);
  });

  test("the addresses of onInit are told without repetition and without oneself", async () => {
    const { world, clock } = setUp();
    const { globals, heard } = openPage(world, "alice", ["bob"]);
    await clock.advance(1000);
    const { onInit } = globals.SpixiAppSdk as { onInit: (...args: string[]) => void };
    onInit("session", "alice", "bob", "bob", "alice", "", "carol");
    expect(heard.opened.at(-1)).toEqual({ own: "alice", remotes: ["bob", "carol"] });
  });
});

describe("spixi storage", () => {
  /** A page whose host answers what the test says. */
  function openScripted(reply: (command: Record<string, string>) => object | string | undefined) {
    const { clock, world } = setUp();
    const page = createPage(world, "alice", ["bob"]);
    const { ar } = page.globals.SpixiAppSdk as { ar: (json: string) => void };
    world.onEvent((event) => {
      if (event.type !== "navigation" || !event.url.startsWith("xa:")) return;
      const command = JSON.parse(atob(event.url.slice(3))) as Record<string, string>;
      const answer = reply(command);
      if (answer !== undefined) ar(typeof answer === "string" ? answer : JSON.stringify(answer));
    });
    // The host's own answers come later, and are not listened to any more.
    return { clock, page };
  }

  test.each([
    ["an error", { e: "no" }, "no"],
    ["an error without words", { e: 5 }, "error without words"],
    ["no content", {}, "answer without content"],
    ["something that is no text", { r: [1] }, "answer without content"],
    ["no base64", { r: "A" }, "the stored value is not base64"],
    ["an unknown layout", { r: btoa("\u0002abc") }, "the stored value has an unknown layout"],
  ])("a read that is answered with %s fails", async (_name, answer, error) => {
    const { clock, page } = openScripted(({ id }) => ({ id, ...answer }));
    const read = page.storage.read("t", "k");
    await clock.advance(1000);
    expect(await read).toEqual({ ok: false, error });
  });

  test("a write whose echo differs fails", async () => {
    const { clock, page } = openScripted(({ id, v }) => ({ id, r: `${v}AAAA` }));
    const write = page.storage.write("t", "k", Uint8Array.of(1));
    await clock.advance(1000);
    expect(await write).toEqual({ ok: false, error: "the host stored something else" });
  });

  test("a request that is never answered fails 10 s after it was handed over", async () => {
    const clock = createSimulatedClock();
    const world = createWorld({ clock, prng: createPrng(1) });
    const page = createPage(world, "alice", ["bob"]);
    page.globals.executeUiCommand = () => undefined;
    const results: string[] = [];
    for (let i = 0; i < 100; i++) void page.storage.read("t", "k").then(({ ok }) => results.push(String(ok)));
    await clock.advance(9990);
    expect(results).toEqual([]);
    await clock.advance(100);
    expect(results.length).toBeLessThan(5);
    await clock.advance(6000);
    expect(results).toEqual(Array.from({ length: 100 }, () => "false"));
  });

  test("an answer counts whether the host calls with the command that decodes, or directly", async () => {
    const { clock, world } = setUp();
    const page = createPage(world, "alice", ["bob"]);
    const execute = page.globals.executeUiCommand as (...args: unknown[]) => void;
    const { ar } = page.globals.SpixiAppSdk as { ar: (answer: unknown) => void };
    page.globals.executeUiCommand = () => undefined;
    const reads = ["1", "2"].map((key) => page.storage.read("t", key));
    await clock.advance(1000);
    const answer = (id: string): string => btoa(JSON.stringify({ id, r: btoa("\u0001value") }));
    ar(7);
    ar("not base64");
    execute(ar, answer("1"));
    ar(answer("2"));
    const value = new TextEncoder().encode("value");
    expect(await Promise.all(reads)).toEqual([
      { ok: true, value },
      { ok: true, value },
    ]);
  });

  test("a session gets ready although the storage is silent, says so, and saves when it answers", async () => {
    const { clock, world } = setUp();
    const openSession = (isSilent: () => boolean) => {
      const page = createPage(world, "alice", ["bob"]);
      const execute = page.globals.executeUiCommand as (...args: unknown[]) => void;
      const { ar } = page.globals.SpixiAppSdk as { ar: unknown };
      page.globals.executeUiCommand = (handler: unknown, ...args: unknown[]) => {
        if (handler !== ar || !isSilent()) execute(handler, ...args);
      };
      const session = createSession(page.env);
      const notices: string[] = [];
      session.onNotice(({ kind }) => notices.push(kind));
      return { page, session, notices };
    };
    const dots = (session: Session) => inkOn(session.board()).map(({ points }) => points[0]!.x);
    const dot = (session: Session, x: number): void => {
      const writer = session.board()!.startStroke(HEADER);
      writer.add([{ x, y: 0, pressure: 0.5 }]);
      writer.end();
    };
    const before = openSession(() => false);
    await clock.advance(2000);
    dot(before.session, 1);
    await clock.advance(10_000);
    before.page.kill();

    let isSilent = true;
    const { page, session, notices } = openSession(() => isSilent);
    await clock.advance(5000);
    expect(session.phase()).toBe("loading");
    await clock.advance(10_000);
    expect(session.phase()).toBe("ready");
    expect(notices).toEqual(["storage-failed"]);
    dot(session, 2);
    isSilent = false;
    await clock.advance(30_000);
    expect(notices).toEqual(["storage-failed", "storage-recovered"]);
    expect(new Set(dots(session))).toEqual(new Set([1, 2]));
    page.kill();
    const again = openSession(() => false);
    await clock.advance(5000);
    expect(new Set(dots(again.session))).toEqual(new Set([1, 2]));
  });

  test("closing the host fails what waits", async () => {
    const { world } = setUp();
    const { host, storage } = openPage(world, "alice", ["bob"]);
    const waiting = storage.read("t", "k");
    host.close();
    expect(await waiting).toEqual({ ok: false, error: "the host is closed" });
    expect(await storage.read("t", "k")).toEqual({ ok: false, error: "the host is closed" });
  });

  test("values outlive the page, and are the same whoever the contact is", async () => {
    const { clock, world } = setUp();
    const first = openPage(world, "alice", ["bob"]);
    void first.storage.write("t", "k", Uint8Array.of(1, 2));
    await clock.advance(1000);
    first.kill();
    const second = openPage(world, "alice", ["carol"]);
    const read = second.storage.read("t", "k");
    await clock.advance(1000);
    expect(await read).toEqual({ ok: true, value: Uint8Array.of(1, 2) });
  });
});
