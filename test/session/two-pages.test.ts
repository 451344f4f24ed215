/*
 * Two pages of one person have the same board open on one storage, each with a session of its own. What
 * either writes is taken by everybody, also by the page that opens next on what the two left there.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import { createDocument, rootsOf } from "../../src/board/document/document.ts";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import type { HostHandlers } from "../../src/env/host.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import type { HostVersion } from "../../src/simulator/chat.ts";
import { createRoom, HEADER } from "../support/room.ts";
import type { OpenPage, Room } from "../support/room.ts";

const HOSTS: readonly HostVersion[] = ["0.9.19", "next"];
const NO_HASH = { hi: 0, lo: 0 };

function dot({ session }: OpenPage, x: number): void {
  const writer = session.board()!.startStroke(HEADER);
  writer.add([{ x, y: 0, pressure: 0.5 }]);
  writer.end();
}

function refusals(room: Room): string[] {
  return room.warnings().filter((message) => message.includes("refused"));
}

/** The sessions that gave the document its format, as often as they did. */
function formatsOf({ session }: OpenPage): number[] {
  const doc = new Y.Doc({ gc: false });
  Y.applyUpdate(doc, session.exportUpdate()!);
  const found: number[] = [];
  for (let item = doc.getMap("meta")._map.get("format"); item; item = item.left ?? undefined)
    found.push(item.id.client);
  return found;
}

describe.each(HOSTS)("two pages of one person on one storage, on messenger %s", (host) => {
  test.each([1, 2, 3, 4])("are refused nothing, nor is what they left there: seed %i", async (seed) => {
    const network = { latency: 120, jitter: 60, loss: 0.2 };
    const room = createRoom({ seed, names: ["ann", "bo"], host, network });
    const prng = createPrng(seed);
    room.open("bo");
    const first = room.open("ann");
    await room.ready();
    // Neither page has seen the other's format, nor bo's.
    const second = room.open("ann");
    await room.ready();
    let x = 0;
    for (const page of [first, second, room.at("bo")]) dot(page, ++x);
    for (let i = 0; i < 12; i++) {
      await room.clock.advance(prng.below(1500));
      dot(prng.chance(0.5) ? first : second, ++x);
      if (prng.chance(0.3)) (prng.chance(0.5) ? first : second).session.board()!.history.undo();
    }
    await room.clock.advance(prng.below(3000));
    first.page.kill();
    await room.clock.advance(prng.below(3000));
    room.kill("ann");
    await room.clock.advance(3000);
    room.open("ann");
    await room.ready();
    expect(await room.untilEqual()).toBeDefined();
    dot(room.at("ann"), ++x);
    dot(room.at("bo"), ++x);
    expect(await room.untilEqual()).toBeDefined();
    expect(refusals(room)).toEqual([]);
    expect(room.pages().flatMap(({ notices }) => notices.map(({ kind }) => kind))).not.toContain("muted");
    expect(new Set(formatsOf(room.at("bo"))).size).toBeGreaterThan(1);
  });

  test("say the format again where an older one took its place, and the next page takes that", async () => {
    const room = createRoom({ seed: 9, names: ["ann", "bo"], host });
    const first = room.open("ann");
    await room.ready();
    dot(first, 1);
    await room.clock.advance(200);
    const old = createDocument();
    old.clientID = 2 ** 32 - 1;
    rootsOf(old).meta.set("format", 2);
    const tell = (...frames: Frame[]): void => {
      const { onNetworkData } = first.page.globals.SpixiAppSdk as { onNetworkData: HostHandlers["data"] };
      onNetworkData(first.page.view.shown("bo"), encodeMessage({ session: old.clientID, frames }));
    };
    const tag = boardTagOf({ own: "ann", remotes: ["bo"] });
    const digest = { writes: NO_HASH, deletions: NO_HASH };
    tell({ type: "hello", tag, reply: false, state: new Map(), digest });
    tell({ type: "update", update: Y.encodeStateAsUpdate(old) });
    dot(first, 2);
    await room.clock.advance(200);
    const said = formatsOf(first);
    expect(said).toHaveLength(3);
    expect(new Set(said).size).toBe(2);
    await room.clock.advance(5000);
    const second = room.open("ann");
    await room.ready();
    expect(second.session.digest()).toBe(first.session.digest());
    room.open("bo");
    await room.ready();
    expect(await room.untilEqual()).toBeDefined();
    dot(second, 3);
    expect(await room.untilEqual()).toBeDefined();
    expect(refusals(room)).toEqual([]);
  });
});

describe("without the contact, two pages on one storage", () => {
  /** Every page that is open closes in one of the ways in which pages end. */
  function end({ session, page }: OpenPage, how: number): void {
    if (how === 0) session.leave();
    else if (how === 1) page.back();
    else page.kill();
  }

  test.each(Array.from({ length: 66 }, (_, i) => i + 1))(
    "lose nothing, whoever writes when: seed %i",
    async (seed) => {
      const room = createRoom({ seed, names: ["ann", "bo"] });
      const { prng, clock } = room;
      let x = 0;
      const expected = new Set<number>();
      for (let round = 0; round < 3; round++) {
        const pages = [room.open("ann")];
        await clock.advance(prng.below(3000));
        pages.push(room.open("ann"));
        await room.ready();
        for (let i = 0; i < 3 + prng.below(14); i++) {
          const page = pages[prng.below(2)]!;
          const count = prng.chance(0.2) ? 12 : 1;
          for (let j = 0; j < count; j++) {
            dot(page, ++x);
            expected.add(x);
          }
          if (prng.chance(0.2)) page.session.hide();
          await clock.advance(prng.chance(0.2) ? prng.below(16_000) : prng.below(1500));
        }
        // The last that was drawn is written by then.
        await clock.advance(3000);
        const order = prng.chance(0.5) ? pages : [...pages].reverse();
        for (const page of order) {
          end(page, prng.below(3));
          await clock.advance(prng.below(4000));
        }
        await clock.advance(3000);
      }
      const last = room.open("ann");
      await room.ready();
      const seen = new Set(room.seen("ann").flat());
      expect([...expected].filter((each) => !seen.has(each))).toEqual([]);
      expect(last.notices).toEqual([]);
      expect(room.pages().flatMap(({ notices }) => notices)).toEqual([]);
    },
  );
});
