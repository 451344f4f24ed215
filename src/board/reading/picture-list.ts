import { PICTURE_TOOL } from "../../ink/stroke.ts";
import type { ItemId } from "../document/board.ts";
import { decodePicture } from "../document/picture.ts";
import type { Picture } from "../document/picture.ts";
import type { StrokeList } from "./stroke-list.ts";

type MadePicture = Picture & { readonly maker: number };

/** All pictures that were ever put on a board, whatever became of them. A record is read once. */
export function createPictureList(list: Pick<StrokeList, "entries">): () => Iterable<MadePicture> {
  const known = new Map<ItemId, MadePicture>();
  return function* (this: void) {
    for (const { id, client, stroke } of list.entries) {
      if (stroke?.header.tool !== PICTURE_TOOL) continue;
      const picture = known.get(id) ?? decodePicture(stroke.record() ?? "");
      if (!picture) continue;
      const made = { ...picture, maker: client };
      known.set(id, made);
      yield made;
    }
  };
}
