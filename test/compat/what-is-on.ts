import type { Board } from "../../src/board/document/board.ts";

/** All that a person sees of a board, as values. */
export function whatIsOn(board: Pick<Board, "items" | "layers" | "background">): object {
  const items = board.items().map((item) =>
    item.kind !== "stroke"
      ? { ...item }
      : {
          id: item.id,
          layer: item.layer,
          header: { ...item.header },
          points: item.points.map(({ x, y }) => [x, y]),
          parts: item.parts?.map((part) => part.map(({ x, y }) => [x, y])) ?? null,
        },
  );
  const layers = board
    .layers()
    .map(({ name, hidden, locked, opacity }) => ({ name, hidden, locked, opacity }));
  return JSON.parse(JSON.stringify({ items, layers, background: board.background() })) as object;
}
