/*
 * Of each limit (limits.ts), who refuses what is beyond it, and what the person is told. It stands apart, as no page
 * needs it: test/board/document/limits.test.ts holds that it is so.
 */
import type { LIMITS } from "./limits.ts";

export interface LimitRule {
  /** The files, in src, that look. */
  readonly checkedBy: readonly string[];
  /** What the person is told: keys of ui/words/strings.ts; or why nobody needs to be told. */
  readonly told: readonly string[] | { readonly nobody: string };
}

const OF_BOARD = [
  "board/document/size.ts",
  "board/guard/guard.ts",
  "board/writing/room.ts",
  "board/storage/carry.ts",
] as const;
const ROOM_TOLD = ["room.nearly", "room.full", "room.contactFull", "room.refused", "carry.tooLarge"] as const;
const MARKS_TOLD = ["room.marksNearly", "room.marksFull"] as const;
/** No honest page sends as much. */
const HOSTILE = { nobody: "no honest page comes near it; a contact that goes on is muted" } as const;
/** The way in makes it smaller; what has no room stays a small picture. */
const SMALLER = { nobody: "a picture gets smaller, or stays small" } as const;
/** What is dropped is asked for again. */
const REPAIRED = { nobody: "what is dropped is asked for again" } as const;

export const LIMIT_RULES: Readonly<Record<keyof typeof LIMITS, LimitRule>> = {
  sessions: { checkedBy: OF_BOARD, told: ["room.sessionsNearly", "room.sessionsFull"] },
  writes: { checkedBy: OF_BOARD, told: ROOM_TOLD },
  content: { checkedBy: OF_BOARD, told: ROOM_TOLD },
  marks: { checkedBy: OF_BOARD, told: MARKS_TOLD },
  standingMarks: { checkedBy: OF_BOARD, told: MARKS_TOLD },
  markBytes: {
    checkedBy: ["board/document/mark-pieces.ts", "board/guard/scan.ts"],
    told: { nobody: "a gesture that hides more is several marks, and one step to take back" },
  },
  strokeChars: {
    checkedBy: ["board/writing/ink-text.ts", "board/guard/texts.ts"],
    told: { nobody: "a longer stroke goes on in further items by itself" },
  },
  pictureBytes: { checkedBy: ["board/document/picture.ts", "board/writing/pasting.ts"], told: SMALLER },
  picturePixels: { checkedBy: ["board/document/picture.ts"], told: SMALLER },
  pictureRecordChars: { checkedBy: ["board/document/picture.ts"], told: HOSTILE },
  blobBytes: { checkedBy: ["board/blobs/blob-store.ts"], told: SMALLER },
  blobs: { checkedBy: ["board/blobs/blob-store.ts"], told: SMALLER },
  blobChunks: {
    checkedBy: ["sync/blobs/blob-answers.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },
  directPlaces: { checkedBy: ["sync/wire/direct-codec.ts"], told: { nobody: "the first ones are as good" } },
  voicePackets: { checkedBy: ["sync/voice/outgoing-talk.ts", "sync/wire/voice-codec.ts"], told: HOSTILE },
  voicePacketBytes: { checkedBy: ["sync/voice/outgoing-talk.ts", "sync/wire/voice-codec.ts"], told: HOSTILE },
  voiceRate: { checkedBy: ["sync/voice/speakers.ts"], told: HOSTILE },
  voiceSpeakers: { checkedBy: ["sync/voice/speakers.ts"], told: ["voice.full"] },
  missedCalls: {
    checkedBy: ["sync/voice/missed-book.ts"],
    told: { nobody: "the newest of each who rang counts" },
  },
  thumbnailBytes: { checkedBy: ["board/document/thumbnail.ts"], told: SMALLER },
  wordChars: {
    checkedBy: ["board/document/labels.ts", "board/guard/texts.ts"],
    told: ["textNearlyFull", "textFull"],
  },
  wordsOfAll: {
    checkedBy: ["board/document/labels.ts", "board/guard/texts.ts"],
    told: ["textFull", "room.refused", "room.contactFull"],
  },
  attributeBytes: {
    checkedBy: ["board/document/attributes.ts", "board/guard/values.ts"],
    told: { nobody: "no value that a person can give is as long" },
  },
  layers: {
    checkedBy: ["board/writing/layer-actions.ts", "board/guard/check.ts", "ui/bar/layers-panel.ts"],
    told: { nobody: "the button that adds one is off" },
  },
  pages: {
    checkedBy: ["board/pages/page-index.ts", "board/guard/check.ts"],
    told: { nobody: "the button that adds one is off" },
  },
  layerSlots: {
    checkedBy: ["board/writing/session-writer.ts", "ink/header.ts"],
    told: { nobody: "on further layers an attribute says where a stroke is" },
  },
  historySteps: { checkedBy: ["board/writing/history.ts"], told: { nobody: "what is older stays as it is" } },
  snapshotBytes: { checkedBy: ["board/storage/snapshot.ts"], told: ["storageDamaged"] },
  knownBoards: {
    checkedBy: ["board/storage/board-register.ts"],
    told: { nobody: "a board that is not listed is still there with its people" },
  },
  knownAnswers: {
    checkedBy: ["board/storage/board-register.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },
  updateBytes: {
    checkedBy: ["sync/link/document-replica.ts", "board/guard/scan.ts"],
    told: { nobody: "a larger change goes in chunks" },
  },
  updateStructs: { checkedBy: ["board/guard/scan.ts"], told: HOSTILE },
  updateSessions: { checkedBy: ["board/guard/scan.ts"], told: HOSTILE },
  updateDeletions: { checkedBy: ["board/guard/scan.ts"], told: HOSTILE },
  switchedBytes: {
    checkedBy: ["board/document/chunks.ts", "sync/sending/switched.ts", "board/guard/check.ts"],
    told: { nobody: "what is more goes in several updates" },
  },
  foldedBytes: {
    checkedBy: ["board/writing/folding.ts"],
    told: { nobody: "the rest is folded with what comes next" },
  },
  messageChars: { checkedBy: ["sync/wire/frame.ts"], told: HOSTILE },
  frames: { checkedBy: ["sync/wire/frame.ts", "sync/speaking.ts"], told: HOSTILE },
  appendClocks: {
    checkedBy: ["sync/wire/append-message.ts"],
    told: { nobody: "what is longer travels as an update" },
  },
  previewBytes: {
    checkedBy: ["sync/wire/preview-codec.ts"],
    told: { nobody: "what a gesture did is seen when it ends" },
  },
  laserPoints: {
    checkedBy: ["sync/presence/laser-light.ts", "sync/wire/preview-codec.ts"],
    told: { nobody: "what is older has faded" },
  },
  nameChars: {
    checkedBy: ["sync/wire/name.ts", "ui/widgets/name-field.ts"],
    told: { nobody: "the field takes no more; a contact's longer one is cut" },
  },
  statedSessions: { checkedBy: ["sync/wire/state-codec.ts"], told: HOSTILE },
  listedDocuments: { checkedBy: ["sync/wire/roster-codec.ts"], told: HOSTILE },
  toldDocuments: {
    checkedBy: ["sync/roster/told-roster.ts"],
    told: { nobody: "no board has as many pages" },
  },
  rosterAnswers: {
    checkedBy: ["sync/roster/roster-talk.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },
  parkedQuestions: { checkedBy: ["sync/further-documents.ts"], told: REPAIRED },
  askedRanges: { checkedBy: ["sync/link/lacks.ts", "sync/wire/state-codec.ts"], told: HOSTILE },
  hellos: { checkedBy: ["sync/link/hellos.ts"], told: { nobody: "who is not answered yet asks again" } },
  wholeAnswers: {
    checkedBy: ["sync/link/answers.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },
  waitingUpdates: { checkedBy: ["sync/link/waiting.ts"], told: REPAIRED },
  waitingBytes: { checkedBy: ["sync/link/waiting.ts"], told: REPAIRED },
  waitingTries: { checkedBy: ["sync/link/waiting.ts"], told: REPAIRED },
  lacks: { checkedBy: ["sync/link/lacks.ts"], told: REPAIRED },
  wanted: { checkedBy: ["sync/link/answers.ts"], told: REPAIRED },
  refusedSessions: {
    checkedBy: ["sync/link/refused.ts", "sync/wire/frame-body.ts"],
    told: { nobody: "who is not answered yet asks again" },
  },
  sessionsApart: { checkedBy: ["sync/link/by-session.ts"], told: REPAIRED },
  dearTasks: { checkedBy: ["sync/link/charges.ts"], told: REPAIRED },
  contactSessions: {
    checkedBy: ["sync/link/link.ts"],
    told: { nobody: "a session that is forgotten says hello again" },
  },
  offences: { checkedBy: ["sync/link/trust.ts"], told: ["contactMuted"] },
  copiedItems: { checkedBy: ["tools/clipboard.ts"], told: ["tooLargeToCopy", "tooLargeToPaste"] },
  copiedChars: { checkedBy: ["tools/clipboard.ts"], told: ["tooLargeToCopy", "tooLargeToPaste"] },
  copiedWords: { checkedBy: ["tools/clipboard.ts"], told: ["tooLargeToPaste"] },
};
