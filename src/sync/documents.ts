/*
 * The documents that a replica keeps in step: the first, the index, the one that is shown, and others that are
 * in memory for a while. Rules: PROTOCOL.md, S12, S17, S19.
 */
import type { DocumentReplica } from "./link/document-replica.ts";
import { FIRST_DOCUMENT, INDEX_DOCUMENT } from "../board/document/document-number.ts";
import { slotOfDocument } from "./wire/document-slot.ts";

export interface Documents {
  readonly first: DocumentReplica;
  /** By their numbers. */
  readonly others: Map<number, DocumentReplica>;
  /** The number of the one on which the person is. */
  shown: number;
  /** In their order, as `arrange` left them: they are gone through whenever anything may be due. */
  arranged: Arranged;
}

interface Arranged {
  readonly all: readonly DocumentReplica[];
  readonly told: readonly DocumentReplica[];
}

export function documentOf(
  { first, others }: Documents,
  number = FIRST_DOCUMENT,
): DocumentReplica | undefined {
  return number === FIRST_DOCUMENT ? first : others.get(number);
}

/** To be called when another one is shown, or others are kept. */
export function arrange(documents: Documents): void {
  const { first, others, shown } = documents;
  const some = [documentOf(documents, shown), first, others.get(INDEX_DOCUMENT)];
  const told = new Set(some.filter((each) => each !== undefined));
  documents.arranged = { all: [...new Set([...told, ...others.values()])], told: [...told] };
}

/** The one that is shown goes first, the others after those of which signs of life tell. */
export function documentsOf({ arranged }: Documents): readonly DocumentReplica[] {
  return arranged.all;
}

/** Those whose digests signs of life have, and that ask at any time. */
export function toldDocuments({ arranged }: Documents): readonly DocumentReplica[] {
  return arranged.told;
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
