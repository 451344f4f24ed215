/*
 * What is said and not kept: as many statements in a message, and as much in each, as contacts take; and updates
 * that come too early, as many as wait.
 */
import { LIMITS } from "../../src/board/document/limits.ts";
import type { Preview } from "../../src/board/previews/preview.ts";
import { encodeAppendMessage } from "../../src/sync/wire/append-message.ts";
import { MAX_FRAMES } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { after } from "../board/guard/costs.ts";
import { itemKey } from "../board/guard/lab.ts";
import { content, section } from "../board/guard/raw-update.ts";
import type { RawStruct } from "../board/guard/raw-update.ts";
import { HONEST, SPEAKER, TAG } from "./guard-stage.ts";
import { sectionsFrame, times, updateFrame } from "./large-kind.ts";
import type { LargeKind } from "./large-kind.ts";
import { DRAWERS } from "./large-stage.ts";

const DIGEST = { writes: { hi: 1, lo: 2 }, deletions: { hi: 0, lo: 0 } };

/** Messages full of previews. */
function* previews(count: number, make: (i: number) => Preview): Iterable<readonly Frame[]> {
  for (let from = 0; from < count; from += MAX_FRAMES)
    yield times(MAX_FRAMES, (i) => ({
      type: "preview",
      revision: from + i,
      clock: 0,
      preview: make(from + i),
    }));
}

export const MESSAGE_KINDS: readonly LargeKind[] = [
  {
    name: "presences",
    *messages(_, size) {
      for (let from = 0; from < 1000 * size; from += MAX_FRAMES)
        yield times(MAX_FRAMES, (i) => ({
          type: "presence",
          revision: from + i,
          presence: {
            document: 0,
            name: "x".repeat(40),
            color: 1,
            tool: "pen",
            view: { minX: 0, minY: 0, maxX: 9, maxY: 9 },
            penDown: false,
            cursor: { x: from + i, y: 1 },
          },
        }));
    },
  },
  {
    name: "lasers",
    messages: (_, size) =>
      previews(500 * size, (i) => ({
        kind: "laser",
        color: 1,
        points: times(4 * LIMITS.laserPoints.takes * size + 1, (k) => ({ x: (i + k) / 16, y: 0, age: 0 })),
      })),
  },
  {
    name: "previews of what an eraser takes",
    messages: (_, size) =>
      previews(300 * size, (i) => ({
        kind: "erase",
        ids: times(600 * size, (k) => `${DRAWERS[i % DRAWERS.length]}.${k}`),
        cuts: new Map(),
      })),
  },
  {
    name: "statements of what somebody has",
    *messages(on, size) {
      const first = on.freshSessions();
      const state = new Map(times(LIMITS.statedSessions.takes * size, (i) => [first + i, 1] as const));
      for (let i = 0; i < 3; i++) {
        yield [{ type: "hello", tag: TAG, reply: false, state, digest: DIGEST }];
        yield [{ type: "request", what: "all", state, digest: DIGEST }];
        yield [{ type: "digest", digest: DIGEST, next: 5, clock: 5, acks: [...state] }];
      }
    },
  },
  {
    name: "questions for all that was drawn",
    *messages({ ends }, size) {
      const parts = Math.floor((LIMITS.askedRanges.takes * size) / ends.size) - 1;
      const ranges = [...ends].flatMap(([client, to]) => [
        { client, from: 0, to },
        ...times(Math.max(parts, 0), (i) => ({ client, from: 30 * i, to: 30 * i + 20 })),
      ]);
      for (let i = 0; i < 3; i++) {
        yield [{ type: "request", what: "writes", isOwn: false, ranges }];
        yield [{ type: "request", what: "all", state: new Map(), digest: DIGEST }];
      }
    },
  },
  {
    name: "updates of many sessions that come too early",
    *messages(on, size) {
      const first = on.freshSessions();
      const last = on.items.at(-1)!;
      for (let i = 0; i < 20; i++) {
        const waits = { client: first + 500_000 + i, clock: 1, structs: [after(first + 600_000 + i, 7)] };
        yield sectionsFrame([
          ...times(3000 * size, (k) => ({
            client: first + 3000 * i + k,
            clock: 0,
            structs: [after(last.client, last.clock)],
          })),
          waits,
        ]);
      }
    },
  },
  {
    name: "updates that wait for the next honest writes, for one after the other",
    *messages(on, size) {
      const first = on.freshSessions();
      const next = on.stage.stateOf(HONEST);
      const colour = (client: number, clock: number): RawStruct => ({
        parent: "attrs",
        key: itemKey({ client, clock }, "c"),
        content: content.binary(new Uint8Array(3)),
      });
      for (let i = 0; i < 20; i++)
        yield updateFrame(
          section(
            first + i,
            0,
            ...times(2300 * size, (k) => colour(on.items[k]!.client, on.items[k]!.clock)),
            ...times(200, (k) => colour(HONEST, next + k)),
          ),
        );
    },
  },
  {
    name: "small updates that come too early",
    *messages(on, size) {
      const first = on.freshSessions();
      const next = on.stage.stateOf(HONEST);
      for (let i = 0; i < 128 * size; i++)
        yield times(MAX_FRAMES, (k): Frame => ({
          type: "update",
          update: section(first + MAX_FRAMES * i + k, 0, after(HONEST, next + 40 * ((i + k) % 50))),
        }));
    },
  },
  {
    name: "appends of four sessions that come too early, the same again and again",
    *messages(on, size) {
      const first = on.freshSessions();
      const writes = [{ kind: "text", text: "1".repeat(2000) }] as const;
      for (let i = 0; i < 256 * size; i++) {
        const append = { session: first + (i % 4), clock: 5 + (i % 64) * 2000, writes };
        yield encodeAppendMessage(append, SPEAKER)!;
      }
    },
  },
];
