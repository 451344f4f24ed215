import { describe, expect, test } from "vitest";
import { argumentsOfInit, createRecordedWorld } from "./recorded-world.ts";

describe("opening", () => {
  test("the host answers ixian:onload with the session, one's own address and the contacts", async () => {
    const { clock, openPage } = createRecordedWorld();
    const { view, calls } = openPage("alice", ["bob", "carol"]);
    await clock.advance(5000);
    expect(calls()).toEqual([]);
    view.navigate("ixian:onload:0.51");
    await clock.advance(100);
    expect(calls()).toHaveLength(1);
    expect(argumentsOfInit(calls()[0]!)).toBe("'alice', 'bob', 'carol'");
  });

  test.each([
    ["0.51", false, "'alice', 'bob'"],
    ["0.51", true, undefined],
    ["1", true, "'alice', 'bob'"],
    ["0.4", false, "'bob'"],
    ["x", false, undefined],
  ])("version %s, decimal comma %s", async (version, decimalComma, args) => {
    const { clock, openPage } = createRecordedWorld();
    const { view, calls } = openPage("alice", ["bob"], { decimalComma });
    view.navigate(`ixian:onload:${version}`);
    await clock.advance(100);
    expect(calls().map(argumentsOfInit)).toEqual(args === undefined ? [] : [args]);
  });

  test("an old host gives the contacts in one argument, or nothing", async () => {
    const { clock, openPage } = createRecordedWorld();
    const two = openPage("alice", ["bob", "carol"], { host: "old" });
    const alone = openPage("dave", [], { host: "old" });
    two.view.navigate("ixian:onload:0.51");
    alone.view.navigate("ixian:onload:0.51");
    await clock.advance(100);
    expect(two.calls().map(argumentsOfInit)).toEqual(["'bob,carol'"]);
    expect(alone.calls()).toEqual(["executeUiCommand(SpixiAppSdk.onInit)"]);
  });

  test("on every platform but Android the script is wrapped in eval", async () => {
    const { clock, openPage } = createRecordedWorld();
    for (const platform of ["android", "ios", "windows", "macos"] as const) {
      const { view, scripts } = openPage(platform, [], { platform });
      view.navigate("ixian:onload:1");
      await clock.advance(100);
      expect(scripts[0]).toMatch(
        platform === "android" ? /^executeUiCommand\(/ : /^eval\("executeUiCommand\(/,
      );
    }
  });

  test("the session id depends on the app alone", async () => {
    const { clock, openPage } = createRecordedWorld();
    const pages = [openPage("alice", ["bob"]), openPage("carol", ["dave"])];
    for (const { view } of pages) view.navigate("ixian:onload:1");
    await clock.advance(100);
    const [a, b] = pages.map(({ scripts }) => scripts[0]!.split(", ")[1]);
    expect(a).toBe(b);
  });
});

describe("data", () => {
  test("reaches the pages of the contacts, or of one recipient", async () => {
    const { clock, openPage } = createRecordedWorld();
    const alice = openPage("alice", ["bob", "carol"]);
    const bob = openPage("bob", ["alice", "carol"]);
    const carol = openPage("carol", ["alice", "bob"]);
    alice.send({ c: "ds", d: "all" });
    alice.send({ c: "ds", d: "b", r: "bob" });
    alice.send({ c: "ds", d: "move", pid: "chess" });
    await clock.advance(1000);
    const all = "executeUiCommand(SpixiAppSdk.onNetworkData, 'alice', 'all')";
    const protocol = "executeUiCommand(SpixiAppSdk.onNetworkProtocolData, 'alice', 'chess', 'move')";
    expect(bob.calls()).toEqual([all, "executeUiCommand(SpixiAppSdk.onNetworkData, 'alice', 'b')", protocol]);
    expect(carol.calls()).toEqual([all, protocol]);
    expect(alice.calls()).toEqual([]);
  });

  test("is dropped where no page is open with the sender", async () => {
    const { clock, openPage, types } = createRecordedWorld();
    const alice = openPage("alice", ["bob"]);
    const bobWithCarol = openPage("bob", ["carol"]);
    alice.send({ c: "ds", d: "x" });
    await clock.advance(1000);
    const late = openPage("bob", ["alice"]);
    await clock.advance(1000);
    expect([...bobWithCarol.calls(), ...late.calls()]).toEqual([]);
    expect(types()).toContain("dropped");
  });

  test("goes to the page that was opened last, where two have the same contact", async () => {
    const { clock, openPage } = createRecordedWorld();
    const alice = openPage("alice", ["bob"]);
    const first = openPage("bob", ["alice"]);
    const second = openPage("bob", ["alice"]);
    alice.send({ c: "ds", d: "x" });
    await clock.advance(1000);
    expect([first.calls().length, second.calls().length]).toEqual([0, 1]);
  });
});

describe("storage", () => {
  test("answers by id, with base64, null for a missing key, and echoes what is set", async () => {
    const { clock, openPage } = createRecordedWorld();
    const { send, calls } = openPage("alice", ["bob"]);
    send({ c: "getStorage", t: "t", k: "k", id: 1 });
    send({ c: "setStorage", t: "t", k: "k", v: "AQI=", id: "2" });
    send({ c: "getStorage", t: "t", k: "k", id: "3" });
    send({ c: "setStorage", t: "t", k: "k", v: null, id: "4" });
    send({ c: "setStorage", t: "t", k: "k", v: "null", id: "5" });
    send({ c: "getStorage", t: "t", k: "k", id: "6" });
    send({ c: "getStorage", t: "../t", k: "k", id: "7" });
    await clock.advance(1000);
    const answers = calls().map((call) => /^executeUiCommand\(SpixiAppSdk\.ar, '(.*)'\)$/.exec(call)![1]);
    expect(answers).toEqual([
      '{"id":"1","r":"null"}',
      '{"id":"2","r":"AQI="}',
      '{"id":"3","r":"AQI="}',
      '{"id":"4","e":"invalid value"}',
      '{"id":"5","r":"null"}',
      '{"id":"6","r":"null"}',
      '{"id":"7","e":"invalid table"}',
    ]);
  });

  test("belongs to app and phone, not to the contact; a killed messenger loses the last writes", async () => {
    const { clock, world, openPage } = createRecordedWorld();
    openPage("alice", ["bob"]).send({ c: "setStorage", t: "t", k: "k", v: "AQI=", id: 1 });
    await clock.advance(3000);
    const other = openPage("alice", ["carol"]);
    other.send({ c: "setStorage", t: "t", k: "k", v: "AwQ=", id: 2 });
    await clock.advance(100);
    expect(world.phone("alice").storage("app").get("t", "k")).toEqual(Uint8Array.of(3, 4));
    world.phone("alice").kill("none");
    expect(world.phone("alice").pages()).toEqual([]);
    expect(other.gone).toEqual(["killed"]);
    expect(world.phone("alice").storage("app").get("t", "k")).toEqual(Uint8Array.of(1, 2));
    expect(world.phone("alice").storage("other").tables()).toEqual([]);
    expect(world.phone("bob").storage("app").tables()).toEqual([]);
  });
});

describe("leaving", () => {
  test("ixian:back closes the page and tells the contact's page", async () => {
    const { clock, openPage } = createRecordedWorld();
    const alice = openPage("alice", ["bob"]);
    const bob = openPage("bob", ["alice"]);
    alice.view.navigate("ixian:back");
    await clock.advance(1000);
    expect(alice.gone).toEqual(["closed"]);
    expect(alice.view.state()).toBe("closed");
    expect(bob.calls()).toEqual(["executeUiCommand(SpixiAppSdk.onAppEndSession, 'alice', '')"]);
  });

  test("the end waits for an offline contact, and reaches a page that was opened later", async () => {
    const { clock, world, openPage } = createRecordedWorld();
    const alice = openPage("alice", ["bob"]);
    world.phone("bob").setOnline(false);
    alice.view.back();
    alice.view.back();
    await clock.advance(60_000);
    const bob = openPage("bob", ["alice"]);
    await clock.advance(1000);
    expect(bob.calls()).toEqual([]);
    world.phone("bob").setOnline(true);
    await clock.advance(1000);
    expect(bob.calls()).toEqual(["executeUiCommand(SpixiAppSdk.onAppEndSession, 'alice', '')"]);
  });

  test("a killed page tells nobody, and neither navigates nor runs", async () => {
    const { clock, openPage, types } = createRecordedWorld();
    const alice = openPage("alice", ["bob"]);
    const bob = openPage("bob", ["alice"]);
    let ran = false;
    alice.view.clock.after(10, () => {
      ran = true;
    });
    alice.view.kill();
    alice.send({ c: "ds", d: "x" });
    bob.send({ c: "ds", d: "y" });
    await clock.advance(1000);
    expect(ran).toBe(false);
    expect([...alice.calls(), ...bob.calls()]).toEqual([]);
    expect(types().filter((type) => type === "sent")).toHaveLength(1);
  });

  test("a URL over 2 MiB kills the page", () => {
    const { openPage, types } = createRecordedWorld();
    const { view, gone } = openPage("alice", ["bob"]);
    view.navigate("x".repeat(2_200_000));
    expect(gone).toEqual(["killed"]);
    expect(view.navigations()).toEqual({ started: 1, lost: 1 });
    expect(types()).toEqual(["opened", "navigation-lost", "killed"]);
  });

  test("scripts wait while the page's timers are stopped", async () => {
    const { clock, openPage } = createRecordedWorld();
    const alice = openPage("alice", ["bob"]);
    const bob = openPage("bob", ["alice"]);
    bob.view.setTimers("stopped");
    for (const d of ["1", "2", "3"]) alice.send({ c: "ds", d });
    await clock.advance(5000);
    expect(bob.calls()).toEqual([]);
    bob.view.setTimers("normal");
    await clock.advance(10);
    expect(bob.calls().map((call) => call.at(-3))).toEqual(["1", "2", "3"]);
  });

  test("a script that throws is told to the log and harms nothing else", async () => {
    const { clock, world, events } = createRecordedWorld();
    const view = world.phone("alice").openApp({
      appId: "app",
      contacts: [],
      evaluate: () => {
        throw new Error("not ready");
      },
    });
    view.navigate("ixian:onload:1");
    await clock.advance(1000);
    expect(events.flatMap((event) => (event.type === "script-error" ? String(event.error) : []))).toEqual([
      "Error: not ready",
    ]);
    expect(view.state()).toBe("open");
  });
});
