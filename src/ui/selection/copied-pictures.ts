/*
 * The bytes of pictures on their way through the clipboard, so that a copy can be pasted on another board: they are in
 * it where they are few enough. No board gives its bytes to another one in any other way: a text that somebody sent
 * may name pictures of any board.
 */
import type { Board, CopiedItem } from "../../board/document/board.ts";
import type { BlobHash } from "../../board/document/picture.ts";
import type { Selection } from "../../tools/selection.ts";

/** Where the bytes of pictures are kept; as Blobs has them. */
export interface PictureBytes {
  bytesOf(hash: BlobHash): Promise<Uint8Array | undefined>;
  put(bytes: Uint8Array): BlobHash | undefined;
}

export interface CopiedPictures {
  /** Of what is selected: those that are at hand, as many as may be copied. */
  of(copied: readonly CopiedItem[]): readonly Uint8Array[];
  /** Keeps what came along with these; says whether this device has all of their pictures. Never rejects. */
  bring(items: readonly CopiedItem[], came: readonly Uint8Array[]): Promise<boolean>;
  close(): void;
}

export interface CopiedPicturesDeps {
  readonly board: Pick<Board, "item">;
  readonly selection: Pick<Selection, "ids" | "onChange">;
  readonly bytes: PictureBytes;
  /** So many bytes go into the clipboard. */
  readonly most: number;
}

export function createCopiedPictures({ board, selection, bytes, most }: CopiedPicturesDeps): CopiedPictures {
  /** Read as soon as they are selected: a clipboard's event does not wait. */
  let atHand = new Map<BlobHash, Uint8Array>();
  let turn = 0;

  async function read(): Promise<void> {
    const own = ++turn;
    const before = atHand;
    atHand = new Map();
    let left = most;
    for (const { hash, bytes: length } of picturesOf(selection.ids(), board)) {
      if (length > left || atHand.has(hash)) continue;
      const found = before.get(hash) ?? (await bytes.bytesOf(hash));
      if (turn !== own) return;
      if (!found) continue;
      left -= found.length;
      atHand.set(hash, found);
    }
  }
  const stop = selection.onChange(() => void read());
  void read();

  return {
    of(copied) {
      const hashes = hashesOf(copied);
      return [...atHand].flatMap(([hash, found]) => (hashes.has(hash) ? [found] : []));
    },
    async bring(items, came) {
      const hashes = hashesOf(items);
      for (const each of came.slice(0, hashes.size)) bytes.put(each);
      for (const hash of hashes) if (!(await bytes.bytesOf(hash))) return false;
      return true;
    },
    close() {
      turn++;
      stop();
    },
  };
}

function* picturesOf(
  ids: readonly string[],
  board: Pick<Board, "item">,
): Generator<{ readonly hash: BlobHash; readonly bytes: number }> {
  for (const id of ids) {
    const item = board.item(id);
    if (item?.kind === "picture") yield item.picture;
  }
}

function hashesOf(items: readonly CopiedItem[]): ReadonlySet<BlobHash> {
  return new Set(items.flatMap((item) => (item.kind === "picture" ? [item.picture.hash] : [])));
}
