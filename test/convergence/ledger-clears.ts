/*
 * What a clear, and a step of the history, did to a board: what it must hide or bring back from then on, and
 * what it did otherwise than its person could expect.
 */
import type { OpenPage } from "../support/room.ts";
import { copyOf, noteHidden, visibleColors } from "./ledger-book.ts";
import type { LedgerBook } from "./ledger-book.ts";
import { drawnColor } from "./ledger-entries.ts";

/** Clears the page's board; what came of it, in words. */
export function clearBoard(book: LedgerBook, page: OpenPage): string {
  const items = (page.session.board()?.items() ?? []).filter(({ kind }) => kind !== "picture");
  const drawing = new Set(
    page.session
      .contacts()
      .filter(({ drawing: isDown, preview }) => isDown && preview?.kind !== "shape")
      .map(({ address }) => address),
  );
  const open = new Set(items.filter((item) => !item.ended).map(({ header }) => drawnColor(header.color)));
  for (const color of items.map(({ header }) => drawnColor(header.color))) {
    const stroke = book.strokes[color - 1];
    // A stroke that a killed page left open is under nobody's pen.
    const isUnderPen =
      open.has(color) &&
      stroke !== undefined &&
      !book.ends.has(stroke.page) &&
      (stroke.page === page || drawing.has(page.page.view.shown(stroke.page.page.view.address)));
    if (!isUnderPen) book.mayBeHidden.add(color);
  }
  if (!page.session.board()?.clear()) return "there was nothing";
  book.lastChange = book.now();
  // What it hides here it hides everywhere, and for good.
  const left = visibleColors(page);
  const mustHide = new Set(
    items.map(({ header }) => drawnColor(header.color)).filter((color) => !left.has(color)),
  );
  book.clears.push({ page, at: book.now(), mustHide });
  book.justCleared.set(page, mustHide);
  book.whoCleared.add(page);
  // What an answer had brought and nobody had been shown yet comes to light now, with the other pieces of
  // the same strokes.
  const shown = new Set(items.map(({ id }) => id));
  const came = (page.session.board()?.items() ?? []).filter(({ id }) => !shown.has(id));
  const unseen = new Set(came.map(({ header }) => drawnColor(header.color)));
  for (const { header } of items) {
    const color = drawnColor(header.color);
    if (left.has(color) && !open.has(color) && !unseen.has(color) && !book.layered)
      book.wrongs.push(`stroke ${color} stayed when ${page.page.view.address} cleared`);
  }
  return `${items.length} items`;
}

/** Takes back, or does again, what the page's person did last; what came of it, in words. */
export function stepHistory(book: LedgerBook, page: OpenPage, way: "undo" | "redo" | "undoClear"): string {
  const before = visibleColors(page);
  const copy = copyOf(page);
  const board = page.session.board();
  const did = (way === "undoClear" ? board?.undoClear() : board?.history[way]()) ?? "nothing";
  if (did === "nothing") return "there was nothing";
  book.lastChange = book.now();
  const gone = noteHidden(book, page, before);
  // What is taken back on a hidden layer nobody sees.
  if (book.layered) {
    for (const { color } of book.strokes.filter((stroke) => stroke.page === page))
      book.mayBeHidden.add(color);
  }
  const after = visibleColors(page);
  for (const color of gone) {
    // What others had hidden already comes to light with any change.
    const isOthers = book.strokes[color - 1]?.page !== page && copy().has(color);
    if (way !== "redo" && !book.layered && isOthers)
      book.wrongs.push(
        `stroke ${color} is another's, and went when ${page.page.view.address} took something back`,
      );
  }
  // Where nobody else has ever cleared, what this clear hid is back.
  const hidden = book.whoCleared.size === 1 && way !== "redo" ? (book.justCleared.get(page) ?? []) : [];
  book.justCleared.delete(page);
  for (const color of hidden) {
    const isBack = after.has(color) || book.takenBack.has(color) || book.layered;
    if (!isBack)
      book.wrongs.push(`stroke ${color} stayed hidden when ${page.page.view.address} took a clear back`);
  }
  // Which of the person's clears stand now only the board knows.
  book.clears = book.clears.filter((clear) => clear.page !== page);
  return `${before.size} to ${after.size} strokes`;
}
