/*
 * How a page gets to know who takes part, what it hears of them, and that nothing the host calls it with
 * can harm it.
 */
import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createWorld } from "../../src/simulator/world.ts";
import { record } from "../contract/host.ts";
import { createPage } from "../support/phones.ts";
import { createPhoneWorld, openPage } from "./phone-world.ts";

describe("spixi host", () => {
  test("announces itself with the SDK version, once", async () => {
    const { clock, world, ofType } = createPhoneWorld();
    openPage(world, "alice", ["bob"]);
    await clock.advance(120_000);
    expect(ofType("announced").map(({ version }) => version)).toEqual(["0.51"]);
  });

  test("announces a whole number after 3 s where the version is not understood", async () => {
    const { clock, world, ofType } = createPhoneWorld();
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
    const { clock, world, ofType } = createPhoneWorld();
    const { host, heard } = openPage(world, "alice", []);
    await clock.advance(1000);
    expect(heard.opened).toEqual([{ own: "alice", remotes: [] }]);
    expect(host.send("x")).toBe("queued");
    await clock.advance(1000);
    expect(ofType("sent")).toEqual([]);
  });

  test("an old host names several contacts in one argument", async () => {
    const { clock, world } = createPhoneWorld();
    const { heard } = openPage(world, "alice", ["bob", "carol"], { host: "old" });
    await clock.advance(1000);
    expect(heard.opened).toEqual([{ own: undefined, remotes: ["bob", "carol"] }]);
  });

  test("an old host names nobody where the app is opened alone", async () => {
    const { clock, world } = createPhoneWorld();
    const { heard } = openPage(world, "alice", [], { host: "old" });
    await clock.advance(1000);
    expect(heard.opened).toEqual([{ own: undefined, remotes: [] }]);
  });

  test("an old host's single contact is recognised when it speaks", async () => {
    const { clock, world } = createPhoneWorld();
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
    const { clock, world, ofType } = createPhoneWorld();
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
    const { clock, world, ofType } = createPhoneWorld();
    const withBob = openPage(world, "alice", ["bob"]);
    const carol = openPage(world, "carol", ["alice"]);
    await clock.advance(1000);
    carol.host.send("hello");
    await clock.advance(1000);
    expect(withBob.heard.data).toEqual([]);
    expect(ofType("dropped")).toHaveLength(1);
  });

  test("whatever the host calls with, nothing is thrown and nothing is told", () => {
    const { world } = createPhoneWorld();
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
    const { world, clock } = createPhoneWorld();
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
    const { world } = createPhoneWorld();
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
    const { world, clock } = createPhoneWorld();
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
    const { world, clock } = createPhoneWorld();
    const { globals, heard } = openPage(world, "alice", ["bob"]);
    await clock.advance(1000);
    const { onInit } = globals.SpixiAppSdk as { onInit: (...args: string[]) => void };
    onInit("session", "alice", "bob", "bob", "alice", "", "carol");
    expect(heard.opened.at(-1)).toEqual({ own: "alice", remotes: ["bob", "carol"] });
  });
});
