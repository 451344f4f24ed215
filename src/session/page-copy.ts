import * as Y from "yjs";
import { IDENTITY } from "../base/matrix.ts";
import type { Board, CopiedItem, Layer } from "../board/document/board.ts";
import { FIRST_LAYER } from "../board/document/board.ts";
import type { Background } from "../board/document/backgrounds.ts";
import { createDocument } from "../board/document/document.ts";
import { createBoard } from "../board/yjs-board.ts";
import type { BoardDeps } from "../board/yjs-board.ts";

/** All that can be seen on a page, and on its hidden layers. */
export interface PageContent {
  readonly background: Background;
  /** Bottom first. */
  readonly layers: readonly { readonly layer: Layer; readonly items: readonly CopiedItem[] }[];
}

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
  const { board, close } = createBoard({
    doc,
    time,
    isPresent: () => false,
    onError(error) {
      throw error;
    },
  });
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

/** Puts it on a bare page. */
export function putOnPage(board: Board, { background, layers }: PageContent): void {
  board.setBackground(background);
  const made = layers.map(({ layer }) =>
    layer.id === FIRST_LAYER ? FIRST_LAYER : board.addLayer(layer.name),
  );
  for (const [i, { layer, items }] of layers.entries()) {
    const id = made[i]!;
    board.setActiveLayer(id);
    board.paste(items, IDENTITY);
    const { name, opacity, hidden, locked } = layer;
    board.changeLayer(id, { name, opacity, at: i, hidden, locked });
  }
  board.setActiveLayer(FIRST_LAYER);
}
