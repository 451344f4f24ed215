/*
 * What can be seen of a page, taken from its document and put into another one: for a copy of the page, for a file, and
 * back from a file.
 */
import * as Y from "yjs";
import { IDENTITY } from "../base/matrix.ts";
import type { Board, CopiedItem, Layer, LayerId } from "../board/document/board.ts";
import { FIRST_LAYER } from "../board/document/board.ts";
import type { Background } from "../board/document/backgrounds.ts";
import { nextChunk } from "../board/document/chunks.ts";
import { createDocument } from "../board/document/document.ts";
import type { BlobHash } from "../board/document/picture.ts";
import type { StateVector } from "../board/document/state.ts";
import { createBoard } from "../board/yjs-board.ts";
import type { BoardDeps } from "../board/yjs-board.ts";
import type { Random } from "../env/random.ts";

/** All that can be seen on a page, and on its hidden layers. */
export interface PageContent {
  readonly background: Background;
  /** Bottom first. */
  readonly layers: readonly { readonly layer: Layer; readonly items: readonly CopiedItem[] }[];
}

/** So many items are put on a page at a time. */
const ITEMS_A_STEP = 100;
/** And so many bytes of a document are copied. */
const COPIED_BYTES = 32 * 1024;
/** All that there is. */
const NO_END: StateVector = new Map();

/**
 * Of a page's document, which stays as it is. Each step is a moment's work; what is drawn meanwhile is in it.
 * `session`: any that never wrote there.
 */
export function* contentOfPage(
  page: Y.Doc,
  session: number,
  time: BoardDeps["time"],
): Generator<undefined, PageContent> {
  const doc = createDocument();
  const copy = openCopy(doc, session, time);
  let known: StateVector = new Map();
  for (let next = nextChunk(page, known, COPIED_BYTES, NO_END); next;) {
    Y.applyUpdate(doc, next.chunk);
    known = next.to;
    yield undefined;
    next = nextChunk(page, known, COPIED_BYTES, NO_END);
  }
  const content = yield* copy.content();
  copy.close();
  doc.destroy();
  return content;
}

/** A document that nobody else has, read as it comes to be. */
export interface DocumentCopy {
  /** When all of it is there. Each step is a moment's work; the document becomes another one. */
  content(): Generator<undefined, PageContent>;
  close(): void;
}

/** `doc`: empty. `session`: any that never wrote in what comes. */
export function openCopy(doc: Y.Doc, session: number, time: BoardDeps["time"]): DocumentCopy {
  doc.clientID = session;
  const { board, close } = boardOn(doc, time);
  return {
    *content() {
      // Nobody sees it: hidden layers are shown and locked ones opened, since what is there can be copied then.
      const before = board.layers();
      for (const { id } of before) board.changeLayer(id, { hidden: false, locked: false });
      yield undefined;
      const byLayer = yield* board.copySteps();
      const layers = before.map((layer) => ({ layer, items: byLayer.get(layer.id) ?? [] }));
      return { background: board.background(), layers };
    },
    close,
  };
}

/** A document that nobody else has, and the pictures on it. */
export interface SeenDocument {
  readonly doc: Y.Doc;
  readonly pictures: readonly BlobHash[];
}

/**
 * What can be seen of a page, and nothing of what was erased or who drew it, as a document of its own, which whoever
 * asks for it destroys. Each step is a moment's work.
 */
export function* seenDocument(
  page: Y.Doc,
  random: Random,
  time: BoardDeps["time"],
): Generator<undefined, SeenDocument> {
  return yield* documentOf(yield* contentOfPage(page, random.uint32(), time), random, time);
}

/** The same of what was taken from a page. */
export function* documentOf(
  content: PageContent,
  random: Random,
  time: BoardDeps["time"],
): Generator<undefined, SeenDocument> {
  const doc = createDocument();
  doc.clientID = random.uint32();
  const { board, flush, close } = boardOn(doc, time);
  const { layers } = content;
  for (const [i, layer] of layersOn(board, content).entries()) {
    board.setActiveLayer(layer);
    const { items } = layers[i]!;
    for (let at = 0; at < items.length; at += ITEMS_A_STEP) {
      board.paste(items.slice(at, at + ITEMS_A_STEP), IDENTITY);
      yield undefined;
    }
    dress(board, layer, layers[i]!.layer, i);
  }
  flush();
  close();
  const items = layers.flatMap((each) => each.items);
  return { doc, pictures: items.flatMap((item) => (item.kind === "picture" ? [item.picture.hash] : [])) };
}

/**
 * Puts it on a bare page. Each step is a moment's work, and says how much is done, 0 .. 1; nothing of it is seen before
 * the last one, nor ever where that does not come.
 */
export function* fillPage(board: Board, content: PageContent): Generator<number, true> {
  const { layers } = content;
  const ids = layersOn(board, content);
  const pastings: Generator<number, unknown>[] = [];
  try {
    for (const [i, { layer, items }] of layers.entries()) {
      board.setActiveLayer(ids[i]!);
      const pasting = board.pasteSteps(items, IDENTITY);
      pastings.push(pasting);
      // Before its last step, which is for all layers at once.
      for (let step = pasting.next(); !step.done; step = pasting.next()) {
        yield (i + step.value) / layers.length;
        if (step.value === 1) break;
      }
      dress(board, ids[i]!, layer, i);
    }
    for (const pasting of pastings) pasting.next();
    return true;
  } finally {
    for (const pasting of pastings) pasting.return(undefined);
    board.setActiveLayer(FIRST_LAYER);
  }
}

/** The layers that it has, on a bare page, and its background. */
function layersOn(board: Board, { background, layers }: PageContent): readonly LayerId[] {
  board.setBackground(background);
  return layers.map(({ layer }) => (layer.id === FIRST_LAYER ? FIRST_LAYER : board.addLayer(layer.name)));
}

function dress(board: Board, id: LayerId, { name, opacity, hidden, locked }: Layer, at: number): void {
  board.changeLayer(id, { name, opacity, at, hidden, locked });
}

/** A board that nobody else draws on. */
function boardOn(doc: Y.Doc, time: BoardDeps["time"]): ReturnType<typeof createBoard> {
  return createBoard({
    doc,
    time,
    isPresent: () => false,
    onError(error) {
      throw error;
    },
  });
}
