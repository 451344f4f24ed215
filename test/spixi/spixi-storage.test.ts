import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { createSession } from "../../src/session.ts";
import type { Session } from "../../src/session.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createWorld } from "../../src/simulator/world.ts";
import { inkOn } from "../support/ink.ts";
import { createPage } from "../support/phones.ts";
import { HEADER } from "../support/room.ts";
import { createPhoneWorld, openPage } from "./phone-world.ts";

describe("spixi storage", () => {
  /** A page whose host answers what the test says. */
  function openScripted(reply: (command: Record<string, string>) => object | string | undefined) {
    const { clock, world } = createPhoneWorld();
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
  ])("a read that is answered with %s fails", async (_name, answer, error) => {
    const { clock, page } = openScripted(({ id }) => ({ id, ...answer }));
    const read = page.storage.read("t", "k");
    await clock.advance(1000);
    expect(await read).toEqual({ ok: false, error });
  });

  test.each([
    ["no base64", "A", "A"],
    ["another first byte", btoa("\u0002abc"), "abc"],
  ])("a read that is answered with %s is no failure: the value may be damaged", async (_name, r, value) => {
    const { clock, page } = openScripted(({ id }) => ({ id, r }));
    const read = page.storage.read("t", "k");
    await clock.advance(1000);
    expect(await read).toEqual({ ok: true, value: new TextEncoder().encode(value) });
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
    expect(results.length).toBeLessThan(60);
    await clock.advance(6000);
    expect(results).toEqual(Array.from({ length: 100 }, () => "false"));
  });

  test("an answer counts whether the host calls with the command that decodes, or directly", async () => {
    const { clock, world } = createPhoneWorld();
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
    const { clock, world } = createPhoneWorld();
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
    const { world } = createPhoneWorld();
    const { host, storage } = openPage(world, "alice", ["bob"]);
    const waiting = storage.read("t", "k");
    host.close();
    expect(await waiting).toEqual({ ok: false, error: "the host is closed" });
    expect(await storage.read("t", "k")).toEqual({ ok: false, error: "the host is closed" });
  });

  test("values outlive the page, and are the same whoever the contact is", async () => {
    const { clock, world } = createPhoneWorld();
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
