/*
 * A whole board as one file, ".inkmesh", and as a text that holds the same:
 *
 *   file     "inkmesh1", the rest deflated (RFC 1951), and 8 bytes of a hash of all before them, high bits first
 *   text     "inkmesh:2:" and the base64 of a file
 *   the rest one record after the other: its kind, one byte, and its content, with its length before it
 *     1      a page begins; its name
 *     2      of this page an update (Yjs V1), as contacts send it: each can be applied after those before it
 *     3      the bytes of a picture on one of the pages
 *   Records of other kinds are of later versions, and passed over. Numbers and strings as lib0 writes them.
 *
 * What a file holds is read like messages: by a guard, into documents of their own. Nothing here knows whose file it
 * is, so it can bring onto a board what a person could draw there, and nothing else.
 */
import { Deflate } from "fflate";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type * as Y from "yjs";
import { concatBytes, decodeBase64, encodeBase64, equalBytes } from "../base/bytes.ts";
import { hashBytes } from "../base/hash.ts";
import { CHUNK_BYTES, nextChunk } from "../board/document/chunks.ts";
import { createDocument, REMOTE_ORIGIN } from "../board/document/document.ts";
import { LIMITS } from "../board/document/limits.ts";
import { stateVectorOf, type StateVector } from "../board/document/state.ts";
import { createGuard } from "../board/guard/guard.ts";
import { inflateSteps } from "../board/storage/snapshot.ts";
import type { Env } from "../env/env.ts";
import { openCopy, type DocumentCopy, type PageContent } from "./page-copy.ts";

/** A page that is on no board yet. */
export interface LoosePage {
  /** Empty: it has none. */
  readonly name: string;
  readonly content: PageContent;
}

/** What a file holds. */
export interface LooseBoard {
  readonly pages: readonly LoosePage[];
  /** The bytes of pictures: of those that are on the pages, as far as whoever wrote it had them. */
  readonly blobs: readonly Uint8Array[];
}

/**
 * - `broken`: cut off, damaged, or not what it says.
 * - `newer`: of a later version of this app.
 */
export type BoardFileProblem = "broken" | "newer";

const MARK = "inkmesh";
const HEAD = Uint8Array.from(`${MARK}1`, (char) => char.charCodeAt(0));
const TEXT_PREFIX = `${MARK}:2:`;
const HASH_BYTES = 8;
/** Of a text, four for each three bytes. */
const DIGITS_A_STEP = 4 << 15;
/** And of records that are no page's. */
const OTHERS_A_STEP = 1000;
const PAGE = 1;
const UPDATE = 2;
const BLOB = 3;

export interface BoardFileWriter {
  /** A page; each step is a moment's work. What is drawn meanwhile may be in it, as far as it goes. */
  page(name: string, doc: Y.Doc): Generator<void, void>;
  /** The bytes of a picture. */
  blob(bytes: Uint8Array): void;
  /** The file; nothing can be added after it. Undefined: it is larger than is ever read. */
  end(): Uint8Array | undefined;
}

export function createBoardFile(): BoardFileWriter {
  const parts: Uint8Array[] = [HEAD];
  const deflate = new Deflate({ level: 6 }, (part) => parts.push(part));
  let size = 0;
  const put = (kind: number, write: (encoder: encoding.Encoder) => void): void => {
    const encoder = encoding.createEncoder();
    encoding.writeUint8(encoder, kind);
    write(encoder);
    const record = encoding.toUint8Array(encoder);
    size += record.length;
    if (size <= LIMITS.snapshotBytes.takes) deflate.push(record);
  };
  const putBytes = (kind: number, bytes: Uint8Array): void =>
    put(kind, (encoder) => encoding.writeVarUint8Array(encoder, bytes));
  return {
    *page(name, doc) {
      put(PAGE, (encoder) => encoding.writeVarString(encoder, name));
      const until = stateVectorOf(doc);
      let known: StateVector = new Map();
      for (let next = nextChunk(doc, known, CHUNK_BYTES, until); next;) {
        putBytes(UPDATE, next.chunk);
        yield;
        known = next.to;
        next = nextChunk(doc, known, CHUNK_BYTES, until);
      }
    },
    blob: (bytes) => putBytes(BLOB, bytes),
    end() {
      if (size > LIMITS.snapshotBytes.takes) return undefined;
      deflate.push(new Uint8Array(0), true);
      return concatBytes([...parts, hashOf(parts)]);
    },
  };
}

export function boardText(file: Uint8Array): string {
  return TEXT_PREFIX + encodeBase64(file);
}

/** Whether it says that it holds a file. */
export function isFileText(text: string): boolean {
  return text.trimStart().startsWith(TEXT_PREFIX);
}

/** The file that such a text holds; undefined: it is damaged. */
export function fileInText(text: string): Uint8Array | undefined {
  const steps = fileTextSteps(text);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same; each step is a moment's work. */
export function* fileTextSteps(text: string): Generator<undefined, Uint8Array | undefined> {
  if (!isFileText(text)) return undefined;
  const digits = text.trim().slice(TEXT_PREFIX.length);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < digits.length; at += DIGITS_A_STEP) {
    const some = digits.slice(at, at + DIGITS_A_STEP);
    const isLast = at + DIGITS_A_STEP >= digits.length;
    // Only the end is padded.
    const part = !isLast && some.endsWith("=") ? undefined : decodeBase64(some);
    if (!part) return undefined;
    parts.push(part);
    if (!isLast) yield undefined;
  }
  return concatBytes(parts);
}

/** Whether it says that it is such a file. */
export function isBoardFile(bytes: Uint8Array): boolean {
  const [...mark] = bytes.subarray(0, MARK.length);
  return String.fromCharCode(...mark) === MARK && bytes[MARK.length] !== TEXT_PREFIX.charCodeAt(MARK.length);
}

/** Each step is a moment's work, and may say how much is done, 0 .. 1. Never throws. */
export function* readBoardFile(
  bytes: Uint8Array,
  env: Pick<Env, "clock" | "calendar" | "random">,
): Generator<number | undefined, LooseBoard | BoardFileProblem> {
  if (!equalBytes(bytes.subarray(0, HEAD.length), HEAD)) {
    return isBoardFile(bytes) && bytes[MARK.length]! > HEAD[MARK.length]! ? "newer" : "broken";
  }
  const end = bytes.length - HASH_BYTES;
  if (!equalBytes(hashOf([bytes.subarray(0, end)]), bytes.subarray(end))) return "broken";
  yield 0;
  const records = yield* inflateSteps(bytes.subarray(HEAD.length, end));
  const pages: LoosePage[] = [];
  const blobs: Uint8Array[] = [];
  let others = 0;
  try {
    const decoder = decoding.createDecoder(records ?? new Uint8Array(0));
    let kind = nextKind(decoder);
    while (kind !== undefined) {
      if (kind === PAGE && pages.length < LIMITS.pages.takes) {
        const name = decoding.readVarString(decoder);
        const session = env.random.uint32();
        const page = createApartPage(session, env);
        for (kind = nextKind(decoder); kind === UPDATE; kind = nextKind(decoder)) {
          if (!page.take(decoding.readVarUint8Array(decoder))) return "broken";
          yield decoder.pos / decoder.arr.length;
        }
        const content = yield* page.content();
        page.close();
        const most = LIMITS.nameChars.takes;
        pages.push({
          name: Array.from(name.slice(0, 2 * most))
            .slice(0, most)
            .join(""),
          content,
        });
      } else {
        // There is no update without its page.
        if (kind === UPDATE || kind === PAGE) return "broken";
        const content = decoding.readVarUint8Array(decoder);
        if (kind === BLOB) blobs.push(content);
        kind = nextKind(decoder);
        if (others++ % OTHERS_A_STEP === 0) yield decoder.pos / decoder.arr.length;
      }
    }
  } catch {
    // The bytes ended too early: lib0 throws; or what a guard admitted is no board.
    return "broken";
  }
  return pages.length === 0 ? "broken" : { pages, blobs };
}

function nextKind(decoder: decoding.Decoder): number | undefined {
  return decoding.hasContent(decoder) ? decoding.readUint8(decoder) : undefined;
}

/** A document that a guard stands before, as before one that contacts write on. */
function createApartPage(
  session: number,
  env: Pick<Env, "clock" | "calendar">,
): DocumentCopy & { take(update: Uint8Array): boolean } {
  const doc = createDocument();
  let isWedged = false;
  const guard = createGuard({ doc, onWedged: () => (isWedged = true) });
  guard.setOwnClient(session);
  const copy = openCopy(doc, session, env);
  return {
    content: copy.content,
    take(update) {
      let isTaken = false;
      guard.apply(REMOTE_ORIGIN, (admit) => {
        const { kind } = admit(update);
        isTaken = kind !== "waiting" && kind !== "refused";
      });
      return isTaken && !isWedged;
    },
    close() {
      copy.close();
      guard.close();
      doc.destroy();
    },
  };
}

function hashOf(parts: readonly Uint8Array[]): Uint8Array {
  const { hi, lo } = hashBytes(concatBytes(parts));
  const bytes = new Uint8Array(HASH_BYTES);
  new DataView(bytes.buffer).setUint32(0, hi);
  new DataView(bytes.buffer).setUint32(4, lo);
  return bytes;
}
