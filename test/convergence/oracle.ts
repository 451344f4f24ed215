import * as Y from "yjs";
import { encodeLabel } from "../../src/board/document/labels.ts";
import { createPointDecoder } from "../../src/ink/codec.ts";
import { decodeHeader } from "../../src/ink/header.ts";
import { PICTURE_TOOL, type InkPoint } from "../../src/ink/stroke.ts";
import type { SimulatorEvent } from "../../src/simulator/events.ts";
import type { OpenPage } from "../support/room.ts";
import { drawnColor } from "./ledger-entries.ts";
import type { DrawnStroke, Pause } from "./ledger-entries.ts";
import type { Ledger } from "./ledger.ts";
import type { Stage } from "./stage.ts";

/** What may be wrong with a board at the end of a run, each in words. */

/** A text of the document, read without the code of the board. */
interface Piece {
  readonly client: number;
  readonly clock: number;
  readonly points: readonly InkPoint[];
  readonly ended: boolean;
}

/** After a page was awake so long a change is taken to be in the messenger's hands, whatever happens to it then. */
const SAVED_MS = 3000;

/** What a page may say though all is well: consequences of what was done to its phone. */
const AFTER_LOSS = [
  "storage: a part of the board is damaged",
  "storage: a damaged value is put aside",
  "register: a copy is damaged",
  "told: storage-damaged",
];

/**
 * Compares the boards at the end of a run with what people did. Any of the open pages may be asked:
 * that they are all equal has been seen before.
 */
export function judgeBoards(stage: Stage): string[] {
  const { ledger } = stage;
  const { session } = stage.room.at(stage.names[0]!);
  const board = session.board()!;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, session.exportUpdate()!);
  // A hidden layer hides nothing for good.
  for (const { id } of board.layers()) board.changeLayer(id, { hidden: false });
  const visible = new Map<number, number>();
  for (const { header } of board.items()) {
    const color = drawnColor(header.color);
    visible.set(color, (visible.get(color) ?? 0) + 1);
  }
  const pieces = readPieces(doc);
  const drawn = new Set(ledger.strokes().map(({ color }) => color));
  const invented = [...pieces.keys()].filter((color) => !drawn.has(color));
  return [
    ...ledger.wrongs(),
    ...invented.map((color) => `stroke ${color} was drawn by nobody`),
    ...judgeWords(doc, pieces, ledger),
    ...ledger.strokes().flatMap((stroke) => {
      const found = pieces.get(stroke.color) ?? [];
      const wrong =
        judgeInk(stroke, found, ledger) ??
        judgeVisibility(stroke, found.length, visible.get(stroke.color) ?? 0, ledger);
      return wrong === undefined ? [] : [`${nameOf(stroke)} ${wrong}`];
    }),
  ];
}

/** What the pages said, and what the world saw, that must never be. */
export function judgePages({ room, ledger }: Stage): string[] {
  return room.pages().flatMap((opened) => {
    const who = opened.page.view.address;
    const expected = new Set<string>(["told: cleared"]);
    const add = (messages: readonly string[]): void => messages.forEach((message) => expected.add(message));
    // Two pages of one phone write the same rows: the contacts make good what one of them spoilt.
    if (ledger.doubled().has(who)) add(AFTER_LOSS);
    if (ledger.losses().some(({ phone }) => phone === who)) add(AFTER_LOSS);
    const said = [
      ...opened.page.warnings.map(({ message, detail }) => ({ message, detail })),
      ...opened.notices.map(({ kind }) => ({ message: `told: ${kind}`, detail: undefined })),
    ];
    const { lost } = opened.page.view.navigations();
    return [
      ...said
        .filter(({ message }) => !expected.has(message))
        .map(({ message, detail }) => `${who}: ${message}${detailText(detail)}`),
      ...(lost > 0 ? [`${who}'s engine lost ${lost} navigations`] : []),
    ];
  });
}

/** An event of the simulated world that no page of ours may cause; undefined for all others. */
export function judgeEvent(event: SimulatorEvent): string | undefined {
  if (event.type === "script-error")
    return `${event.phone}: an exception reached the host: ${String(event.error)}`;
  if (event.type === "alert") return `${event.phone}: the messenger alerted ${event.text}`;
  return event.type === "rejected" ? `${event.phone}: the host rejected ${event.why}` : undefined;
}

function detailText(detail: unknown): string {
  if (detail === undefined) return "";
  return `: ${detail instanceof Error ? (detail.stack ?? detail.message) : JSON.stringify(detail)}`;
}

function nameOf({ color, page, points, state }: DrawnStroke): string {
  return `stroke ${color} (${page.page.view.address}, ${points.length} points, ${state})`;
}

function judgeInk(stroke: DrawnStroke, found: readonly Piece[], ledger: Ledger): string | undefined {
  if (stroke.state === "dropped") return found.length > 0 ? "was taken back and is there" : undefined;
  if (found.length === 0) return isSafe(stroke, ledger) ? "is missing" : undefined;
  if (new Set(found.map(({ client }) => client)).size > 1) return "is there twice";
  const ink = found.flatMap(({ points }, i) => {
    if (i === 0) return points;
    // A continuation starts where the piece before it stopped.
    return points.slice(1);
  });
  const rest = found.slice(1).every(({ points }, i) => equalPoints(points[0], found[i]!.points.at(-1)));
  if (!rest) return "has a gap between two of its pieces, or is there twice";
  const same = ink.every((point, i) => equalPoints(point, stroke.points[i]));
  if (!same) return "has other points than were drawn";
  const isWhole = ink.length === stroke.points.length;
  if (isSafe(stroke, ledger) && !isWhole) return `has only ${ink.length} of its points`;
  if (isSafe(stroke, ledger) && !found.at(-1)!.ended) return "has no end";
  return undefined;
}

/** Words that are taken away are only hidden. */
function judgeWords(doc: Y.Doc, pieces: ReadonlyMap<number, readonly Piece[]>, ledger: Ledger): string[] {
  const labels = doc.getMap("labels");
  return ledger.words().flatMap(({ page, color, text, at }) => {
    const [piece] = pieces.get(color) ?? [];
    const label = piece && labels.get(`${piece.client.toString(36)}.${piece.clock.toString(36)}`);
    const count = label instanceof Y.Text ? label.toJSON().split(encodeLabel(text)).length - 1 : 0;
    if (count > 1) return [`"${text}" is there ${count} times`];
    return count === 0 && isKept(page, at, ledger) ? [`"${text}", written at ${at}, is missing`] : [];
  });
}

function judgeVisibility(
  { color, page, endedAt }: DrawnStroke,
  pieces: number,
  seen: number,
  ledger: Ledger,
): string | undefined {
  // Who clears the board when only the beginning of a long stroke is there, hides what is there.
  const isWhole = seen === pieces || ledger.mayBeHidden().has(color);
  if (!isWhole) return seen === 0 ? "is hidden, by nothing" : `shows ${seen} of its ${pieces} pieces`;
  const clear = ledger.clears().find(({ mustHide }) => mustHide.has(color));
  // Whether a clear is safe is decided like that of a stroke that ended at the same time.
  if (seen > 0 && seen === pieces && clear && isKept(clear.page, clear.at, ledger)) {
    return `is visible, though it was cleared at ${clear.at} (drawn ${page === clear.page ? "by the same" : "by another"}, ended at ${endedAt})`;
  }
  return undefined;
}

function isSafe({ page, state, endedAt }: DrawnStroke, ledger: Ledger): boolean {
  return state === "ended" && isKept(page, endedAt, ledger);
}

/** What was done on that page at that time cannot be lost, whatever happened to the page since. */
function isKept(page: OpenPage, at: number, ledger: Ledger): boolean {
  const end = ledger.endOf(page);
  if (!end) return true;
  // Beside another page of the same phone, which writes the same rows, only the contacts' copies are sure.
  if (ledger.doubled().has(page.page.view.address)) return false;
  // Its last words were sent and saved, or it had time enough to save.
  const saved = savedBy(ledger.pausesOf(page), at);
  const wasSaved = end.how === "left" || saved <= end.at;
  const who = page.page.view.address;
  return (
    wasSaved &&
    !ledger.losses().some(({ phone, at: lostAt, since }) => phone === who && lostAt >= at && since <= saved)
  );
}

/** When the page has given to the messenger what it changed at that time: it does nothing while it stands still. */
function savedBy(pauses: readonly Pause[], at: number): number {
  let saved = at + SAVED_MS;
  for (const { from, to } of pauses) if (to > at && from < saved) saved += to - Math.max(from, at);
  return saved;
}

function equalPoints(a: InkPoint | undefined, b: InkPoint | undefined): boolean {
  return a !== undefined && b !== undefined && a.x === b.x && a.y === b.y && a.pressure === b.pressure;
}

/** All strokes of a document, hidden ones too, by colour; each one's pieces in the order of their writing. */
function readPieces(doc: Y.Doc): Map<number, Piece[]> {
  const found = new Map<number, Piece[]>();
  for (const value of doc.getArray("items").toArray()) {
    if (!(value instanceof Y.Text)) continue;
    const text = value.toJSON();
    const head = decodeHeader(text);
    const id = value._item?.id;
    if (!head || !id || head.header.tool === PICTURE_TOOL) continue;
    const decoder = createPointDecoder(head.header);
    const points = decoder.decode(text.slice(head.length));
    const { color } = head.header;
    const piece = { client: id.client, clock: id.clock, points, ended: decoder.ended() };
    found.set(color, [...(found.get(color) ?? []), piece]);
  }
  for (const pieces of found.values()) pieces.sort((a, b) => a.clock - b.clock);
  return found;
}
