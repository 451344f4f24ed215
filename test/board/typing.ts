import type { ItemId } from "../../src/board/document/board.ts";
import { HEADER, sync } from "./peers.ts";
import type { Peer } from "./peers.ts";

export const TEXT = { ...HEADER, tool: "text" } as const;
export const NOTE = { ...HEADER, tool: "note" } as const;
export const AT = { x: 10, y: 20 };

/** Puts words on the board, and on the other ones. */
export function write(text: string, peer: Peer, ...others: Peer[]): ItemId {
  const id = peer.board.addText(TEXT, AT, undefined, text);
  sync(peer, ...others);
  return id;
}

/** Makes of the words what somebody typed, as one step. */
export function type({ board }: Peer, id: ItemId, next: string): void {
  const editor = board.editText(id)!;
  editor.change(editor.text(), next);
  editor.end();
}
