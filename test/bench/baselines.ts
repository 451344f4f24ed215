import { deflateSync, inflateSync } from "fflate";
import * as Y from "yjs";
import { decodeBase64, encodeBase64 } from "../../src/base/bytes.ts";
import type { InkSample } from "../../src/ink/stroke.ts";
import { batchesOf } from "./batches.ts";
import type { Kept, Scheme, Strokes } from "./scheme.ts";

/*
 * Other ways to send and keep ink, written from their formats. All get coordinates in hundredths of a
 * pixel: more digits only cost.
 */

const COLOR = "#1d1d1f";
const SIZE = 4;
const WHITEBOARD_MS = 200;

const text = new TextEncoder();
const words = new TextDecoder();

const round = (value: number): number => Math.round(value * 100) / 100;
const base64 = (said: string): string => encodeBase64(text.encode(said));
const said = (message: string): string => words.decode(decodeBase64(message));

function keepPlain(all: unknown): Kept {
  return { v1: undefined, v2: undefined, stored: deflateSync(text.encode(JSON.stringify(all))) };
}

function openPlain(stored: Uint8Array): unknown {
  return JSON.parse(words.decode(inflateSync(stored)));
}

interface Segment {
  readonly type: "draw";
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly color: string;
  readonly size: number;
}

/** The tutorial's: a message for each movement. */
const segments: Scheme = {
  name: "a JSON message for each segment",
  send: (strokes) => segmentsOf(strokes).map((segment) => base64(JSON.stringify(segment))),
  keep: (strokes) => keepPlain(segmentsOf(strokes)),
  read: (messages) => messages.map((each) => JSON.parse(said(each)) as Segment).length,
  open: openPlain,
};

function segmentsOf(strokes: Strokes): Segment[] {
  return strokes.flatMap((stroke) =>
    stroke.slice(1).map((to, i): Segment => {
      const from = stroke[i]!;
      const [x1, y1, x2, y2] = [from.x, from.y, to.x, to.y].map(round) as [number, number, number, number];
      return { type: "draw", x1, y1, x2, y2, color: COLOR, size: SIZE };
    }),
  );
}

/** The official whiteboard's: decimals, sent five times a second. */
const decimals: Scheme = {
  name: "decimal text every 200 ms",
  send: (strokes) =>
    strokes.flatMap((stroke) => batchesOf(stroke, WHITEBOARD_MS).map((batch) => base64(decimalsOf(batch)))),
  keep: (strokes) => keepPlain(strokes.map(decimalsOf)),
  read: (messages) =>
    messages.reduce((sum, each) => {
      const pairs = said(each).split(";").slice(0, -1);
      return sum + pairs.map((pair) => pair.split(",").map(Number)).length;
    }, 0),
  open: (stored) =>
    (openPlain(stored) as string[]).map((stroke) =>
      stroke
        .split(";")
        .slice(0, -1)
        .map((pair) => pair.split(",").map(Number)),
    ),
};

function decimalsOf(samples: readonly InkSample[]): string {
  return samples.map(({ x, y }) => `${round(x)},${round(y)};`).join("");
}

const HALF_POINT = 6;

/** Three half-precision floats for each point, all of the stroke again in each message. */
const halfFloats: Scheme = {
  name: "half floats, the stroke again in each batch",
  send: (strokes) =>
    strokes.flatMap((stroke, id) => {
      let sent = 0;
      const whole = halves(stroke);
      return batchesOf(stroke).map((batch) => {
        sent += batch.length;
        const points = encodeBase64(whole.subarray(0, sent * HALF_POINT));
        return base64(JSON.stringify({ id, points }));
      });
    }),
  keep: (strokes) => keepPlain(strokes.map((stroke) => encodeBase64(halves(stroke)))),
  read(messages) {
    const byStroke = new Map<number, number>();
    for (const each of messages) {
      const { id, points } = JSON.parse(said(each)) as { id: number; points: string };
      byStroke.set(id, fromHalves(points).length);
    }
    return [...byStroke.values()].reduce((sum, count) => sum + count, 0);
  },
  open: (stored) => (openPlain(stored) as string[]).map(fromHalves),
};

function halves(stroke: readonly InkSample[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(stroke.length * HALF_POINT));
  stroke.forEach(({ x, y, pressure }, i) => {
    [x, y, pressure].forEach((value, k) => view.setUint16(i * HALF_POINT + 2 * k, toHalf(value), true));
  });
  return new Uint8Array(view.buffer);
}

function fromHalves(points: string): number[][] {
  const bytes = decodeBase64(points)!;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: bytes.length / HALF_POINT }, (_, i) =>
    [0, 2, 4].map((k) => fromHalf(view.getUint16(i * HALF_POINT + k, true))),
  );
}

const FLOAT = new DataView(new ArrayBuffer(4));

/** IEEE 754 binary16, cut off; what is too small for it is zero. */
function toHalf(value: number): number {
  FLOAT.setFloat32(0, value);
  const bits = FLOAT.getUint32(0);
  const exponent = ((bits >>> 23) & 255) - 112;
  if (exponent <= 0) return 0;
  return ((bits >>> 16) & 0x8000) | (exponent << 10) | ((bits >>> 13) & 0x3ff);
}

function fromHalf(half: number): number {
  if ((half & 0x7fff) === 0) return 0;
  const sign = half & 0x8000 ? -1 : 1;
  return sign * 2 ** (((half >>> 10) & 31) - 15) * (1 + (half & 0x3ff) / 1024);
}

/** A Yjs document with an array for each stroke, to which a batch adds what `content` makes of it. */
function yjsScheme<Content>(
  name: string,
  content: (batch: readonly InkSample[]) => Content[],
  points: (stroke: Y.Array<Content>) => unknown[],
): Scheme {
  const pointsOf = (doc: Y.Doc): unknown[][] => doc.getArray<Y.Array<Content>>("strokes").map(points);
  function draw(doc: Y.Doc, strokes: Strokes): void {
    const list = doc.getArray<Y.Array<Content>>("strokes");
    for (const stroke of strokes) {
      const array = new Y.Array<Content>();
      for (const [i, batch] of batchesOf(stroke).entries()) {
        doc.transact(() => {
          if (i === 0) list.push([array]);
          array.push(content(batch));
        });
      }
    }
  }
  return {
    name,
    send(strokes) {
      const doc = new Y.Doc();
      const messages: string[] = [];
      doc.on("update", (update: Uint8Array) => messages.push(encodeBase64(update)));
      draw(doc, strokes);
      return messages;
    },
    keep(strokes) {
      const doc = new Y.Doc();
      draw(doc, strokes);
      const v2 = Y.encodeStateAsUpdateV2(doc);
      return { v1: Y.encodeStateAsUpdate(doc).length, v2: v2.length, stored: deflateSync(v2) };
    },
    read(messages) {
      const doc = new Y.Doc();
      for (const each of messages) Y.applyUpdate(doc, decodeBase64(each)!);
      return pointsOf(doc).reduce((sum, { length }) => sum + length, 0);
    },
    open(stored) {
      const doc = new Y.Doc();
      Y.applyUpdateV2(doc, inflateSync(stored));
      return { doc, points: pointsOf(doc) };
    },
  };
}

const objects = yjsScheme<{ x: number; y: number }>(
  "Yjs, {x, y} objects",
  (batch) => batch.map(({ x, y }) => ({ x: round(x), y: round(y) })),
  (stroke) => stroke.toArray(),
);

/** Differences in quarters of a pixel, as bytes where they are small, in one chunk for each batch. */
const chunks = yjsScheme<Uint8Array>(
  "Yjs, byte chunks",
  (batch) => {
    const bytes: number[] = [];
    let lastX = 0;
    let lastY = 0;
    for (const sample of batch) {
      const x = Math.round(sample.x * 4);
      const y = Math.round(sample.y * 4);
      for (const value of [x - lastX, y - lastY]) pushNumber(bytes, value);
      lastX = x;
      lastY = y;
    }
    return [Uint8Array.from(bytes)];
  },
  (stroke) => stroke.toArray().flatMap(readChunk),
);

/** Zigzag, seven bits to a byte. */
function pushNumber(bytes: number[], value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  bytes.push(rest);
}

function readChunk(bytes: Uint8Array): { x: number; y: number }[] {
  const numbers: number[] = [];
  let weight = 1;
  let sum = 0;
  for (const byte of bytes) {
    sum += (byte & 127) * weight;
    weight *= 128;
    if (byte > 127) continue;
    numbers.push(sum % 2 === 0 ? sum / 2 : -(sum + 1) / 2);
    weight = 1;
    sum = 0;
  }
  let x = 0;
  let y = 0;
  return Array.from({ length: numbers.length / 2 }, (_, i) => {
    x += numbers[2 * i]!;
    y += numbers[2 * i + 1]!;
    return { x: x / 4, y: y / 4 };
  });
}

export const BASELINES: readonly Scheme[] = [segments, decimals, objects, chunks, halfFloats];
