/*
 * All pages of a board into one file, or some of what is on one: whoever gets it sees that, and nothing that was erased.
 */
import type * as Y from "yjs";
import type { BlobHash } from "../board/document/picture.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { BoardHandle } from "../board/yjs-board.ts";
import type { Env } from "../env/env.ts";
import { createBoardFile } from "./board-file.ts";
import type { BoardFileWriter } from "./board-file.ts";
import { documentOf, seenDocument } from "./page-copy.ts";
import type { PageContent, SeenDocument } from "./page-copy.ts";
import type { PageTurn } from "./pages.ts";

/** Gives what `use` makes of a page, which may have to be read first; undefined: it could not be. */
export type ReadPage = <T>(
  id: PageId,
  use: (page: { readonly doc: Y.Doc; readonly flush: BoardHandle["flush"] }) => Promise<T>,
) => Promise<T | undefined>;

export interface Packing {
  readonly env: Pick<Env, "clock" | "calendar" | "random">;
  readonly turn: PageTurn;
  /** Of a picture; undefined: they are not here, and it is left out. */
  readonly bytesOf: (hash: BlobHash) => Promise<Uint8Array | undefined>;
}

/** Undefined: stopped, too large, or a page could not be read. */
export async function packBoard(
  pages: readonly { readonly id: PageId; readonly name: string }[],
  read: ReadPage,
  packing: Packing,
): Promise<Uint8Array | undefined> {
  const { env, turn } = packing;
  const file = createBoardFile();
  const hashes = new Set<BlobHash>();
  for (const [i, { id, name }] of pages.entries()) {
    const onPage = await read(id, ({ doc, flush }) => {
      flush();
      return packPage(file, name, seenDocument(doc, env.random, env), () => turn(i / pages.length));
    });
    if (!onPage) return undefined;
    for (const hash of onPage) hashes.add(hash);
  }
  return withPictures(file, hashes, packing);
}

/** The same of what is on no page, as a page without a name. */
export async function packContent(content: PageContent, packing: Packing): Promise<Uint8Array | undefined> {
  const { env, turn } = packing;
  const file = createBoardFile();
  const hashes = await packPage(file, "", documentOf(content, env.random, env), turn);
  return hashes && withPictures(file, new Set(hashes), packing);
}

/** The file, which ends with the bytes of these. */
async function withPictures(
  file: BoardFileWriter,
  hashes: ReadonlySet<BlobHash>,
  { turn, bytesOf }: Packing,
): Promise<Uint8Array | undefined> {
  for (const hash of hashes) {
    const bytes = await bytesOf(hash);
    if (bytes) file.blob(bytes);
    if (!(await turn(1))) return undefined;
  }
  return file.end();
}

/** Gives the pictures of the page; undefined: stopped. */
async function packPage(
  file: BoardFileWriter,
  name: string,
  making: Generator<undefined, SeenDocument>,
  turn: () => Promise<boolean>,
): Promise<readonly BlobHash[] | undefined> {
  let step = making.next();
  for (; !step.done; step = making.next()) if (!(await turn())) return undefined;
  const { doc, pictures } = step.value;
  try {
    for (const _ of file.page(name, doc)) if (!(await turn())) return undefined;
    return pictures;
  } finally {
    doc.destroy();
  }
}
