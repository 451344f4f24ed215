import { describe, expect, test } from "vitest";
import { maskAddress } from "../../src/simulator/mask-address.ts";
import { argumentsOfInit, createRecordedWorld } from "./recorded-world.ts";
import type { RecordedPage, RecordedPageOptions, RecordedWorld } from "./recorded-world.ts";

const NEXT = { host: "next" } as const;
const BLIND = { host: "next", blind: true } as const;
const TODAY = ["old", "0.9.19"] as const;

/** What onInit says, with an SDK of this version. */
async function introduced({ view, calls }: RecordedPage, { clock }: RecordedWorld, sdk = "0.51") {
  view.navigate(`ixian:onload:${sdk}`);
  await clock.advance(100);
  return argumentsOfInit(calls().at(-1)!);
}

function dataFrom(sender: string, text: string): string {
  return `executeUiCommand(SpixiAppSdk.onNetworkData, '${sender}', '${text}')`;
}

/** Alice and her two contacts, all in one group. */
function openGroup(world: RecordedWorld, options: RecordedPageOptions) {
  return {
    alice: world.openPage("alice", ["bob", "carol"], options),
    bob: world.openPage("bob", ["alice", "carol"], options),
    carol: world.openPage("carol", ["alice", "bob"], options),
  };
}

describe("who is in the session", () => {
  test("in a chat of two, as in 0.9.19", async () => {
    const world = createRecordedWorld();
    expect(await introduced(world.openPage("bob", ["alice"], NEXT), world)).toBe("'bob', 'alice'");
    const asked = { ...BLIND, kind: "chat" } as const;
    expect(await introduced(world.openPage("bob", ["alice"], asked), world)).toBe("'bob', 'alice'");
    expect(await introduced(world.openPage("dave", [], NEXT), world)).toBe("'dave'");
  });

  test("in a group all members, oneself among them, in the same order for everybody", async () => {
    const world = createRecordedWorld();
    const { alice, bob } = openGroup(world, NEXT);
    expect(await introduced(alice, world)).toBe("'alice', 'alice', 'bob', 'carol'");
    expect(await introduced(bob, world)).toBe("'bob', 'alice', 'bob', 'carol'");
    expect(await introduced(bob, world, "0.4")).toBe("'alice,bob,carol'");
  });

  test("a group may have two members", async () => {
    const world = createRecordedWorld();
    const group = world.openPage("bob", ["alice"], { ...NEXT, kind: "group" });
    expect(await introduced(group, world)).toBe("'bob', 'alice', 'bob'");
    expect(group.view.chat).toBe("group");
  });

  test("in a blind group everybody is masked, oneself included, and the same for all", async () => {
    const world = createRecordedWorld();
    const { alice, bob } = openGroup(world, BLIND);
    const [a, b, c] = ["alice", "bob", "carol"].map(maskAddress);
    expect(await introduced(alice, world)).toBe(`'${a}', '${a}', '${b}', '${c}'`);
    expect(await introduced(bob, world)).toBe(`'${b}', '${a}', '${b}', '${c}'`);
    expect(alice.view.shown("bob")).toBe(b);
  });

  test("a masked address has 32 characters and does not show the address", () => {
    const masked = ["alice", "bob", "", "x".repeat(100)].map(maskAddress);
    expect(new Set(masked).size).toBe(4);
    for (const address of masked) expect(address).toMatch(/^[0-9a-f]{32}$/);
    expect(maskAddress("alice")).toBe(masked[0]);
  });

  test.each(TODAY)("the host %s knows no groups", async (host) => {
    const world = createRecordedWorld();
    const options = { host, kind: "group", blind: true } as const;
    const page = world.openPage("alice", ["bob", "carol"], options);
    expect(await introduced(page, world)).toBe(host === "old" ? "'bob,carol'" : "'alice', 'bob', 'carol'");
    expect(page.view.chat).toBe("chat");
  });

  test("a phone may be updated: the next page is opened by the other host", async () => {
    const world = createRecordedWorld();
    world.world.phone("alice", { host: "0.9.19" });
    const today = world.openPage("alice", ["bob", "carol"]);
    const next = world.openPage("alice", ["bob", "carol"], NEXT);
    expect(await introduced(today, world)).toBe("'alice', 'bob', 'carol'");
    expect(await introduced(next, world)).toBe("'alice', 'alice', 'bob', 'carol'");
  });

  test("the version is read in the phone's locale", async () => {
    const world = createRecordedWorld();
    const { view, calls } = world.openPage("alice", ["bob"], { ...NEXT, decimalComma: true });
    view.navigate("ixian:onload:0.51");
    await world.clock.advance(100);
    expect(calls()).toEqual([]);
    view.navigate("ixian:onload:1");
    await world.clock.advance(100);
    expect(calls().map(argumentsOfInit)).toEqual(["'alice', 'bob'"]);
  });
});

describe("a message for one", () => {
  test.each(["bob", "carol"])(
    "in a chat of two (for %s) throws: an alert, and nothing is sent",
    async (r) => {
      const world = createRecordedWorld();
      const alice = world.openPage("alice", ["bob"], NEXT);
      const bob = world.openPage("bob", ["alice"], NEXT);
      alice.send({ c: "ds", d: "x", r });
      await world.clock.advance(1000);
      expect(world.ofType("alert")).toMatchObject([
        { phone: "alice", page: alice.view.id, text: "ds with a recipient in a chat of two" },
      ]);
      expect(world.ofType("sent")).toEqual([]);
      expect(bob.calls()).toEqual([]);
      alice.send({ c: "ds", d: "to all" });
      await world.clock.advance(1000);
      expect(bob.calls()).toEqual([dataFrom("alice", "to all")]);
    },
  );

  test("in a group reaches a member who is a contact, and is dropped silently for anybody else", async () => {
    const world = createRecordedWorld();
    const alice = world.openPage("alice", ["bob", "carol"], { ...NEXT, strangers: ["carol"] });
    const bob = world.openPage("bob", ["alice", "carol"], NEXT);
    const carol = world.openPage("carol", ["alice", "bob"], NEXT);
    for (const r of ["bob", "carol", "alice", "dave"]) alice.send({ c: "ds", d: `to ${r}`, r });
    alice.send({ c: "ds", d: "to all" });
    await world.clock.advance(1000);
    expect(bob.calls()).toEqual([dataFrom("alice", "to bob"), dataFrom("alice", "to all")]);
    expect(carol.calls()).toEqual([dataFrom("alice", "to all")]);
    expect(world.ofType("sent").map(({ to }) => to)).toEqual(["bob", "bob", "carol"]);
    expect(world.types()).not.toContain("alert");
    expect(world.types()).not.toContain("rejected");
  });

  test("in a blind group throws for a masked address, one's own included", async () => {
    const world = createRecordedWorld();
    const { alice, bob } = openGroup(world, BLIND);
    for (const who of ["bob", "alice"]) alice.send({ c: "ds", d: "x", r: maskAddress(who) });
    await world.clock.advance(1000);
    expect(world.ofType("alert").map(({ text }) => text)).toEqual(
      Array.from({ length: 2 }, () => "ds with a masked recipient"),
    );
    expect(world.ofType("sent")).toEqual([]);
    expect(bob.calls()).toEqual([]);
  });

  test.each(TODAY)(
    "is sent by the host %s, which rejects it for somebody who is no contact",
    async (host) => {
      const world = createRecordedWorld();
      const alice = world.openPage("alice", ["bob"], { host });
      const bob = world.openPage("bob", ["alice"], { host });
      alice.send({ c: "ds", d: "x", r: "bob" });
      alice.send({ c: "ds", d: "y", r: "carol" });
      await world.clock.advance(1000);
      expect(bob.calls()).toEqual([dataFrom("alice", "x")]);
      expect(world.ofType("rejected").map(({ why }) => why)).toEqual(["recipient is no contact"]);
      expect(world.types()).not.toContain("alert");
    },
  );
});

describe("which page gets a message", () => {
  test("one of a group reaches a page that is open with the sender alone, and the other way round", async () => {
    const world = createRecordedWorld();
    const group = world.openPage("alice", ["bob", "carol"], NEXT);
    const two = world.openPage("bob", ["alice"], NEXT);
    group.send({ c: "ds", d: "from the group" });
    two.send({ c: "ds", d: "from the chat" });
    await world.clock.advance(1000);
    expect(two.calls()).toEqual([dataFrom("alice", "from the group")]);
    expect(group.calls()).toEqual([dataFrom("bob", "from the chat")]);
  });

  test("the one that was opened last, where one is the group's and one is the chat's", async () => {
    const world = createRecordedWorld();
    const bob = world.openPage("bob", ["alice"], NEXT);
    const pages = [world.openPage("alice", ["bob"], NEXT), world.openPage("alice", ["bob", "carol"], NEXT)];
    bob.send({ c: "ds", d: "1" });
    await world.clock.advance(1000);
    pages.push(world.openPage("alice", ["bob"], NEXT));
    bob.send({ c: "ds", d: "2" });
    await world.clock.advance(1000);
    expect(pages.map((page) => page.calls())).toEqual([[], [dataFrom("bob", "1")], [dataFrom("bob", "2")]]);
  });

  test("the page's own chat decides whether the sender is masked", async () => {
    const world = createRecordedWorld();
    const blind = world.openPage("alice", ["bob", "carol"], BLIND);
    const two = world.openPage("bob", ["alice"], NEXT);
    const today = world.openPage("carol", ["alice"], { host: "0.9.19" });
    blind.send({ c: "ds", d: "x" });
    two.send({ c: "ds", d: "y" });
    today.send({ c: "ds", d: "z", pid: "p" });
    await world.clock.advance(1000);
    expect(two.calls()).toEqual([dataFrom("alice", "x")]);
    expect(today.calls()).toEqual([dataFrom("alice", "x")]);
    const [bob, carol] = ["bob", "carol"].map(maskAddress);
    expect(blind.calls()).toEqual([
      dataFrom(bob!, "y"),
      `executeUiCommand(SpixiAppSdk.onNetworkProtocolData, '${carol}', 'p', 'z')`,
    ]);
  });

  test("the end of a session comes from a masked sender in a blind group", async () => {
    const world = createRecordedWorld();
    const { alice, bob, carol } = openGroup(world, BLIND);
    const two = world.openPage("carol", ["alice"], NEXT);
    alice.view.back();
    await world.clock.advance(1000);
    const end = (sender: string): string => `executeUiCommand(SpixiAppSdk.onAppEndSession, '${sender}', '')`;
    expect(bob.calls()).toEqual([end(maskAddress("alice"))]);
    expect(two.calls()).toEqual([end("alice")]);
    expect(carol.calls()).toEqual([]);
  });
});
