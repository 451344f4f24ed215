import type { Board } from "./board/board.ts";
import type { Address } from "./env/host.ts";

/**
 * - `connecting`: the host has not announced the participants yet.
 * - `loading`: the stored board is being read.
 * - `ready`: `board()` is there.
 */
export type Phase = "connecting" | "loading" | "ready";

/**
 * - `waiting`: not heard of since this page was opened.
 * - `here`: the app is open over there.
 * - `away`: was here and left, or fell silent.
 */
export type ContactState = "waiting" | "here" | "away";

export interface Contact {
  readonly address: Address;
  /** The name the contact chose; undefined: show the short address. */
  readonly name: string | undefined;
  readonly state: ContactState;
  /** The contact's pen is down. */
  readonly drawing: boolean;
}

/** Something to tell the person, in the strings of the user interface. */
export type Notice =
  /** The contact's app speaks a protocol newer than this one understands. */
  | { readonly kind: "update-needed"; readonly address: Address }
  /** A part of the stored board could not be read; the rest was loaded. */
  | { readonly kind: "storage-damaged" }
  /** The board cannot be saved at the moment. */
  | { readonly kind: "storage-failed" }
  | { readonly kind: "storage-recovered" }
  /** A contact cleared the board. */
  | { readonly kind: "cleared"; readonly address: Address | undefined };

/** One page's life: document, sync and storage. */
export interface Session {
  phase(): Phase;
  own(): Address | undefined;
  contacts(): readonly Contact[];
  board(): Board | undefined;
  /** Phase or contacts changed. */
  onChange(listener: () => void): () => void;
  onNotice(listener: (notice: Notice) => void): () => void;
  /** The page gets hidden, and may never be shown again: write and send everything now. */
  hide(): void;
  /** The page is visible again. */
  show(): void;
  /** Says good-bye and returns to the chat. */
  leave(): void;
  close(): void;
}
