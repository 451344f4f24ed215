import * as Y from "yjs";
import { boardTagOf } from "../../src/board/board-id.ts";
import { createDocument } from "../../src/board/document.ts";
import { trackState } from "../../src/board/state.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import type { Address } from "../../src/env/host.ts";
import { decodeAppendMessage } from "../../src/sync/append-message.ts";
import { decodeMessage, encodeMessage, type Frame } from "../../src/sync/frame.ts";
import { inkBefore } from "../../src/sync/ink-before.ts";
import { unpackAppend, type PackedAppend } from "../../src/sync/packed-append.ts";
import { HEADER } from "../support/room.ts";
import type { Place } from "./picture.ts";

/** A contact in the hands of a test: it says what a page of Inkmesh says, or what none ever would. */
export interface TestContact {
  /** Its copy of the board. */
  readonly doc: Y.Doc;
  /** A message with its hello, and then these frames. */
  message(...frames: readonly Frame[]): string;
  /** Draws strokes through places of a screen of 360 x 640; returns what that adds to the board. */
  draw(strokes: readonly (readonly Place[])[]): Uint8Array;
  /** Takes in what the other one sent; returns the session it came from, undefined where it is no message. */
  hear(text: string): number | undefined;
}

export function createTestContact(session: number, own: Address, other: Address): TestContact {
  const doc = createDocument();
  doc.clientID = session;
  const tracker = trackState(doc);
  const tag = boardTagOf({ own, remotes: [other] });
  let sequence = 0;
  const sessions = new Set<number>();

  function hearInk(packed: PackedAppend): number | undefined {
    for (const each of sessions) {
      if (packed.clock > Y.getState(doc.store, each)) continue;
      const update = unpackAppend(packed, each, inkBefore(doc, each, packed.clock));
      if (!update) continue;
      Y.applyUpdate(doc, update);
      return each;
    }
    return undefined;
  }

  return {
    doc,
    message(...frames) {
      const state = Y.decodeStateVector(Y.encodeStateVector(doc));
      const hello: Frame = { type: "hello", tag, reply: false, state, digest: tracker.digest() };
      return encodeMessage({ session, direct: false, sequence: sequence++, frames: [hello, ...frames] });
    },
    draw(strokes) {
      const before = Y.encodeStateVector(doc);
      const { board, flush, close } = createBoard({
        doc,
        isPresent: () => false,
        onError(error) {
          throw error;
        },
      });
      for (const places of strokes) {
        const stroke = board.startStroke(HEADER);
        stroke.add(
          places.map(([x, y]) => ({ x: Math.round(x - 180), y: Math.round(y - 320), pressure: 0.5 })),
        );
        stroke.end();
      }
      flush();
      close();
      return Y.encodeStateAsUpdate(doc, before);
    },
    hear(text) {
      const append = decodeAppendMessage(text);
      if (append) return hearInk(append.packed);
      const decoded = decodeMessage(text);
      if (!decoded.ok) return undefined;
      for (const frame of decoded.message.frames) {
        if (frame.type === "update" || frame.type === "diff") Y.applyUpdate(doc, frame.update);
      }
      sessions.add(decoded.message.session);
      return decoded.message.session;
    },
  };
}
