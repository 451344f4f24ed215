/*
 * Golden messages: what a contact with today's version sends and understands.
 */
import { encodeBase64 } from "../../../src/base/bytes.ts";
import type { Message } from "../../../src/sync/wire/frame.ts";

export const GOLDEN: readonly { name: string; message: Message; text: string }[] = [
  {
    name: "[S1] a bye",
    message: { session: 300, frames: [{ type: "bye" }] },
    text: encodeBase64(new Uint8Array([0x43, 0xac, 0x02, 6, 0])),
  },
  {
    name: "[S1] [S2] frames for one contact, about another document, and both",
    message: {
      session: 1,
      frames: [
        { type: "bye", to: 300 },
        { type: "bye", document: 2 ** 32 - 1 },
        { type: "bye", to: 0, document: 5 },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        ...[0x43, 1, 0x20 | 6, 0x2c, 0x01, 0],
        ...[0x40 | 6, 0xff, 0xff, 0xff, 0xff, 0x0f, 0],
        ...[0x60 | 6, 0, 0, 5, 0],
      ]),
    ),
  },
  {
    name: "[S3] an update",
    message: { session: 1, frames: [{ type: "update", update: new Uint8Array([9, 8]) }] },
    text: encodeBase64(new Uint8Array([0x43, 1, 2, 2, 9, 8])),
  },
  {
    name: "[S5] the last chunk of an answer",
    message: { session: 1, frames: [{ type: "diff", last: true, update: new Uint8Array([7]), to: 2 }] },
    text: encodeBase64(new Uint8Array([0x43, 1, 0x20 | 5, 2, 0, 2, 1, 7])),
  },
  {
    name: "[S6] a digest",
    message: {
      session: 1,
      frames: [
        {
          type: "digest",
          digest: { writes: { hi: 1, lo: 2 }, deletions: { hi: 3, lo: 4 } },
          next: 6,
          clock: 5,
          acks: [[300, 7]],
        },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        ...[0x43, 1, 3, 22, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0],
        ...[6, 5, 1, 0xac, 0x02, 7],
      ]),
    ),
  },
  {
    name: "[S8] a hello",
    message: {
      session: 1,
      frames: [
        {
          type: "hello",
          tag: new Uint8Array([8, 7, 6, 5, 4, 3, 2, 1]),
          reply: true,
          state: new Map([[2, 1]]),
          digest: { writes: { hi: 1, lo: 2 }, deletions: { hi: 3, lo: 4 } },
          names: ["ann", "é"],
        },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        ...[0x43, 1, 1, 36, 1, 8, 7, 6, 5, 4, 3, 2, 1, 1, 2, 1],
        ...[1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0],
        ...[2, 3, 0x61, 0x6e, 0x6e, 2, 0xc3, 0xa9],
      ]),
    ),
  },
  {
    name: "[S8] a short hello that asks one contact",
    message: {
      session: 1,
      frames: [
        {
          type: "hello",
          tag: new Uint8Array([8, 7, 6, 5, 4, 3, 2, 1]),
          reply: true,
          state: undefined,
          digest: { writes: { hi: 1, lo: 2 }, deletions: { hi: 3, lo: 4 } },
          names: [],
          to: 9,
        },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        ...[0x43, 1, 0x20 | 1, 9, 0, 26, 5, 8, 7, 6, 5, 4, 3, 2, 1],
        ...[1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0],
      ]),
    ),
  },
  {
    name: "[S8] a hello of somebody who does not know the own address",
    message: {
      session: 1,
      frames: [
        {
          type: "hello",
          tag: undefined,
          reply: false,
          state: new Map(),
          digest: { writes: { hi: 0, lo: 0 }, deletions: { hi: 0, lo: 0 } },
          names: [],
        },
      ],
    },
    text: encodeBase64(new Uint8Array([0x43, 1, 1, 19, 2, 0, ...new Uint8Array(16), 0])),
  },
  {
    name: "[S4] a request for everything",
    message: {
      session: 1,
      frames: [
        {
          type: "request",
          what: "all",
          state: new Map([
            [300, 4],
            [2, 1],
          ]),
          digest: { writes: { hi: 1, lo: 2 }, deletions: { hi: 3, lo: 4 } },
        },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        ...[0x43, 1, 4, 23, 0, 2, 2, 1, 0xac, 0x02, 4],
        ...[1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0],
      ]),
    ),
  },
  {
    name: "[S4] a request for some writes",
    message: {
      session: 1,
      frames: [
        {
          type: "request",
          what: "writes",
          isOwn: false,
          ranges: [
            { client: 300, from: 4, to: 9 },
            { client: 2, from: 0, to: 300 },
          ],
          to: 7,
          document: 3,
        },
      ],
    },
    text: encodeBase64(
      new Uint8Array([0x43, 1, 0x60 | 4, 7, 0, 3, 9, 1, 0xac, 0x02, 4, 5, 2, 0, 0xac, 0x02]),
    ),
  },
  {
    name: "[S4] a request for some writes of the one whom it asks",
    message: {
      session: 1,
      frames: [
        {
          type: "request",
          what: "writes",
          isOwn: true,
          ranges: [
            { client: 0, from: 4, to: 9 },
            { client: 0, from: 20, to: 320 },
          ],
          to: 0x102,
        },
      ],
    },
    text: encodeBase64(new Uint8Array([0x43, 1, 0x20 | 4, 2, 1, 6, 3, 4, 5, 20, 0xac, 0x02])),
  },
  {
    name: "[S1] [S17] frames about a document with a long number, also for one contact",
    message: {
      session: 1,
      frames: [
        { type: "bye", document: 2 ** 32 },
        { type: "diff", last: true, update: new Uint8Array([7]), to: 2, document: 2 ** 53 - 1 },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        ...[0x43, 1, 0x10 | 6, 5, 0x80, 0x80, 0x80, 0x80, 0x10],
        ...[0x30 | 5, 2, 0, 10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 7],
      ]),
    ),
  },
  {
    name: "[S19] the sum of a roster, the question for it, and the list",
    message: {
      session: 1,
      frames: [
        { type: "roster-sum", sum: { hi: 1, lo: 2 } },
        { type: "roster-request", to: 3 },
        {
          type: "roster",
          isFirst: true,
          entries: [
            [2, { writes: { hi: 1, lo: 2 }, deletions: { hi: 3, lo: 4 } }],
            [302, { writes: { hi: 5, lo: 6 }, deletions: { hi: 0, lo: 0 } }],
          ],
        },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        ...[0x43, 1, 10, 8, 1, 0, 0, 0, 2, 0, 0, 0, 0x20 | 11, 3, 0, 0],
        ...[12, 37, 1, 2, 1, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0],
        ...[0xac, 0x02, 5, 0, 0, 0, 6, 0, 0, 0, ...new Uint8Array(8)],
      ]),
    ),
  },
  {
    name: "[S20] chunks of a picture that are wanted, that there are, and one of them",
    message: {
      session: 1,
      frames: [
        { type: "want", hash: "0f".repeat(32), bytes: 49_153, chunks: 3, to: 3 },
        { type: "have", hash: "0f".repeat(32), bytes: 49_153, chunks: 0 },
        { type: "chunk", hash: "0f".repeat(32), bytes: 49_153, index: 1, content: new Uint8Array([7]) },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        ...[0x43, 1, 0x20 | 13, 3, 0, 36, ...new Uint8Array(32).fill(15), 0x81, 0x80, 3, 3],
        ...[14, 36, ...new Uint8Array(32).fill(15), 0x81, 0x80, 3, 0],
        ...[15, 37, ...new Uint8Array(32).fill(15), 0x81, 0x80, 3, 1, 7],
      ]),
    ),
  },
];
