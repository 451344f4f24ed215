import { boxThrough } from "../../base/matrix.ts";
import type { PictureItem } from "../../board/document/board.ts";
import { placeItem } from "./path.ts";
import type { PictureSource } from "./bitmaps.ts";
import type { ShapePiece } from "./shape-piece.ts";

/** Where there is nothing to show yet: darker than paper, lighter than ink, in both themes. */
const NOTHING_YET = "rgba(128, 128, 128, 0.25)";

/** A picture as it is painted: its bitmap, or as long as that is not there its thumbnail, enlarged and so blurred. */
export function createPicturePiece(item: PictureItem, pictures: PictureSource): ShapePiece {
  const { picture, matrix, size, shown } = item;
  const box = boxThrough(matrix, shown);
  return {
    box: () => box,
    prepare() {},
    paint(context, placed) {
      const { minX, minY, maxX, maxY } = shown;
      placeItem(context, matrix, placed, 1);
      const found = pictures.bitmapOf(picture) ?? pictures.thumbnailOf(picture);
      if (!found) {
        context.fillStyle = NOTHING_YET;
        context.fillRect(minX, minY, maxX - minX, maxY - minY);
        return;
      }
      const [across, along] = [found.width / size.width, found.height / size.height];
      const [width, height] = [maxX - minX, maxY - minY];
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = "high";
      context.drawImage(
        found.image,
        minX * across,
        minY * along,
        width * across,
        height * along,
        minX,
        minY,
        width,
        height,
      );
    },
  };
}
