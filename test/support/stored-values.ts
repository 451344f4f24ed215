/*
 * A board as it lies in the storage, made without a page: as this version has it, or as those before 0.5.0 had it.
 */
import * as Y from "yjs";
import type { Box } from "../../src/base/geometry.ts";
import { encodeRecord } from "../../src/board/storage/record.ts";
import { atOnce, packRun } from "../../src/board/storage/run-content.ts";
import { encodeSnapshot } from "../../src/board/storage/snapshot.ts";
import {
  encodeHead,
  encodePart,
  HEAD_KEY,
  headTable,
  partKey,
  runTable,
  TWINS,
} from "../../src/board/storage/stored-set.ts";

export interface StoredValue {
  readonly table: string;
  readonly key: string;
  readonly value: Uint8Array;
}

const PART_BYTES = 400 * 1024 - 256;
const OLD_PART_BYTES = 40 * 1024;
const WRITER = 7;

/** `extent`: around all that can be seen, where the page that stored it knew that. */
export function storedValues(doc: Y.Doc, boardId: string, extent?: Box): StoredValue[] {
  const { content, isPieced } = atOnce(
    packRun({ doc, known: new Map(), deletions: Y.createDeleteSet(), bytes: 0, extent }),
  );
  const parts = Math.ceil(content.length / PART_BYTES);
  const run = { place: 0, sequence: 1, writer: WRITER, parts, bytes: content.length, isPieced };
  const runs = Array.from({ length: parts }, (_, i) => encodePart(run, i, content, PART_BYTES, boardId));
  return TWINS.flatMap((twin) => [
    ...runs.map((value, i) => ({ table: runTable(boardId, 0, twin), key: partKey(i), value })),
    {
      table: headTable(boardId, twin),
      key: HEAD_KEY,
      value: encodeHead(
        {
          sequence: 2 + twin,
          writer: WRITER,
          version: 1,
          runs: [run],
          recent: new Uint8Array(0),
          isAlone: false,
        },
        boardId,
      ),
    },
  ]);
}

/** The first generation's snapshot, without a journal. */
export function formerStoredValues(doc: Y.Doc, boardId: string): StoredValue[] {
  const content = encodeSnapshot(doc);
  const count = Math.ceil(content.length / OLD_PART_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const payload = content.subarray(index * OLD_PART_BYTES, (index + 1) * OLD_PART_BYTES);
    const record = {
      kind: "snapshot",
      sequence: 1,
      index,
      count,
      writer: 0,
      isPieced: false,
      payload,
    } as const;
    return { table: `${boardId}-s1`, key: String(index), value: encodeRecord(record, boardId) };
  });
}
