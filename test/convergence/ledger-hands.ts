import { quantize } from "../../src/ink/codec.ts";
import type { InkPoint, StrokeHeader } from "../../src/ink/stroke.ts";
import type { OpenPage } from "../support/room.ts";
import type { KeptStroke, LedgerBook } from "./ledger-book.ts";
import type { Hand } from "./ledger-entries.ts";

/** Puts a pen down on the page's board and keeps what it draws; undefined where the page has none yet. */
export function startStroke(
  book: LedgerBook,
  page: OpenPage,
  given: Omit<StrokeHeader, "color">,
): Hand | undefined {
  const header = { ...given, color: book.strokes.length + 1 };
  const writer = page.session.board()?.startStroke(header);
  if (!writer) return undefined;
  const points: InkPoint[] = [];
  const stroke: KeptStroke = {
    color: header.color,
    page,
    header,
    points,
    state: "open",
    endedAt: Infinity,
  };
  book.strokes.push(stroke);
  const finish = (state: "ended" | "dropped"): void => {
    stroke.state = state;
    stroke.endedAt = book.now();
    book.justCleared.delete(page);
    book.lastChange = book.now();
    book.hands.get(page)?.delete(hand);
  };
  const hand: Hand = {
    add(more) {
      if (stroke.state !== "open") return;
      book.lastChange = book.now();
      for (const point of more) points.push(quantize(point, header));
      writer.add(more);
    },
    end() {
      if (stroke.state !== "open") return;
      writer.end();
      finish(points.length > 0 ? "ended" : "dropped");
    },
    cancel() {
      if (stroke.state === "open") finish(writer.cancel() ? "dropped" : "ended");
    },
    isDown: () => stroke.state === "open" && !book.ends.has(page),
  };
  const down = book.hands.get(page) ?? new Set();
  book.hands.set(page, down.add(hand));
  return hand;
}
