import { hashOfDocument } from "../../board/document/document-number.ts";

/** A varuint of three bytes, never more nor less: readers of minor version 0 take it for a document's number. */
const LEAST = 2 ** 14;
const END = 2 ** 21;

/** Which document an append is about, in three bytes: of a hundred documents two have the same in one of 400 cases. */
export function slotOfDocument(number: number): number {
  const { lo } = hashOfDocument(number);
  return LEAST + (lo % (END - LEAST));
}

/** Whether a document can have it. */
export function isDocumentSlot(slot: number): boolean {
  return slot >= LEAST && slot < END;
}
