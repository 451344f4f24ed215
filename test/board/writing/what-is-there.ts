import { rootsOf } from "../../../src/board/document/document.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import type { Peer } from "../peers.ts";

/** All that can be seen, but the matter of how it is kept. */
export function look({ board }: Peer): string {
  const items = board
    .items()
    .map((item) =>
      item.kind !== "stroke"
        ? [item.id, item.layer, item.header.color, item.matrix, item.kind === "text" ? item.text : item.crop]
        : [item.id, item.layer, item.header.color, item.parts ?? [item.points]],
    );
  return JSON.stringify([items, board.layers(), board.background()]);
}

/** All that can be seen, what can be taken back, whom the latest press blamed, and what was written. */
export function whatIsThere(peer: Peer): string {
  const { board, doc } = peer;
  const { history } = board;
  const { items, ...maps } = rootsOf(doc);
  const values = Object.values(maps).map((map) => [...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  const written = [[...stateVectorOf(doc)].sort(([a], [b]) => a - b), items.toJSON(), values];
  return JSON.stringify([look(peer), history.canUndo(), history.canRedo(), history.others(), written]);
}
