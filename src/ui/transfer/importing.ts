/*
 * Reads what comes from elsewhere and is more than a copy of a few items: boards of this app as files and as text,
 * and drawings and libraries of Excalidraw. Nothing is changed before all of it is read; then it is one step, onto
 * the page that is shown, or on new ones.
 */
import { decodeBase64 } from "../../base/bytes.ts";
import { boundsOf, centreOf, unionOf, type Box, type Point } from "../../base/geometry.ts";
import { apply, boxThrough, multiply, translation } from "../../base/matrix.ts";
import { sha256 } from "../../base/sha256.ts";
import { encodeThumbnail } from "../../board/document/thumbnail.ts";
import { preparePicture } from "../pictures/prepare-picture.ts";
import type { Board, CopiedItem, ItemId } from "../../board/document/board.ts";
import { FIRST_LAYER } from "../../board/document/board.ts";
import { fileTextSteps, isBoardFile, isFileText, type LoosePage } from "../../session/board-file.ts";
import type { Pages, PageTurn } from "../../session/pages.ts";
import { readClipboard } from "../../tools/clipboard.ts";
import { isExcalidraw, readExcalidraw, type LeftOut, type ReadDrawing } from "../../tools/excalidraw.ts";

/** What came of reading: `foreign`: it is nothing that this app knows. */
export type ImportProblem = "broken" | "newer" | "too-large" | "foreign";

export interface Imported {
  readonly pages: readonly LoosePage[];
  readonly leftOut: ReadonlySet<LeftOut>;
  /** The bytes of pictures on them, which have to be there before they are put anywhere. */
  readonly blobs: readonly Uint8Array[];
  /** It has pages of its own, and is no drawing to be put beside another. */
  readonly needsPage: boolean;
}

export type ReadPages = Pick<Pages, "unpack">;

/** Between pages that come onto one. */
const GAP = 80;
/** So many items are measured at a time. */
const MEASURED_AT_ONCE = 500;
const MOST_BYTES = 64 * 1024 * 1024;
const WORDS_HEADER = {
  tool: "text",
  color: 0,
  width: 24,
  input: "mouse",
  pressure: false,
  scale: 0,
} as const;

/** Whether a text is more than words and copied items. */
export function isDrawingText(text: string): boolean {
  return isFileText(text) || isExcalidraw(text);
}

/** Never rejects. Undefined: stopped. */
export async function readFile(
  file: Blob,
  pages: ReadPages,
  turn: PageTurn,
): Promise<Imported | ImportProblem | undefined> {
  if (file.size > MOST_BYTES) return "too-large";
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return "broken";
  }
  return isBoardFile(bytes)
    ? readPages(bytes, pages, turn)
    : readText(new TextDecoder().decode(bytes), pages, turn);
}

export async function readText(
  text: string,
  pages: ReadPages,
  turn: PageTurn,
): Promise<Imported | ImportProblem | undefined> {
  if (isFileText(text)) {
    const steps = fileTextSteps(text);
    let step = steps.next();
    for (; !step.done; step = steps.next()) if (!(await turn())) return undefined;
    return step.value ? readPages(step.value, pages, turn) : "broken";
  }
  if (text.trim().startsWith("inkmesh:")) {
    const items = readClipboard(text, WORDS_HEADER);
    if (typeof items === "string") return items === "empty" ? "broken" : items;
    return { pages: [pageOf(items)], leftOut: new Set(), blobs: [], needsPage: false };
  }
  const drawing = readExcalidraw(text);
  if (drawing === undefined) return "foreign";
  if (typeof drawing === "string") return drawing;
  return withImages(drawing, turn);
}

/** The pictures of a drawing are made such as a person may bring, one by one. */
async function withImages(
  { items, images, leftOut, isLibrary }: ReadDrawing,
  turn: PageTurn,
): Promise<Imported | undefined> {
  const all: CopiedItem[] = [];
  const blobs: Uint8Array[] = [];
  const lacking = new Set(leftOut);
  let from = 0;
  for (const { at, address, size, matrix } of images) {
    all.push(...items.slice(from, at));
    from = at;
    const bytes = decodeBase64(/^data:image\/[a-z]+;base64,(.*)$/u.exec(address)?.[1] ?? "");
    const made = bytes ? await preparePicture(new Blob([bytes as BlobPart])) : "damaged";
    if (typeof made === "string") lacking.add("pictures");
    else {
      const { bytes: own, thumbnail, ...look } = made;
      blobs.push(own);
      const record = { ...look, hash: sha256(own), bytes: own.length, thumbnail: encodeThumbnail(thumbnail) };
      const header = { ...WORDS_HEADER, tool: "picture" } as const;
      all.push({ kind: "picture", header, size, matrix, attributes: {}, picture: record });
    }
    if (!(await turn())) return undefined;
  }
  all.push(...items.slice(from));
  return { pages: [pageOf(all)], leftOut: lacking, blobs, needsPage: isLibrary };
}

async function readPages(
  bytes: Uint8Array,
  pages: ReadPages,
  turn: PageTurn,
): Promise<Imported | ImportProblem | undefined> {
  const reading = pages.unpack(bytes);
  let step = reading.next();
  while (!step.done) {
    if (!(await turn(step.value))) return undefined;
    step = reading.next();
  }
  if (typeof step.value === "string") return step.value;
  const { pages: loose, blobs } = step.value;
  const items = loose.flatMap(({ content }) => content.layers.flatMap((layer) => layer.items));
  const count = items.filter(({ kind }) => kind === "picture").length;
  // Of more than there are pictures, some are nobody's.
  return { pages: loose, blobs: blobs.slice(0, count), leftOut: new Set(), needsPage: false };
}

export function pageOf(items: readonly CopiedItem[]): LoosePage {
  const layer = { id: FIRST_LAYER, name: "", hidden: false, locked: false, opacity: 1 };
  return { name: "", content: { background: "plain", layers: [{ layer, items }] } };
}

/** Nothing of it is to be seen. */
export function isEmpty({ pages }: Imported): boolean {
  return pages.every(({ content }) => seenOf(content).length === 0);
}

function seenOf({ layers }: LoosePage["content"]): readonly CopiedItem[] {
  return layers.flatMap(({ layer, items }) => (layer.hidden ? [] : items));
}

/**
 * Puts what is to be seen of the pages side by side, around `at`; gives what came. Each step is a moment's work, as
 * Board has it.
 */
export function* putOntoPage(
  { pages }: Imported,
  board: Pick<Board, "pasteSteps">,
  at: Point,
): Generator<number, readonly ItemId[]> {
  const items: CopiedItem[] = [];
  let all: Box | undefined;
  for (const { content } of pages) {
    const seen = seenOf(content);
    const box = yield* boxOf(seen);
    if (!box) continue;
    const by = translation(all ? all.maxX + GAP - box.minX : 0, 0);
    for (const item of seen) items.push({ ...item, matrix: multiply(by, item.matrix) });
    all = unionOf(all, boxThrough(by, box));
  }
  const { x, y } = centreOf(all ?? { minX: at.x, minY: at.y, maxX: at.x, maxY: at.y });
  return yield* board.pasteSteps(items, translation(Math.round(at.x - x), Math.round(at.y - y)));
}

/** Around items, as far as that is known without measuring words. */
function* boxOf(items: readonly CopiedItem[]): Generator<number, Box | undefined> {
  let around: Box | undefined;
  for (const [i, item] of items.entries()) {
    around = unionOf(around, boxOfItem(item));
    if (i % MEASURED_AT_ONCE === MEASURED_AT_ONCE - 1) yield 0;
  }
  return around;
}

function boxOfItem(item: CopiedItem): Box | undefined {
  if (item.kind === "stroke") return boundsOf(item.points.map((point) => apply(item.matrix, point)));
  const own = { minX: 0, minY: 0 };
  if (item.kind === "picture") {
    return boxThrough(item.matrix, { ...own, maxX: item.size.width, maxY: item.size.height });
  }
  const lines = item.text.split("\n");
  const longest = Math.max(...lines.map((line) => line.length));
  const { width = longest * item.header.width * 0.5, height = lines.length * item.header.width * 1.25 } =
    item.size ?? {};
  return boxThrough(item.matrix, { minX: 0, minY: 0, maxX: item.attributes.width ?? width, maxY: height });
}
