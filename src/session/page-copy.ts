import * as Y from "yjs";
import { IDENTITY } from "../base/matrix.ts";
import type { Board, CopiedItem, Layer } from "../board/document/board.ts";
import { FIRST_LAYER } from "../board/document/board.ts";
import type { Background } from "../board/document/backgrounds.ts";
import { createDocument } from "../board/document/document.ts";
import type { BlobHash } from "../board/document/picture.ts";
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
const ITEMS_A_STEP = 200;

/** Of a page's document, which stays as it is. `session`: any that never wrote there. */
export function contentOfPage(page: Y.Doc, session: number, time: BoardDeps["time"]): PageContent {
  // In a copy that nobody sees, hidden layers are shown and locked ones opened: what is there can be copied then.
  const doc = createDocument();
  Y.applyUpdateV2(doc, Y.encodeStateAsUpdateV2(page));
  const content = contentOfDocument(doc, session, time);
  doc.destroy();
  return content;
}

/** The same of a document that nobody else has; it becomes another one. */
export function contentOfDocument(doc: Y.Doc, session: number, time: BoardDeps["time"]): PageContent {
  doc.clientID = session;
  const { board, close } = boardOn(doc, time);
  const before = board.layers();
  for (const { id } of before) board.changeLayer(id, { hidden: false, locked: false });
  const items = board.items();
  const layers = before.map((layer) => ({
    layer,
    items: board.copy(items.filter((item) => item.layer === layer.id).map(({ id }) => id)),
  }));
  const content = { background: board.background(), layers };
  close();
  return content;
}

/**
 * What can be seen of a page, and nothing of what was erased or who drew it, as a document of its own, which whoever
 * asks for it destroys. Each step is a moment's work, but for the first one.
 */
export function* seenDocument(
  page: Y.Doc,
  random: Random,
  time: BoardDeps["time"],
): Generator<void, { readonly doc: Y.Doc; readonly pictures: readonly BlobHash[] }> {
  const content = contentOfPage(page, random.uint32(), time);
  yield;
  const doc = createDocument();
  doc.clientID = random.uint32();
  const { board, flush, close } = boardOn(doc, time);
  yield* filling(board, content);
  flush();
  close();
  const items = content.layers.flatMap((each) => each.items);
  return { doc, pictures: items.flatMap((item) => (item.kind === "picture" ? [item.picture.hash] : [])) };
}

/** Puts it on a bare page. */
export function putOnPage(board: Board, content: PageContent): void {
  const steps = filling(board, content);
  while (!steps.next().done);
}

function* filling(board: Board, { background, layers }: PageContent): Generator<void, void> {
  board.setBackground(background);
  const made = layers.map(({ layer }) =>
    layer.id === FIRST_LAYER ? FIRST_LAYER : board.addLayer(layer.name),
  );
  for (const [i, { layer, items }] of layers.entries()) {
    const id = made[i]!;
    board.setActiveLayer(id);
    for (let at = 0; at < items.length; at += ITEMS_A_STEP) {
      board.paste(items.slice(at, at + ITEMS_A_STEP), IDENTITY);
      yield;
    }
    const { name, opacity, hidden, locked } = layer;
    board.changeLayer(id, { name, opacity, at: i, hidden, locked });
  }
  board.setActiveLayer(FIRST_LAYER);
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
