import { describe, expect, it } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import type { StrokeWriter } from "../../src/board/document/board.ts";
import { createSession } from "../../src/session.ts";
import type { Session } from "../../src/session.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createWorld } from "../../src/simulator/world.ts";
import { createIsolatedPorts } from "../../src/spixi/isolated-ports.ts";
import { openInMessenger } from "../../src/ui/open-in-messenger.ts";
import type { HostKind } from "../../src/ui/open-in-messenger.ts";
import { createPage, TEST_APP } from "../support/phones.ts";
import { HEADER } from "../support/room.ts";
import { inkOn } from "../support/ink.ts";

function setUp() {
  const clock = createSimulatedClock();
  const world = createWorld({ clock, prng: createPrng(1), network: { latency: 50, jitter: 0 } });

  /** Alice's page with Bob; the host's calls of the first `silence` milliseconds are lost. */
  function openPage(silence: number) {
    const page = createPage(world, "alice", ["bob"]);
    const { executeUiCommand } = page.globals;
    page.globals.executeUiCommand = () => undefined;
    clock.after(silence, () => {
      page.globals.executeUiCommand = executeUiCommand;
    });
    const shown: { session: Session; around: HostKind }[] = [];
    let writer: StrokeWriter | undefined;
    openInMessenger({
      env: page.env,
      isolated: (leave) => createIsolatedPorts({ clock: page.view.clock, leave }),
      show: (session, around) => shown.push({ session, around }),
      release: () => writer?.end(),
    });
    const now = () => shown.at(-1)!;
    return {
      page,
      shown,
      now,
      /** Puts a dot on the board that is shown, and leaves the pen down. */
      draw(x: number) {
        writer = now().session.board()!.startStroke(HEADER);
        writer.add([{ x, y: 0, pressure: 0.5 }]);
      },
      lift: () => writer?.end(),
      seen: () => inkOn(now().session.board()).map(({ points }) => points[0]!.x),
    };
  }

  return { clock, world, openPage };
}

describe("a page that waits for the messenger's word", () => {
  it("shows the session from the start, and no other where the word comes in time", async () => {
    const { clock, openPage } = setUp();
    const { shown, now } = openPage(5000);
    expect(shown.map(({ around }) => around)).toEqual(["messenger"]);
    await clock.advance(60_000);
    expect(shown).toHaveLength(1);
    expect(now().session.phase()).toBe("ready");
    expect(
      now()
        .session.contacts()
        .map(({ address }) => address),
    ).toEqual(["bob"]);
  });

  it("lets draw after 8 s; when the word comes, the ink is on the real board and with the contact", async () => {
    const { clock, world, openPage } = setUp();
    const bob = createSession(createPage(world, "bob", ["alice"]).env);
    const alice = openPage(20_000);
    await clock.advance(10_000);
    expect(alice.now().around).toBe("silence");
    expect(alice.now().session.contacts()).toEqual([]);
    alice.draw(10);
    alice.lift();
    alice.draw(20);
    alice.lift();
    alice.now().session.board()!.history.undo();
    alice.draw(30);
    await clock.advance(30_000);
    expect(alice.shown.map(({ around }) => around)).toEqual(["messenger", "silence", "messenger"]);
    expect(alice.seen()).toEqual([10, 30]);
    expect(bob.board()!.items()).toHaveLength(2);
    expect(bob.digest()).toBe(alice.now().session.digest());

    alice.page.kill();
    const again = openPage(0);
    await clock.advance(10_000);
    expect(again.seen()).toEqual([10, 30]);
  });

  it("sends and stores nothing of a board that is nobody's yet", async () => {
    const { clock, world, openPage } = setUp();
    const asked: string[] = [];
    world.onEvent((event) => event.type === "navigation" && asked.push(event.url));
    const alice = openPage(Infinity);
    await clock.advance(10_000);
    alice.draw(10);
    alice.lift();
    alice.now().session.hide();
    await clock.advance(60_000);
    expect(asked.filter((url) => !url.startsWith("ixian:onload:"))).toEqual([]);
    expect(world.phone("alice").storage(TEST_APP).tables()).toEqual([]);

    alice.page.kill();
    const again = openPage(Infinity);
    await clock.advance(10_000);
    expect(again.now().around).toBe("silence");
    expect(again.seen()).toEqual([]);
  });

  it("has a way back to the chat all the while", async () => {
    const { clock, openPage } = setUp();
    for (const wait of [1000, 60_000]) {
      const { page, now } = openPage(Infinity);
      await clock.advance(wait);
      now().session.leave();
      await clock.advance(1000);
      expect(page.view.state()).toBe("closed");
    }
  });
});
