import type { ItemId } from "../document/board.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import type { Entry } from "../reading/stroke-list.ts";
import { areSomeLong, piecesOfStrokes } from "../reading/stroke-pieces.ts";

/** Finds what an action is about. */
export interface Touchable {
  /** With all pieces of the strokes that these are pieces of. */
  whole(ids: readonly ItemId[]): Entry[];
  /** Of these, those that a tool may touch; ink that waits is in the document then. */
  of(ids: readonly ItemId[]): Entry[];
}

/** `flush` puts ink that waits into the document. */
export function createTouchable(
  { list, shows, attributes }: Pick<BoardReader, "list" | "shows" | "attributes">,
  flush: () => void,
): Touchable {
  function whole(ids: readonly ItemId[]): Entry[] {
    const entries = ids.flatMap((id) => list.entry(id) ?? []);
    const clients = new Set(entries.map(({ client }) => client));
    const candidates = list.entries.filter((entry) => clients.has(entry.client) && shows(entry));
    if (!areSomeLong(candidates)) return [...new Set(entries)];
    const pieces = piecesOfStrokes(candidates);
    return [...new Set(entries.flatMap((entry) => pieces.get(entry) ?? [entry]))];
  }

  return {
    whole,
    of(ids) {
      flush();
      return whole(ids).filter((entry) => shows(entry) && !attributes.layerOf(entry.id).locked);
    },
  };
}
