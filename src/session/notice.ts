import type { Resource } from "../board/document/limits.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { Address } from "../env/host.ts";

/** Something to tell the person, in the strings of the user interface. */
export type Notice =
  /** The contact's app speaks a newer protocol, or the board holds what a newer version drew. */
  | { readonly kind: "update-needed"; readonly address: Address | undefined }
  /** A part of the stored board could not be read; the rest was loaded. */
  | { readonly kind: "storage-damaged" }
  /** The board cannot be saved at the moment. */
  | { readonly kind: "storage-failed" }
  | { readonly kind: "storage-recovered" }
  /** A contact's app keeps sending damaged data and is not listened to any more. */
  | { readonly kind: "muted"; readonly address: Address }
  /** A contact's app speaks an older protocol: nothing can be drawn together before it is updated. */
  | { readonly kind: "contact-outdated"; readonly address: Address }
  /** Of calls: the contact declined, nobody took it, or the last of the others is gone. */
  | { readonly kind: "call-declined" | "call-unanswered" | "call-ended"; readonly address: Address }
  /** The contact called, and this person did not take it: when, and when that is told, in milliseconds since 1970. */
  | {
      readonly kind: "call-missed";
      readonly address: Address;
      readonly at: number;
      readonly now: number;
    }
  /** A contact cleared the board. */
  | { readonly kind: "cleared"; readonly address: Address | undefined }
  /** A contact made a page. */
  | { readonly kind: "page-added"; readonly address: Address | undefined; readonly page: PageId }
  /** The board that was to be copied here could not be read; it is left as it is. */
  | { readonly kind: "carry-failed" }
  /** There is no room here for the board that was to be copied. */
  | { readonly kind: "carry-too-large" }
  /** A part of the board that was copied here could not be read. */
  | { readonly kind: "carry-partly" }
  /** Soon this page can write no more of something, or it cannot: told once each, and when something is refused. */
  | { readonly kind: "room-nearly" | "room-full"; readonly of: Resource }
  /** What the contact drew has no room here. */
  | { readonly kind: "refused"; readonly address: Address }
  /** What this person draws has no room on the contact's board. */
  | { readonly kind: "contact-full"; readonly address: Address };
