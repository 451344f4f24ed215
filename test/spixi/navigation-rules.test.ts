import { describe, expect, test } from "vitest";
import type { PageOptions } from "../support/phones.ts";
import { createPage } from "../support/phones.ts";
import { createPhoneWorld, openPage } from "./phone-world.ts";

const PHONES: readonly PageOptions[] = [
  { platform: "android" },
  { platform: "ios" },
  { platform: "windows", decimalComma: true },
  { platform: "macos" },
];

describe.each(PHONES)("navigation rules on $platform", (options) => {
  test("1000 sends and 100 writes in one task all arrive, and neither starves", async () => {
    const { clock, world, ofType } = createPhoneWorld();
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
    const { clock, world, ofType } = createPhoneWorld();
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
    const { clock, world } = createPhoneWorld();
    const alice = openPage(world, "alice", ["bob"], options);
    const bob = openPage(world, "bob", ["alice"], options);
    await clock.advance(5000);
    const text = "Zoë, Ελένη, 中文, 😀 'quoted' \"twice\" \\ \n </script>";
    alice.host.send(text);
    await clock.advance(1000);
    expect(bob.heard.data).toEqual([{ sender: "alice", text }]);
  });

  test("a text that is too large is refused; the page lives on", async () => {
    const { clock, world } = createPhoneWorld();
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
    const { clock, world, ofType } = createPhoneWorld();
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
