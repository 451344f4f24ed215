/*
 * Boards with many strokes, made at once.
 */
import * as Y from "yjs";
import { HEADER } from "../peers.ts";
import { createDevice } from "../guard/lab.ts";

/** A dot, and a line of a hundred points, as they are stored. */
export const DOT = inkOf(1);
export const LINE = inkOf(100);

function inkOf(points: number): string {
  const { board, doc } = createDevice(1);
  const writer = board.board.startStroke(HEADER);
  writer.add(Array.from({ length: points }, (_, i) => ({ x: i * 9, y: i % 3, pressure: 0.5 })));
  writer.end();
  return doc.getArray<Y.Text>("items").get(0).toJSON();
}

/** A board that `sessions` drew so many strokes on each. */
export function stateWith(sessions: number, count: number, ink: string): Uint8Array {
  const source = new Y.Doc();
  for (let i = 0; i < sessions; i++) {
    source.clientID = 2 ** 31 + i * 7;
    source.getArray("items").push(Array.from({ length: count }, () => new Y.Text(ink)));
  }
  return Y.encodeStateAsUpdate(source);
}
