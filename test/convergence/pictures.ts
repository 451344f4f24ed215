import { PICTURE_TOOL } from "../../src/ink/stroke.ts";
import { blobBytes, pictureOf } from "../support/pictures.ts";
import type { OpenPage } from "../support/room.ts";
import type { Action } from "./actions.ts";
import type { Stage } from "./stage.ts";

/** What people do with pictures, in runs that have any. */
export const PICTURES: Readonly<Record<string, Action>> = {
  picture: {
    weight: 12,
    run(stage, who, prng) {
      const page = stage.shown(who);
      const board = page?.session.board();
      if (!page || !board) return undefined;
      const bytes = blobBytes(1000 + prng.below(200_000), prng.uint32());
      const { hash } = pictureOf(bytes);
      if (page.session.blobs.put(bytes) === undefined) return "no room";
      const [x, y] = [prng.below(300), prng.below(300)];
      board.addPicture(pictureOf(bytes), { minX: x, minY: y, maxX: x + 40, maxY: y + 30 });
      return `${hash.slice(0, 8)}, ${bytes.length} bytes`;
    },
  },
  crop: {
    weight: 3,
    run(stage, who, prng) {
      const board = stage.shown(who)?.session.board();
      const item = board?.items().find(({ kind }) => kind === "picture");
      if (!board || !item) return undefined;
      const edge = (): number => prng.below(50) / 100;
      board.crop(item.id, { left: edge(), top: edge(), right: edge(), bottom: edge() });
      return item.id;
    },
  },
};

const EVERYWHERE_MS = 240_000;

/** Waits until everybody has all pictures' bytes that anybody has; tells of those that somebody lacks. */
export async function judgePictures({ room, names }: Stage): Promise<string[]> {
  const pages = names.map((who) => room.at(who));
  const shown = pages[0]!.session.board()!.items();
  const hashes = new Set(
    shown.flatMap((item) =>
      item.header.tool === PICTURE_TOOL && item.kind === "picture" ? item.picture.hash : [],
    ),
  );
  if (hashes.size === 0) return [];
  const there = new Map<OpenPage, Set<string>>(pages.map((page) => [page, new Set()]));
  const look = (): void => {
    for (const [page, has] of there)
      for (const hash of hashes)
        if (!has.has(hash)) void page.session.blobs.bytesOf(hash).then((bytes) => bytes && has.add(hash));
  };
  const lacking = (): string[] =>
    [...hashes].flatMap((hash) => {
      const lack = names.filter((_, i) => !there.get(pages[i]!)!.has(hash));
      // What nobody has was lost with the phone on which it was put on the board.
      return lack.length > 0 && lack.length < names.length
        ? [`${lack.join()} lack picture ${hash.slice(0, 8)}`]
        : [];
    });
  for (let left = EVERYWHERE_MS; left > 0; left -= 2000) {
    look();
    await room.clock.advance(2000);
    if (left < EVERYWHERE_MS && lacking().length === 0) break;
  }
  return lacking();
}
