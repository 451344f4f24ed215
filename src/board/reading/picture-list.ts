import { PICTURE_TOOL } from "../../ink/stroke.ts";
import type { ItemId } from "../document/board.ts";
import { decodePicture } from "../document/picture.ts";
import type { Picture } from "../document/picture.ts";
import type { StrokeList } from "./stroke-list.ts";

/** A picture that was put on a board once, by which session, and whether it is hidden for whoever looks. */
export type MadePicture = Picture & { readonly maker: number; readonly isErased: boolean };

/** All pictures that were ever put on a board, whatever became of them. A record is read once. */
export function createPictureList(
  list: Pick<StrokeList, "entries">,
  hides: (client: number, clock: number) => boolean,
): () => Iterable<MadePicture> {
  const known = new Map<ItemId, Picture>();
  return function* (this: void) {
    for (const { id, client, clock, stroke } of list.entries) {
      if (stroke?.header.tool !== PICTURE_TOOL) continue;
      const picture = known.get(id) ?? decodePicture(stroke.record() ?? "");
      if (!picture) continue;
      known.set(id, picture);
      yield { ...picture, maker: client, isErased: hides(client, clock) };
    }
  };
}
