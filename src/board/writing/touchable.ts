import type { ItemId } from "../document/board.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import type { Entry } from "../reading/stroke-list.ts";
import { strokesOf } from "../reading/stroke-pieces.ts";

/** Finds what an action is about. */
export interface Touchable {
  /** With all pieces of the strokes that these are pieces of. */
  whole(ids: readonly ItemId[]): Entry[];
  /** Of each stroke the piece that is named first. */
  firstPieces(ids: readonly ItemId[]): Entry[];
  /** Of these, those that a tool may touch; ink that waits is in the document then. */
  of(ids: readonly ItemId[]): Entry[];
}

/** `flush` puts ink that waits into the document. */
export function createTouchable(
  { list, shows, attributes }: Pick<BoardReader, "list" | "shows" | "attributes">,
  flush: () => void,
): Touchable {
  const strokes = (ids: readonly ItemId[]): ReturnType<typeof strokesOf> =>
    strokesOf(
      ids.flatMap((id) => list.entry(id) ?? []),
      list.entries.filter(shows),
    );
  const whole = (ids: readonly ItemId[]): Entry[] => strokes(ids).flatMap(({ pieces }) => pieces);

  return {
    whole,
    firstPieces: (ids) => strokes(ids).map(({ first }) => first),
    of(ids) {
      flush();
      return whole(ids).filter((entry) => shows(entry) && !attributes.layerOf(entry.id).locked);
    },
  };
}
