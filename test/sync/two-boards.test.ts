import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { translation } from "../../src/base/matrix.ts";
import { encodeBase64 } from "../../src/base/bytes.ts";
import type { HostHandlers } from "../../src/env/host.ts";
import { createSession } from "../../src/session.ts";
import type { Notice, Session } from "../../src/session.ts";
import { maskAddress } from "../../src/simulator/mask-address.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import { slotOf } from "../../src/board/document/slot.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { framesOf } from "../support/messages.ts";
import { createPage } from "../support/phones.ts";
import type { PageOptions } from "../support/phones.ts";
import { createRoom, HEADER } from "../support/room.ts";
import type { RoomOptions } from "../support/room.ts";
import { inkOn } from "../support/ink.ts";

type Chat = PageOptions & { readonly people: readonly string[] };

/** Ann's page and bo's page in different chats, and cy's in the group: what one sends reaches the others. */
const WAYS: readonly (readonly [name: string, anns: Chat, bos: Chat])[] = [
  ["ann in the group, bo in the chat", { people: ["bo", "cy"] }, { people: ["ann"] }],
  ["ann in the chat, bo in the group", { people: ["bo"] }, { people: ["ann", "cy"] }],
  ["ann in the blind group, bo in the chat", { people: ["bo", "cy"], blind: true }, { people: ["ann"] }],
  ["ann in the chat, bo in the blind group", { people: ["bo"] }, { people: ["ann", "cy"], blind: true }],
];

interface Side {
  readonly name: string;
  readonly session: Session;
  readonly notices: Notice[];
  readonly warnings: () => number;
  /** What the messenger does with a text of this person's. */
  readonly hear: (sender: string, text: string) => void;
  readonly contact: (name: string) => ReturnType<Session["contacts"]>[number];
}

interface Stage {
  readonly room: ReturnType<typeof createRoom>;
  readonly open: (name: string, chat: Chat) => Side;
}

function createStage(options: Partial<RoomOptions> = {}): Stage {
  const room = createRoom({ seed: 4, names: ["ann", "bo", "cy"], ...options });
  return {
    room,
    open(name, { people, ...chat }) {
      const page = createPage(room.world, name, people, { host: "next", ...chat });
      const session = createSession(page.env);
      const notices: Notice[] = [];
      session.onNotice((notice) => notices.push(notice));
      const { onNetworkData } = page.globals.SpixiAppSdk as { onNetworkData: HostHandlers["data"] };
      const shown = (address: string): string => (chat.blind ? maskAddress(address) : address);
      return {
        name,
        session,
        notices,
        warnings: () => page.warnings.length,
        hear: (sender, text) => onNetworkData(shown(sender), text),
        contact: (who) => session.contacts().find(({ address }) => address === shown(who))!,
      };
    },
  };
}

async function ready({ room }: Stage, sides: readonly Side[]): Promise<void> {
  expect(
    await room.clock.runUntil(() => sides.every(({ session }) => session.phase() === "ready"), 30_000),
  ).toBe(true);
}

function draw({ session }: Side, x: number): void {
  const writer = session.board()!.startStroke(HEADER);
  writer.add([{ x, y: 0, pressure: 0.5 }]);
  writer.end();
}

/** Ink, a preview and a presence, time and again, and a clear at the end. */
async function work({ room }: Stage, side: Side, from: number): Promise<void> {
  for (let i = 0; i < 5; i++) {
    draw(side, from + i);
    side.session.setPreview({ kind: "transform", ids: ["7.1"], matrix: translation(i, 0) });
    side.session.setPresence({
      name: side.name,
      color: 1,
      tool: "pen",
      view: { minX: 0, minY: 0, maxX: 1, maxY: 1 },
      penDown: false,
      cursor: { x: i, y: 0 },
    });
    await room.clock.advance(700);
  }
  side.session.board()!.clear();
  await room.clock.advance(2000);
}

const seen = ({ session }: Side): number[] =>
  inkOn(session.board()).flatMap(({ points }) => points.map(({ x }) => x));

const NO_HASH = { hi: 0, lo: 0 };
const NO_DIGEST = { writes: NO_HASH, deletions: NO_HASH };

/** What no honest page says, and what would count on its own board, in a session of `from`'s. */
function hostileTexts(from: Side, to: Side): string[] {
  const speaker = clientOf(from);
  const others = clientOf(to);
  const board = from.session.exportUpdate()!;
  const say = (frames: readonly Frame[]): string => encodeMessage({ session: speaker, frames });
  const huge = new Y.Doc();
  huge.clientID = speaker;
  huge.getArray("items").push([new Y.Text("x".repeat(60_000))]);
  const update = Y.encodeStateAsUpdate(huge);
  const state = new Map(Array.from({ length: 2000 }, (_, i) => [i + 1, 2 ** 30 + i] as const));
  const bodies: Frame[] = [
    { type: "update", update: board },
    { type: "update", update },
    { type: "update", update: Uint8Array.of(9, 9, 9) },
    { type: "diff", update: board, last: true },
    { type: "diff", update, last: true },
    { type: "request", what: "all", state, digest: NO_DIGEST },
    { type: "request", what: "writes", isOwn: true, ranges: [{ client: 0, from: 0, to: 9 }] },
    { type: "request", what: "writes", isOwn: false, ranges: [{ client: others, from: 0, to: 2 ** 30 }] },
    { type: "digest", digest: NO_DIGEST, next: 1, clock: 2 ** 30, acks: [[others, 2 ** 30]] },
    {
      type: "preview",
      revision: 2 ** 30,
      clock: 0,
      preview: { kind: "transform", ids: ["7.1"], matrix: translation(9, 9) },
    },
    {
      type: "presence",
      revision: 2 ** 30,
      presence: {
        document: 0,
        name: "Mallory",
        color: 2,
        tool: "eraser",
        view: { minX: 0, minY: 0, maxX: 9, maxY: 9 },
        penDown: true,
        cursor: undefined,
      },
    },
    { type: "bye" },
  ];
  return [
    ...bodies.flatMap((frame) => [
      say([frame]),
      say([{ ...frame, to: slotOf(others) }]),
      say([{ ...frame, document: 3 }]),
    ]),
    say(bodies),
    say(Array.from({ length: 200 }, () => bodies[0]!)),
    ...Array.from({ length: 30 }, (_, i) => messageOf(speaker, [2, 3, i, i, i])),
    ...Array.from({ length: 30 }, (_, i) => appendOf(speaker, i)),
    messageOf(
      speaker,
      Array.from({ length: 150_000 }, (_, i) => i & 255),
    ),
  ];
}

describe("[S8] a group and a chat of two never meet", () => {
  test.each(WAYS)("%s", async (_, anns, bos) => {
    const stage = createStage();
    const { clock, world } = stage.room;
    const ann = stage.open("ann", anns);
    const bo = stage.open("bo", bos);
    const isAnnsGroup = anns.people.length > 1;
    const cy = stage.open("cy", { people: ["ann", "bo"], blind: (isAnnsGroup ? anns : bos).blind === true });
    const [inGroup, inChat] = isAnnsGroup ? [ann, bo] : [bo, ann];
    await ready(stage, [ann, bo, cy]);
    let delivered = 0;
    world.onEvent(({ type }) => void (type === "delivered" && delivered++));
    draw(ann, 1);
    draw(bo, 2);
    await clock.advance(4000);
    const digests = [ann, bo].map(({ session }) => session.digest());
    expect(digests[0]).not.toBe(digests[1]);
    await work(stage, bo, 100);
    expect([seen(ann), ann.session.digest()]).toEqual([[1], digests[0]]);
    expect(seen(bo)).toEqual([]);
    const itsDigest = bo.session.digest();
    await work(stage, ann, 200);
    expect([seen(ann), seen(bo), bo.session.digest()]).toEqual([[], [], itsDigest]);
    expect(delivered).toBeGreaterThan(20);
    // Rubbish in these sessions, and what would be right on their own board, counts for nothing either.
    const rubbish = [
      { to: ann, from: "bo", texts: hostileTexts(bo, ann) },
      { to: bo, from: "ann", texts: hostileTexts(ann, bo) },
    ];
    for (const side of [ann, bo]) draw(side, 5);
    await clock.advance(8000);
    const before = [ann, bo, cy].map(({ session }) => session.digest());
    let answers = 0;
    world.onEvent((event) => {
      if (event.type === "sent") answers += framesOf(event.text).filter(({ type }) => type === "diff").length;
    });
    for (const { to, from, texts } of rubbish) for (const text of texts) to.hear(from, text);
    await clock.advance(8000);
    expect([ann, bo, cy].map(({ session }) => session.digest())).toEqual(before);
    expect([seen(ann), seen(bo)]).toEqual([[5], [5]]);
    expect(answers).toBe(0);
    expect(ann.contact("bo")).toMatchObject({ state: "waiting", presence: undefined, preview: undefined });
    expect(bo.contact("ann")).toMatchObject({ state: "waiting", presence: undefined, preview: undefined });
    // The third one is on the group's board, and has all of that and nothing else.
    expect(seen(cy)).toEqual([5]);
    expect([cy.session.digest(), inGroup.contact("cy").state]).toEqual([inGroup.session.digest(), "here"]);
    expect(cy.session.digest()).not.toBe(inChat.session.digest());
    expect(inChat.notices).toEqual([]);
    expect([inGroup, cy].flatMap(({ notices }) => notices).map(({ kind }) => kind)).toEqual(["cleared"]);
    expect(ann.warnings() + bo.warnings() + cy.warnings()).toBe(0);
  });

  test.each([
    ["in the chat, of one who draws in the group", ["bo"], ["ann", "cy"], 0],
    ["in the group, of one who draws in the chat", ["bo", "cy"], ["ann"], 0],
    ["in the chat, where much is lost", ["bo"], ["ann", "cy"], 0.3],
  ] as const)(
    "who comes late %s, learns that it is another board and asks no more",
    async (_, anns, bos, loss) => {
      const stage = createStage({ network: { loss } });
      const { clock, world } = stage.room;
      const bo = stage.open("bo", { people: bos });
      const cy = stage.open("cy", { people: ["ann", "bo"] });
      // By now nobody says hello of itself any more.
      await clock.advance(60_000);
      const ann = stage.open("ann", { people: anns });
      await ready(stage, [ann, bo, cy]);
      await clock.advance(60_000);
      draw(bo, 1);
      await clock.advance(30_000);
      let hellos = 0;
      world.onEvent((event) => {
        if (event.type === "navigation" && event.phone === "ann" && event.url.startsWith("xa:")) hellos++;
      });
      for (let i = 0; i < 30; i++) {
        draw(bo, i);
        await clock.advance(1000);
      }
      // Signs of life.
      expect(hellos).toBeLessThan(5);
      expect(ann.contact("bo").state).toBe("waiting");
      expect(seen(ann)).toEqual([]);
    },
  );
});

function clientOf(side: Side): number {
  const { session } = side;
  draw(side, 500);
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
