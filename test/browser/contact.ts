import * as Y from "yjs";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import { createDocument } from "../../src/board/document/document.ts";
import { trackState } from "../../src/board/document/state.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import type { Address } from "../../src/env/host.ts";
import { updateOf } from "../../src/sync/wire/append.ts";
import { openAppend, readAppend, type OpenedAppend } from "../../src/sync/wire/append-message.ts";
import { encodeMessage, type Frame } from "../../src/sync/wire/frame.ts";
import { slotOf } from "../../src/board/document/slot.ts";
import { decodeMessage } from "../support/messages.ts";
import { HEADER } from "../support/room.ts";
import type { Place } from "./picture.ts";
import { createHandTime } from "../support/hand-time.ts";

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
  const sessions = new Set<number>();

  function hearInk(opened: OpenedAppend): number | undefined {
    const from = [...sessions].find((each) => slotOf(each) === opened.slot);
    const append = from === undefined ? undefined : readAppend(opened, from);
    if (!append) return undefined;
    Y.applyUpdate(doc, updateOf(append));
    return from;
  }

  return {
    doc,
    message(...frames) {
      const state = Y.decodeStateVector(Y.encodeStateVector(doc));
      const hello: Frame = { type: "hello", tag, reply: false, state, digest: tracker.digest() };
      return encodeMessage({ session, frames: [hello, ...frames] });
    },
    draw(strokes) {
      const before = Y.encodeStateVector(doc);
      const { board, flush, close } = createBoard({
        doc,
        time: createHandTime(),
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
      const append = openAppend(text);
      if (append) return hearInk(append);
      const message = decodeMessage(text);
      if (!message) return undefined;
      for (const frame of message.frames) {
        if (frame.type === "update" || frame.type === "diff") Y.applyUpdate(doc, frame.update);
      }
      sessions.add(message.session);
      return message.session;
    },
  };
}
