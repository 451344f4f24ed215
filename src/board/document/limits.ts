/*
 * All limits of what can be many or large on a board, and in what contacts send: one row each, with what a page
 * writes up to, and what it takes up to. Code that needs such a number takes it from here. Who refuses what is beyond,
 * and what the person is told, is in limit-rules.ts; test/board/document/limits.test.ts holds that each row has that,
 * and a test.
 *
 * Of what stays on a board a page writes about half of what it takes, less a reserve (writing/room.ts). So two
 * people who fill their copies apart from each other can still take all that the other one drew, and end with
 * the same board. A stored board is read whole, however large it is.
 */
import { MAX_INK_CLOCKS } from "../../ink/ink-code.ts";
import { MAX_SLOT } from "../../ink/header.ts";
import { MAX_STROKE_CHARS } from "../../ink/stroke.ts";

export interface Limit {
  /** Up to here a page writes, or says. */
  readonly writes: number;
  /** Up to here it takes what it is given. */
  readonly takes: number;
}

/** What of a whole board can be too much. */
export type Resource = "sessions" | "writes" | "content" | "marks" | "standingMarks";
export const RESOURCES: readonly Resource[] = ["sessions", "writes", "content", "marks", "standingMarks"];

const KIB = 1024;
const MIB = 1024 * KIB;

export const LIMITS = {
  /**
   * Of a board: Yjs's clients that ever wrote. Each makes each change a little slower, and hellos name them all,
   * so two copies differ by few; a page that finds too many looks and does not draw.
   */
  sessions: { writes: 7680, takes: 8192 },
  /** Of a board: Yjs's structs. 50,000 strokes have 100,000. */
  writes: { writes: 250_000, takes: 500_000 },
  /** Of a board: characters of ink and words, bytes of marks and attributes. 50,000 strokes have about 3 MB. */
  content: { writes: 12 * MIB, takes: 24 * MIB },
  /**
   * Of a board: bytes of marks that are not emptied, whether they stand or not. In whichever order a board's writes
   * come, there are never more of them on the way than in the end; of those that stand there may be.
   */
  marks: { writes: 1.5 * MIB, takes: 3 * MIB },
  /** Of a board: bytes of marks that stand and are not covered (marks-size.ts). */
  standingMarks: { writes: 384 * KIB, takes: Infinity },

  /** Bytes of one value of a mark, with its key below a chunk's; before 0.4.0 a gesture was one, however large. */
  markBytes: { writes: 16 * KIB - 128, takes: 120 * KIB },

  /** Characters of one stroke's ink. */
  strokeChars: { writes: MAX_STROKE_CHARS, takes: MAX_STROKE_CHARS },
  /** Of a picture: its bytes, its pixels, the characters of its record, and the bytes of the thumbnail in that. */
  pictureBytes: { writes: 300 * KIB, takes: 384 * KIB },
  picturePixels: { writes: 16 * MIB, takes: 16 * MIB },
  pictureRecordChars: { writes: 2200, takes: 3800 },
  /** Of a board on this device: its pictures' bytes, and how many pictures it knows of. */
  blobBytes: { writes: 64 * MIB, takes: 64 * MIB },
  blobs: { writes: 2000, takes: 2000 },
  /** Within a minute, to one contact: chunks of pictures, whatever it asks for. */
  blobChunks: { writes: 300, takes: Infinity },
  /** Of one side of a direct call: addresses on which it may be reached. */
  directPlaces: { writes: 8, takes: 8 },
  /** In one frame: Opus packets of 20 ms each. */
  voicePackets: { writes: 15, takes: 32 },
  /** Of one packet; at 16 kbit/s it has about 40. */
  voicePacketBytes: { writes: 200, takes: 200 },
  /** Of one contact, within ten seconds: packets of 20 ms each, which are 500. */
  voiceRate: { writes: 500, takes: 1000 },
  /** Who is heard at once; whoever begins after these is not. */
  voiceSpeakers: { writes: 4, takes: 4 },
  /** Calls that rang in vain and are kept in mind, to be told. */
  missedCalls: { writes: 8, takes: 8 },
  thumbnailBytes: { writes: 1400, takes: Infinity },
  /** Characters of one text's words, erased ones included; of each session that writes there. */
  wordChars: { writes: 10_000, takes: 10_000 },
  /**
   * Of all sessions together: where many type apart from each other, each up to the end of a text, it gets longer
   * than one of them may make it.
   */
  wordsOfAll: { writes: 10_000, takes: 100_000 },
  /** Bytes of one value of an attribute. */
  attributeBytes: { writes: 128, takes: 128 },
  /** Layers that were ever made on a board, removed ones included: all are gone through with each change of one. */
  layers: { writes: 500, takes: 1000 },
  /** Pages that were ever made on a board, removed and emptied ones included: each has an entry in the index. */
  pages: { writes: 500, takes: 1000 },
  /** Layers, besides the first, that one session's strokes name in their headers. */
  layerSlots: { writes: MAX_SLOT, takes: MAX_SLOT },

  /** Steps that a person can take back. */
  historySteps: { writes: 200, takes: 200 },
  /** Bytes of a stored board, unpacked. */
  snapshotBytes: { writes: 64 * MIB, takes: 64 * MIB },
  /** Boards that this device keeps in mind, to list them and to offer a copy of them; and answers to that. */
  knownBoards: { writes: 256, takes: 256 },
  knownAnswers: { writes: 128, takes: 128 },

  /** Of one update: its bytes, its structs, the sessions that write in it, and the ranges that it deletes. */
  updateBytes: { writes: 64 * KIB, takes: 64 * KIB },
  updateStructs: { writes: 8192, takes: 8192 },
  updateSessions: { writes: 4096, takes: 4096 },
  updateDeletions: { writes: 2048, takes: 16_384 },
  /** Bytes of marks that one update makes stand or fall, and all that are taken in at a time. */
  switchedBytes: { writes: 192 * KIB, takes: 256 * KIB },
  /** Of marks that are folded in one transaction. */
  foldedBytes: { writes: 96 * KIB, takes: Infinity },
  /** Characters of a message's base64, and its frames. */
  messageChars: { writes: 180_000, takes: 256 * KIB },
  frames: { writes: 16, takes: 16 },
  /** Clocks of an append. */
  appendClocks: { writes: MAX_INK_CLOCKS, takes: MAX_INK_CLOCKS },
  previewBytes: { writes: 2048, takes: 2048 },
  /** Points of a laser's light, the newest ones: more than a pointing device tells while they shine. */
  laserPoints: { writes: 160, takes: 160 },
  /** Characters (code points) of a person's name. */
  nameChars: { writes: 40, takes: 40 },

  /** Sessions in one statement of what somebody has: a board has at most half as many. */
  statedSessions: { writes: 8192, takes: 16_384 },
  /** Further documents in one part of a list, and of one contact in mind; a board has at most half as many. */
  listedDocuments: { writes: 512, takes: 512 },
  toldDocuments: { writes: 1000, takes: 2000 },
  /** Within a minute: lists of all further documents, whoever asks for them. */
  rosterAnswers: { writes: 40, takes: Infinity },
  /** Questions about documents that are not in memory, until they are. */
  parkedQuestions: { writes: 8, takes: 8 },
  /** Ranges in one question: eight holes of each session of which something is known to be lacking. */
  askedRanges: { writes: 512, takes: 1024 },
  /** Within a minute: hellos, whoever asks for them, and answers to one who asks for everything. */
  hellos: { writes: 60, takes: Infinity },
  wholeAnswers: { writes: 40, takes: Infinity },

  /** Of updates whose ground is missing: how many, and their bytes. */
  waitingUpdates: { writes: 2048, takes: 2048 },
  waitingBytes: { writes: MIB, takes: MIB },
  /** How often one of them is looked at again, before it is dropped and asked for anew. */
  waitingTries: { writes: 16, takes: 16 },
  /** Sessions that a page knows to lack something of, and asks for. */
  lacks: { writes: 64, takes: 64 },
  /** Ranges of writes that contacts ask for at once. */
  wanted: { writes: 64, takes: 64 },
  /** Sessions of which no more is taken, because the board is full. */
  refusedSessions: { writes: 8192, takes: 8192 },
  /** Sessions of one update that are looked at each by itself, because together they have no room. */
  sessionsApart: { writes: 256, takes: 256 },
  /**
   * How often, within 30 s, a contact's updates are divided or put off because they make more to compare than a
   * task may have.
   */
  dearTasks: { writes: 0, takes: 32 },
  /** Sessions of one contact that are kept in mind. */
  contactSessions: { writes: 64, takes: 64 },
  /** Messages of a contact, within 30 s, that no honest page sends. */
  offences: { writes: 0, takes: 20 },

  /** Of what is copied: items, characters of their text, and of words from another app. */
  copiedItems: { writes: 5000, takes: 5000 },
  copiedChars: { writes: 4_000_000, takes: 4_000_000 },
  copiedWords: { writes: 5000, takes: 5000 },
} as const satisfies Readonly<Record<string, Limit>>;
