import * as Y from "yjs";
import { decodeBase64, encodeBase64 } from "../../src/base/bytes.ts";
import type { Board } from "../../src/board/document/board.ts";
import { createDocument } from "../../src/board/document/document.ts";
import { decodeSnapshot, encodeSnapshot } from "../../src/board/storage/snapshot.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import { appendOf, updateOf } from "../../src/sync/wire/append.ts";
import { encodeAppendMessage, openAppend, readAppend } from "../../src/sync/wire/append-message.ts";
import type { InkSample } from "../../src/ink/stroke.ts";
import { createDevice } from "../board/guard/lab.ts";
import type { Device } from "../board/guard/lab.ts";
import { PEN } from "../support/strokes.ts";
import { batchesOf } from "./batches.ts";
import type { Kept, Scheme, Strokes } from "./scheme.ts";
import { inkOn } from "../support/ink.ts";
import { createHandTime } from "../support/hand-time.ts";

const AUTHOR = 1_234_567_890;
const READER = 987_654_321;
/** Between strokes. */
const PAUSE_MS = 300;

/** The app's own way: the board, the guard and the wire, without the session around them. */
export const INKMESH: Scheme = {
  name: "Inkmesh",
  send(strokes) {
    const author = createDevice(AUTHOR);
    const messages: string[] = [];
    author.doc.on("update", (update: Uint8Array) => {
      const append = appendOf(update);
      messages.push((append && encodeAppendMessage(append, AUTHOR)) ?? encodeBase64(update));
    });
    for (const stroke of strokes) draw(author, stroke);
    author.close();
    return messages;
  },
  keep: (strokes) => keepOnLayer(strokes, 1),
  read(messages) {
    const reader = createDevice(READER);
    for (const message of messages) {
      const opened = openAppend(message);
      const append = opened && readAppend(opened, AUTHOR);
      reader.admit(append ? updateOf(append) : decodeBase64(message)!);
    }
    const count = inkOn(reader.board.board).reduce((sum, { points }) => sum + points.length, 0);
    reader.close();
    return count;
  },
  open(stored, all) {
    const doc = createDocument();
    Y.applyUpdateV2(doc, decodeSnapshot(stored)!);
    const opened = createBoard({
      doc,
      time: createHandTime(),
      isPresent: () => true,
      onError: (error) => console.error(error),
    });
    const points = all ? inkOn(opened.board).map((item) => item.points) : undefined;
    return { opened, points };
  },
};

/** As `keep`, with all strokes on a layer, counted from 1. */
export function keepOnLayer(strokes: Strokes, layer: number): Kept {
  const author = createDevice(AUTHOR);
  drawOnLayer(author.board.board, layer);
  for (const stroke of strokes) draw(author, stroke);
  const v1 = Y.encodeStateAsUpdate(author.doc).length;
  const v2 = Y.encodeStateAsUpdateV2(author.doc).length;
  const kept = { v1, v2, stored: encodeSnapshot(author.doc) };
  author.close();
  return kept;
}

/** Adds layers up to this one, counted from 1, and puts it in use. */
export function drawOnLayer(board: Board, layer: number): void {
  for (let count = 2; count <= layer; count++) board.setActiveLayer(board.addLayer(""));
}

function draw({ board, time }: Device, stroke: readonly InkSample[]): void {
  const simplifier = createSimplifier(PEN);
  const writer = board.board.startStroke(PEN);
  for (const batch of batchesOf(stroke)) {
    for (const sample of batch) writer.add(simplifier.push(sample));
    board.flush();
  }
  writer.add(simplifier.end());
  writer.end();
  time.pass(Math.max(stroke.at(-1)!.time - stroke[0]!.time, 0) + PAUSE_MS);
}
