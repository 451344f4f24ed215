import { describe, expect, test } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import { encodeBase64 } from "../../src/base/bytes.ts";
import type { HostHandlers } from "../../src/env/host.ts";
import { createSession } from "../../src/session.ts";
import type { Notice, Session } from "../../src/session.ts";
import { maskAddress } from "../../src/simulator/mask-address.ts";
import { slotOf } from "../../src/sync/wire/frame.ts";
import { createPage } from "../support/phones.ts";
import type { PageOptions } from "../support/phones.ts";
import { createRoom, HEADER } from "../support/room.ts";
import { inkOn } from "../support/ink.ts";

/** Ann's page and bo's page in different chats: what one sends reaches the other all the same. */
const WAYS: readonly (readonly [
  string,
  PageOptions & { people: string[] },
  PageOptions & { people: string[] },
])[] = [
  ["ann in the group, bo in the chat", { people: ["bo", "cy"] }, { people: ["ann"] }],
  ["ann in the chat, bo in the group", { people: ["bo"] }, { people: ["ann", "cy"] }],
  ["ann in the blind group, bo in the chat", { people: ["bo", "cy"], blind: true }, { people: ["ann"] }],
  ["ann in the chat, bo in the blind group", { people: ["bo"] }, { people: ["ann", "cy"], blind: true }],
];

interface Side {
  readonly session: Session;
  readonly notices: Notice[];
  readonly warnings: () => number;
  readonly deliver: (sender: string, text: string) => void;
}

function draw({ session }: Side, x: number): void {
  const writer = session.board()!.startStroke(HEADER);
  writer.add([{ x, y: 0, pressure: 0.5 }]);
  writer.end();
}

const seen = ({ session }: Side): number[] =>
  inkOn(session.board()).flatMap(({ points }) => points.map(({ x }) => x));

describe("[S8] a group and a chat of two never meet", () => {
  test.each(WAYS)("%s", async (_, anns, bos) => {
    const { clock, world } = createRoom({ seed: 4, names: ["ann", "bo", "cy"] });
    const open = (name: string, { people, ...chat }: PageOptions & { people: string[] }): Side => {
      const page = createPage(world, name, people, { host: "next", ...chat });
      const session = createSession(page.env);
      const notices: Notice[] = [];
      session.onNotice((notice) => notices.push(notice));
      const { onNetworkData } = page.globals.SpixiAppSdk as { onNetworkData: HostHandlers["data"] };
      return { session, notices, warnings: () => page.warnings.length, deliver: onNetworkData };
    };
    const ann = open("ann", anns);
    const bo = open("bo", bos);
    await clock.runUntil(() => [ann, bo].every(({ session }) => session.phase() === "ready"), 30_000);
    let delivered = 0;
    world.onEvent(({ type }) => void (type === "delivered" && delivered++));
    draw(ann, 1);
    await clock.advance(4000);
    const digest = ann.session.digest();
    for (let i = 0; i < 5; i++) {
      draw(bo, 100 + i);
      bo.session.setPreview({ kind: "transform", ids: ["7.1"], matrix: translation(i, 0) });
      bo.session.setPresence({
        name: "Bo",
        color: 1,
        tool: "pen",
        view: { minX: 0, minY: 0, maxX: 1, maxY: 1 },
        penDown: false,
        cursor: { x: i, y: 0 },
      });
      await clock.advance(700);
    }
    bo.session.board()!.clear();
    await clock.advance(8000);
    expect(delivered).toBeGreaterThan(3);
    // Rubbish in that session, and appends with its slot, count for nothing either.
    const sender = anns.blind ? maskAddress("bo") : "bo";
    const own = bo.session.exportUpdate();
    expect(own).toBeDefined();
    const foreign = clientOf(bo);
    for (let i = 0; i < 60; i++) {
      ann.deliver(sender, messageOf(foreign, [2, 3, i, i, i]));
      ann.deliver(sender, appendOf(foreign, i));
    }
    await clock.advance(3000);
    expect(seen(ann)).toEqual([1]);
    expect(ann.session.digest()).toBe(digest);
    const contact = ann.session.contacts().find(({ address }) => address === sender)!;
    expect(contact).toMatchObject({ state: "waiting", presence: undefined, preview: undefined });
    expect([ann.notices, bo.notices]).toEqual([[], []]);
    expect(ann.warnings() + bo.warnings()).toBe(0);
    expect(seen(bo)).toEqual([]);
  });
});

function clientOf({ session }: Side): number {
  draw({ session } as Side, 500);
  const { client } = inkOn(session.board()).find(({ points }) => points[0]!.x === 500)!;
  session.board()!.clear();
  return client;
}

/** A message of a session, with bytes that are no frames. */
function messageOf(session: number, rest: readonly number[]): string {
  const head = [0x40];
  for (let left = session; ; left = Math.floor(left / 128)) {
    head.push((left % 128) + (left > 127 ? 128 : 0));
    if (left <= 127) break;
  }
  return encodeBase64(Uint8Array.from([...head, ...rest]));
}

function appendOf(session: number, i: number): string {
  const slot = slotOf(session);
  return encodeBase64(Uint8Array.from([0x48, slot & 255, slot >> 8, 0, i, 255 - i])).replace(/=+$/u, "");
}
