/*
 * All limits of what can be many or large on a board, and in what contacts send: one row each, with what a page
 * writes up to, what it takes up to, who refuses what is beyond, and what the person is told. Code that needs
 * such a number takes it from here; test/board/document/limits.test.ts holds that each row has a test.
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
  /** The files, in src, that look. */
  readonly checkedBy: readonly string[];
  /** What the person is told: keys of ui/words/strings.ts; or why nobody needs to be told. */
  readonly told: readonly string[] | { readonly nobody: string };
}

/** What of a whole board can be too much. */
export type Resource = "sessions" | "writes" | "content" | "marks" | "standingMarks";
export const RESOURCES: readonly Resource[] = ["sessions", "writes", "content", "marks", "standingMarks"];

const KIB = 1024;
const MIB = 1024 * KIB;

const OF_BOARD = {
  checkedBy: [
    "board/document/size.ts",
    "board/guard/guard.ts",
    "board/writing/room.ts",
    "board/storage/carry.ts",
  ],
} as const;
const ROOM_TOLD = ["room.nearly", "room.full", "room.contactFull", "room.refused", "carry.tooLarge"] as const;
const MARKS_TOLD = ["room.marksNearly", "room.marksFull"] as const;
/** No honest page sends as much. */
const HOSTILE = { nobody: "no honest page comes near it; a contact that goes on is muted" } as const;
/** The way in makes it smaller; what has no room stays a small picture. */
const SMALLER = { nobody: "a picture gets smaller, or stays small" } as const;
/** What is dropped is asked for again. */
const REPAIRED = { nobody: "what is dropped is asked for again" } as const;

export const LIMITS = {
  /**
   * Of a board: Yjs's clients that ever wrote. Each makes each change a little slower, and hellos name them all,
   * so two copies differ by few; a page that finds too many looks and does not draw.
   */
  sessions: { ...OF_BOARD, writes: 7680, takes: 8192, told: ["room.sessionsNearly", "room.sessionsFull"] },
  /** Of a board: Yjs's structs. 50,000 strokes have 100,000. */
  writes: { ...OF_BOARD, writes: 250_000, takes: 500_000, told: ROOM_TOLD },
  /** Of a board: characters of ink and words, bytes of marks and attributes. 50,000 strokes have about 3 MB. */
  content: { ...OF_BOARD, writes: 12 * MIB, takes: 24 * MIB, told: ROOM_TOLD },
  /**
   * Of a board: bytes of marks that are not emptied, whether they stand or not. In whichever order a board's writes
   * come, there are never more of them on the way than in the end; of those that stand there may be.
   */
  marks: { ...OF_BOARD, writes: 1.5 * MIB, takes: 3 * MIB, told: MARKS_TOLD },
  /** Of a board: bytes of marks that stand and are not covered (marks-size.ts). */
  standingMarks: { ...OF_BOARD, writes: 384 * KIB, takes: Infinity, told: MARKS_TOLD },

  /** Bytes of one value of a mark, with its key below a chunk's; before 0.4.0 a gesture was one, however large. */
  markBytes: {
    writes: 16 * KIB - 128,
    takes: 120 * KIB,
    checkedBy: ["board/document/mark-pieces.ts", "board/guard/scan.ts"],
    told: { nobody: "a gesture that hides more is several marks, and one step to take back" },
  },

  /** Characters of one stroke's ink. */
  strokeChars: {
    writes: MAX_STROKE_CHARS,
    takes: MAX_STROKE_CHARS,
    checkedBy: ["board/writing/ink-text.ts", "board/guard/texts.ts"],
    told: { nobody: "a longer stroke goes on in further items by itself" },
  },
  /** Of a picture: its bytes, its pixels, the characters of its record, and the bytes of the thumbnail in that. */
  pictureBytes: {
    writes: 300 * KIB,
    takes: 384 * KIB,
    checkedBy: ["board/document/picture.ts", "board/writing/pasting.ts"],
    told: SMALLER,
  },
  picturePixels: {
    writes: 16 * MIB,
    takes: 16 * MIB,
    checkedBy: ["board/document/picture.ts"],
    told: SMALLER,
  },
  pictureRecordChars: {
    writes: 2200,
    takes: 3800,
    checkedBy: ["board/document/picture.ts"],
    told: HOSTILE,
  },
  /** Of a board on this device: its pictures' bytes, and how many pictures it knows of. */
  blobBytes: {
    writes: 64 * MIB,
    takes: 64 * MIB,
    checkedBy: ["board/blobs/blob-store.ts"],
    told: SMALLER,
  },
  blobs: {
    writes: 2000,
    takes: 2000,
    checkedBy: ["board/blobs/blob-store.ts"],
    told: SMALLER,
  },
  /** Within a minute, to one contact: chunks of pictures, whatever it asks for. */
  blobChunks: {
    writes: 300,
    takes: Infinity,
    checkedBy: ["sync/blobs/blob-answers.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },
  /** Of one side of a direct call: addresses on which it may be reached. */
  directPlaces: {
    writes: 8,
    takes: 8,
    checkedBy: ["sync/wire/direct-codec.ts"],
    told: { nobody: "the first ones are as good" },
  },
  /** In one frame: Opus packets of 20 ms each. */
  voicePackets: {
    writes: 15,
    takes: 32,
    checkedBy: ["sync/voice/outgoing-talk.ts", "sync/wire/voice-codec.ts"],
    told: HOSTILE,
  },
  /** Of one packet; at 16 kbit/s it has about 40. */
  voicePacketBytes: {
    writes: 200,
    takes: 200,
    checkedBy: ["sync/voice/outgoing-talk.ts", "sync/wire/voice-codec.ts"],
    told: HOSTILE,
  },
  /** Of one contact, within ten seconds: packets of 20 ms each, which are 500. */
  voiceRate: {
    writes: 500,
    takes: 1000,
    checkedBy: ["sync/voice/speakers.ts"],
    told: HOSTILE,
  },
  /** Who is heard at once; whoever begins after these is not. */
  voiceSpeakers: {
    writes: 4,
    takes: 4,
    checkedBy: ["sync/voice/speakers.ts"],
    told: ["voice.full"],
  },
  /** Calls that rang in vain and are kept in mind, to be told. */
  missedCalls: {
    writes: 8,
    takes: 8,
    checkedBy: ["sync/voice/missed-book.ts"],
    told: { nobody: "the newest of each who rang counts" },
  },
  thumbnailBytes: {
    writes: 1400,
    takes: Infinity,
    checkedBy: ["board/document/thumbnail.ts"],
    told: SMALLER,
  },
  /** Characters of one text's words, erased ones included; of each session that writes there. */
  wordChars: {
    writes: 10_000,
    takes: 10_000,
    checkedBy: ["board/document/labels.ts", "board/guard/texts.ts"],
    told: ["textNearlyFull", "textFull"],
  },
  /**
   * Of all sessions together: where many type apart from each other, each up to the end of a text, it gets longer
   * than one of them may make it.
   */
  wordsOfAll: {
    writes: 10_000,
    takes: 100_000,
    checkedBy: ["board/document/labels.ts", "board/guard/texts.ts"],
    told: ["textFull", "room.refused", "room.contactFull"],
  },
  /** Bytes of one value of an attribute. */
  attributeBytes: {
    writes: 128,
    takes: 128,
    checkedBy: ["board/document/attributes.ts", "board/guard/values.ts"],
    told: { nobody: "no value that a person can give is as long" },
  },
  /** Layers that were ever made on a board, removed ones included: all are gone through with each change of one. */
  layers: {
    writes: 500,
    takes: 1000,
    checkedBy: ["board/writing/layer-actions.ts", "board/guard/check.ts", "ui/bar/layers-panel.ts"],
    told: { nobody: "the button that adds one is off" },
  },
  /** Pages that were ever made on a board, removed and emptied ones included: each has an entry in the index. */
  pages: {
    writes: 500,
    takes: 1000,
    checkedBy: ["board/pages/page-index.ts", "board/guard/check.ts"],
    told: { nobody: "the button that adds one is off" },
  },
  /** Layers, besides the first, that one session's strokes name in their headers. */
  layerSlots: {
    writes: MAX_SLOT,
    takes: MAX_SLOT,
    checkedBy: ["board/writing/session-writer.ts", "ink/header.ts"],
    told: { nobody: "on further layers an attribute says where a stroke is" },
  },

  /** Steps that a person can take back. */
  historySteps: {
    writes: 200,
    takes: 200,
    checkedBy: ["board/writing/history.ts"],
    told: { nobody: "what is older stays as it is" },
  },
  /** Bytes of a stored board, unpacked. */
  snapshotBytes: {
    writes: 64 * MIB,
    takes: 64 * MIB,
    checkedBy: ["board/storage/snapshot.ts"],
    told: ["storageDamaged"],
  },
  /** Boards that this device keeps in mind, to list them and to offer a copy of them; and answers to that. */
  knownBoards: {
    writes: 256,
    takes: 256,
    checkedBy: ["board/storage/board-register.ts"],
    told: { nobody: "a board that is not listed is still there with its people" },
  },
  knownAnswers: {
    writes: 128,
    takes: 128,
    checkedBy: ["board/storage/board-register.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },

  /** Of one update: its bytes, its structs, the sessions that write in it, and the ranges that it deletes. */
  updateBytes: {
    writes: 64 * KIB,
    takes: 64 * KIB,
    checkedBy: ["sync/link/document-replica.ts", "board/guard/scan.ts"],
    told: { nobody: "a larger change goes in chunks" },
  },
  updateStructs: { writes: 8192, takes: 8192, checkedBy: ["board/guard/scan.ts"], told: HOSTILE },
  updateSessions: { writes: 4096, takes: 4096, checkedBy: ["board/guard/scan.ts"], told: HOSTILE },
  updateDeletions: { writes: 2048, takes: 16_384, checkedBy: ["board/guard/scan.ts"], told: HOSTILE },
  /** Bytes of marks that one update makes stand or fall, and all that are taken in at a time. */
  switchedBytes: {
    writes: 192 * KIB,
    takes: 256 * KIB,
    checkedBy: ["board/document/chunks.ts", "sync/sending/switched.ts", "board/guard/check.ts"],
    told: { nobody: "what is more goes in several updates" },
  },
  /** Of marks that are folded in one transaction. */
  foldedBytes: {
    writes: 96 * KIB,
    takes: Infinity,
    checkedBy: ["board/writing/folding.ts"],
    told: { nobody: "the rest is folded with what comes next" },
  },
  /** Characters of a message's base64, and its frames. */
  messageChars: { writes: 180_000, takes: 256 * KIB, checkedBy: ["sync/wire/frame.ts"], told: HOSTILE },
  frames: { writes: 16, takes: 16, checkedBy: ["sync/wire/frame.ts", "sync/speaking.ts"], told: HOSTILE },
  /** Clocks of an append. */
  appendClocks: {
    writes: MAX_INK_CLOCKS,
    takes: MAX_INK_CLOCKS,
    checkedBy: ["sync/wire/append-message.ts"],
    told: { nobody: "what is longer travels as an update" },
  },
  previewBytes: {
    writes: 2048,
    takes: 2048,
    checkedBy: ["sync/wire/preview-codec.ts"],
    told: { nobody: "what a gesture did is seen when it ends" },
  },
  /** Points of a laser's light, the newest ones: more than a pointing device tells while they shine. */
  laserPoints: {
    writes: 160,
    takes: 160,
    checkedBy: ["sync/presence/laser-light.ts", "sync/wire/preview-codec.ts"],
    told: { nobody: "what is older has faded" },
  },
  /** Characters (code points) of a person's name. */
  nameChars: {
    writes: 40,
    takes: 40,
    checkedBy: ["sync/wire/name.ts", "ui/widgets/name-field.ts"],
    told: { nobody: "the field takes no more; a contact's longer one is cut" },
  },

  /** Sessions in one statement of what somebody has: a board has at most half as many. */
  statedSessions: { writes: 8192, takes: 16_384, checkedBy: ["sync/wire/state-codec.ts"], told: HOSTILE },
  /** Further documents in one part of a list, and of one contact in mind; a board has at most half as many. */
  listedDocuments: { writes: 512, takes: 512, checkedBy: ["sync/wire/roster-codec.ts"], told: HOSTILE },
  toldDocuments: {
    writes: 1000,
    takes: 2000,
    checkedBy: ["sync/roster/told-roster.ts"],
    told: { nobody: "no board has as many pages" },
  },
  /** Within a minute: lists of all further documents, whoever asks for them. */
  rosterAnswers: {
    writes: 40,
    takes: Infinity,
    checkedBy: ["sync/roster/roster-talk.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },
  /** Questions about documents that are not in memory, until they are. */
  parkedQuestions: { writes: 8, takes: 8, checkedBy: ["sync/further-documents.ts"], told: REPAIRED },
  /** Ranges in one question: eight holes of each session of which something is known to be lacking. */
  askedRanges: {
    writes: 512,
    takes: 1024,
    checkedBy: ["sync/link/lacks.ts", "sync/wire/state-codec.ts"],
    told: HOSTILE,
  },
  /** Within a minute: hellos, whoever asks for them, and answers to one who asks for everything. */
  hellos: {
    writes: 60,
    takes: Infinity,
    checkedBy: ["sync/link/hellos.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },
  wholeAnswers: {
    writes: 40,
    takes: Infinity,
    checkedBy: ["sync/link/answers.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },

  /** Of updates whose ground is missing: how many, and their bytes. */
  waitingUpdates: { writes: 2048, takes: 2048, checkedBy: ["sync/link/waiting.ts"], told: REPAIRED },
  waitingBytes: { writes: MIB, takes: MIB, checkedBy: ["sync/link/waiting.ts"], told: REPAIRED },
  /** How often one of them is looked at again, before it is dropped and asked for anew. */
  waitingTries: { writes: 16, takes: 16, checkedBy: ["sync/link/waiting.ts"], told: REPAIRED },
  /** Sessions that a page knows to lack something of, and asks for. */
  lacks: { writes: 64, takes: 64, checkedBy: ["sync/link/lacks.ts"], told: REPAIRED },
  /** Ranges of writes that contacts ask for at once. */
  wanted: { writes: 64, takes: 64, checkedBy: ["sync/link/answers.ts"], told: REPAIRED },
  /** Sessions of which no more is taken, because the board is full. */
  refusedSessions: {
    writes: 8192,
    takes: 8192,
    checkedBy: ["sync/link/refused.ts", "sync/wire/frame-body.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },
  /** Sessions of one update that are looked at each by itself, because together they have no room. */
  sessionsApart: { writes: 256, takes: 256, checkedBy: ["sync/link/by-session.ts"], told: REPAIRED },
  /**
   * How often, within 30 s, a contact's updates are divided or put off because they make more to compare than a
   * task may have.
   */
  dearTasks: {
    writes: 0,
    takes: 32,
    checkedBy: ["sync/link/charges.ts"],
    told: REPAIRED,
  },
  /** Sessions of one contact that are kept in mind. */
  contactSessions: {
    writes: 64,
    takes: 64,
    checkedBy: ["sync/link/link.ts"],
    told: { nobody: "a session that is forgotten says hello again" },
  },
  /** Messages of a contact, within 30 s, that no honest page sends. */
  offences: { writes: 0, takes: 20, checkedBy: ["sync/link/trust.ts"], told: ["contactMuted"] },

  /** Of what is copied: items, characters of their text, and of words from another app. */
  copiedItems: {
    writes: 5000,
    takes: 5000,
    checkedBy: ["tools/clipboard.ts"],
    told: ["tooLargeToCopy", "tooLargeToPaste"],
  },
  copiedChars: {
    writes: 4_000_000,
    takes: 4_000_000,
    checkedBy: ["tools/clipboard.ts"],
    told: ["tooLargeToCopy", "tooLargeToPaste"],
  },
  copiedWords: {
    writes: 5000,
    takes: 5000,
    checkedBy: ["tools/clipboard.ts"],
    told: ["tooLargeToPaste"],
  },
} as const satisfies Readonly<Record<string, Limit>>;
