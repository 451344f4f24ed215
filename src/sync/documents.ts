/*
 * The documents that a replica keeps in step: the first, the index, the one that is shown, and others that are
 * in memory for a while. Rules: PROTOCOL.md, S12, S17, S19.
 */
import type { DocumentReplica } from "./link/document-replica.ts";
import { FIRST_DOCUMENT, INDEX_DOCUMENT } from "./wire/document-number.ts";
import { slotOfDocument } from "./wire/document-slot.ts";

export interface Documents {
  readonly first: DocumentReplica;
  /** By their numbers. */
  readonly others: Map<number, DocumentReplica>;
  /** The number of the one on which the person is. */
  shown: number;
}

export function documentOf(
  { first, others }: Documents,
  number = FIRST_DOCUMENT,
): DocumentReplica | undefined {
  return number === FIRST_DOCUMENT ? first : others.get(number);
}

/** The one that is shown goes first, the others after those of which signs of life tell. */
export function documentsOf(documents: Documents): readonly DocumentReplica[] {
  return [...new Set([...toldDocuments(documents), ...documents.others.values()])];
}

/** Those whose digests signs of life have, and that ask at any time. */
export function toldDocuments(documents: Documents): readonly DocumentReplica[] {
  const { first, others, shown } = documents;
  const told = [documentOf(documents, shown), first, others.get(INDEX_DOCUMENT)];
  return [...new Set(told.filter((each) => each !== undefined))];
}

/** Which of `others` and `listed` has the slot; "ambiguous": more than one. */
export function documentWithSlot(
  slot: number,
  { others }: Documents,
  listed: Iterable<number>,
): number | "ambiguous" | undefined {
  let found: number | undefined;
  for (const number of [...others.keys(), ...listed]) {
    if (number === found || slotOfDocument(number) !== slot) continue;
    if (found !== undefined) return "ambiguous";
    found = number;
  }
  return found;
}
