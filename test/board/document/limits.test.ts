/*
 * The table of limits: each row has files that look, words for the person or a reason for none, and a test at
 * the limit and beyond it, here or in the file that is named.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { LIMIT_RULES } from "../../../src/board/document/limit-rules.ts";
import type { LimitRule } from "../../../src/board/document/limit-rules.ts";
import { LIMITS } from "../../../src/board/document/limits.ts";
import type { Limit } from "../../../src/board/document/limits.ts";
import { markKey } from "../../../src/board/document/marks.ts";
import { scanUpdate } from "../../../src/board/guard/scan.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createLacks } from "../../../src/sync/link/lacks.ts";
import { createSaidAgain } from "../../../src/sync/link/said-again.ts";
import { createWaits } from "../../../src/sync/link/waits.ts";
import { createLink } from "../../../src/sync/link/link.ts";
import { NO_SIZE } from "../../../src/board/document/size.ts";
import { createRefusedSessions } from "../../../src/sync/link/refused.ts";
import { createToldRoster } from "../../../src/sync/roster/told-roster.ts";
import { MAX_TEXT_LENGTH } from "../../../src/spixi/limits.ts";
import { TEXTS } from "../../../src/ui/words/strings.ts";
import { content, encodeRaw, section } from "../guard/raw-update.ts";
import type { RawSection } from "../guard/raw-update.ts";
import { createDesk } from "../../sync/link/asking-desk.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
type Row = keyof typeof LIMITS;
const ROWS = (Object.entries(LIMITS) as [Row, Limit][]).map(
  ([row, limit]): readonly [Row, Limit & LimitRule] => [row, { ...limit, ...LIMIT_RULES[row] }],
);

/** A test that is elsewhere: its file, and how its title begins. */
type Elsewhere = readonly [file: string, title: string];
const HERE = "here";

const CASES: Readonly<Record<Row, typeof HERE | readonly Elsewhere[]>> = {
  sessions: [
    ["test/board/guard/floods.test.ts", "of new sessions end where the board is full"],
    ["test/board/writing/room.test.ts", "of sessions is looked at only"],
    ["test/session/large-boards.test.ts", "of as many sessions as there may be"],
    ["test/session/refused.test.ts", "where it has too many %s"],
  ],
  writes: [
    ["test/board/writing/room.test.ts", "of writes takes none"],
    ["test/session/full-board.test.ts", "with %s end with the same, and both are told"],
    ["test/session/refused.test.ts", "where it has too many %s"],
  ],
  content: [
    ["test/board/writing/room.test.ts", "takes no more: %s"],
    ["test/session/full-board.test.ts", "with %s end with the same, and both are told"],
    ["test/session/refused.test.ts", "where it has too many %s"],
  ],
  marks: [
    ["test/board/guard/floods.test.ts", "of marks end where the board is full; ink goes on"],
    ["test/board/writing/room.test.ts", "hides no more: %s; but one can draw and change things"],
    ["test/session/full-board.test.ts", "with %s end with the same, and both are told"],
    ["test/sync/link/switched-marks.test.ts", "come whole to who gets them in whichever order"],
  ],
  standingMarks: [
    ["test/board/writing/room.test.ts", "hides no more: %s; but one can draw and change things"],
    ["test/session/full-board.test.ts", "with %s end with the same, and both are told"],
    ["test/session/large-boards.test.ts", "that was emptied and given back many times"],
  ],
  markBytes: [
    [
      "test/board/document/mark-pieces.test.ts",
      "pieces of a mark name all that it names, once, and each fits",
    ],
    ["test/board/guard/marks.test.ts", "a large mark is taken alone"],
    ["test/board/writing/large-gestures.test.ts", "the longest single write that a page makes is taken"],
  ],
  strokeChars: [
    ["test/board/guard/strokes.test.ts", "grow"],
    ["test/board/board.test.ts", "that gets too long goes on in a next item"],
  ],
  wordChars: [
    ["test/board/guard/labels.test.ts", "get so many characters from each session"],
    ["test/board/texts.test.ts", "of one text are no more than fit"],
  ],
  wordsOfAll: [["test/board/guard/large.test.ts", "words are taken up to the length of a text"]],
  layers: [
    ["test/board/guard/large.test.ts", "are taken up to their number, in one message or in many"],
    ["test/board/guard/large.test.ts", "are made up to half of that by a page, and two who did so apart"],
  ],
  pages: [
    ["test/board/guard/index-pages.test.ts", "are taken up to their number, in one message or in many"],
    [
      "test/board/pages/page-index.test.ts",
      "is for so many pages that were ever made; two who made as many apart",
    ],
  ],
  attributeBytes: [
    ["test/board/guard/attributes.test.ts", "are bytes, and few"],
    ["test/board/guard/attributes.test.ts", "of any name that a person gives are such as contacts take"],
  ],
  layerSlots: [["test/board/layer-slots.test.ts", "who draws on more layers than slots can name"]],
  historySteps: [["test/board/writing/history.test.ts", "goes back 200 steps"]],
  pictureBytes: [
    ["test/board/document/picture.test.ts", "of more bytes than are taken is none; of as many it is one"],
    [
      "test/board/pictures.test.ts",
      "with too many bytes or pixels, or without a size, is not put on the board",
    ],
  ],
  picturePixels: [
    ["test/board/document/picture.test.ts", "of more pixels than are decoded is none; of as many it is one"],
  ],
  pictureRecordChars: [["test/board/document/picture.test.ts", "that is longer than any is not read"]],
  blobBytes: [["test/board/blobs/blob-store.test.ts", "has room for so many bytes"]],
  blobs: [["test/board/blobs/blob-store.test.ts", "of more pictures than a board has"]],
  blobChunks: [["test/sync/blobs/blob-hostile.test.ts", "who asks for ever gets"]],
  directPlaces: [
    ["test/sync/wire/direct-codec.test.ts", "says the first places of many"],
    ["test/sync/wire/direct-codec.test.ts", "of more places than are taken is malformed"],
  ],
  voicePackets: [
    ["test/sync/voice/outgoing-talk.test.ts", "has so many packets in one frame"],
    ["test/sync/wire/voice-codec.test.ts", "of more packets than are taken is malformed"],
  ],
  voicePacketBytes: [
    ["test/sync/voice/outgoing-talk.test.ts", "leaves out packets that are too long"],
    ["test/sync/wire/voice-codec.test.ts", "with a packet longer than is taken is malformed"],
  ],
  voiceRate: [["test/sync/voice/voice-hostile.test.ts", "who says more than there is time for is charged"]],
  voiceSpeakers: [["test/sync/voice/speakers.test.ts", "are heard four at once"]],
  missedCalls: [["test/sync/voice/missed-book.test.ts", "holds the newest of each who rang, and few"]],
  thumbnailBytes: [["test/board/document/picture.test.ts", "of noise has fewer pixels"]],
  snapshotBytes: [["test/board/storage/snapshot.test.ts", "that claims to be huge is refused before it is"]],
  knownBoards: [["test/board/storage/board-register.test.ts", "forgets the oldest boards and answers"]],
  knownAnswers: [["test/board/storage/board-register.test.ts", "forgets the oldest boards and answers"]],
  updateBytes: HERE,
  switchedBytes: [
    ["test/sync/link/switched-marks.test.ts", "in one update are of so many bytes at most"],
    [
      "test/sync/link/switched-marks.test.ts",
      "in updates that come together are taken in one after the other",
    ],
    ["test/sync/link/switched-marks.test.ts", "are sent in chunks that are taken"],
    ["test/sync/sending/switched.test.ts", "by one page alone are told to a contact who takes them"],
  ],
  foldedBytes: [["test/board/writing/folding.test.ts", "are folded by parts"]],
  updateStructs: HERE,
  updateSessions: HERE,
  updateDeletions: HERE,
  messageChars: [["test/sync/hostile-messages.test.ts", "are not decoded beyond their limit"]],
  frames: [["test/sync/wire/frame.test.ts", "[S1] has at most as many frames as an honest one could"]],
  appendClocks: [["test/sync/wire/append-message.test.ts", "is no longer than its bounds"]],
  previewBytes: [
    ["test/sync/wire/preview-codec.test.ts", "a thousand strokes under one gesture can be told"],
  ],
  laserPoints: [["test/sync/hostile-large.test.ts", "of more light than a laser has are cut to its newest"]],
  statedSessions: [["test/sync/hostile-large.test.ts", "of more sessions, and questions for more ranges"]],
  askedRanges: [["test/sync/hostile-large.test.ts", "of more sessions, and questions for more ranges"]],
  listedDocuments: [["test/sync/roster/roster-codec.test.ts", "of more documents than a part may list"]],
  toldDocuments: HERE,
  rosterAnswers: [["test/sync/roster/roster-talk.test.ts", "is told every 1.5 s at most"]],
  parkedQuestions: [["test/sync/roster-hostile.test.ts", "asks for everything of very many documents"]],
  waitingTries: [
    ["test/sync/link/waiting.test.ts", "[S7] what waits for one write after the other is dropped"],
  ],
  nameChars: [["test/sync/wire/name.test.ts", "a long name ends after a whole character"]],
  hellos: [["test/sync/link/hellos.test.ts", "is said once a second at most"]],
  wholeAnswers: [["test/sync/hostile-floods.test.ts", "of requests for everything"]],
  waitingUpdates: [["test/sync/link/waiting.test.ts", "[S7] the queue is bounded in number and in bytes"]],
  waitingBytes: [["test/sync/link/waiting.test.ts", "[S7] the queue is bounded in number and in bytes"]],
  lacks: HERE,
  wanted: HERE,
  refusedSessions: HERE,
  sessionsApart: [["test/sync/link/incoming.test.ts", "of very many is looked at in part"]],
  dearTasks: [
    [
      "test/sync/link/costly.test.ts",
      "so many tasks in half a minute go to what a contact makes a page compare",
    ],
  ],
  contactSessions: HERE,
  offences: [["test/sync/hostile-floods.test.ts", "is muted, visibly and once"]],
  copiedItems: [["test/tools/clipboard.test.ts", "says what is wrong"]],
  copiedChars: [["test/tools/clipboard.test.ts", "says what is wrong"]],
  copiedWords: [["test/tools/clipboard.test.ts", "says what is wrong"]],
};

function hasText(key: string): boolean {
  let at: unknown = TEXTS;
  for (const part of key.split(".")) at = (at as Record<string, unknown>)[part];
  return typeof at === "string";
}

describe("each limit", () => {
  const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.endsWith("limits.ts"),
  );
  const code = sources.map((path) => readFileSync(join(ROOT, "src", path), "utf8")).join("\n");

  test.each(ROWS)("is looked at by somebody, and told in words or not for a reason: %s", (row, limit) => {
    expect(limit.checkedBy.length).toBeGreaterThan(0);
    for (const path of limit.checkedBy) expect(existsSync(join(ROOT, "src", path)), path).toBe(true);
    const isInk = row === "strokeChars" || row === "layerSlots";
    expect(isInk || new RegExp(`LIMITS\\.${row}\\b`, "u").test(code), "nobody takes it from the table").toBe(
      true,
    );
    const isTold = "nobody" in limit.told ? limit.told.nobody.length > 10 : limit.told.every(hasText);
    expect(isTold).toBe(true);
    expect(limit.writes).toBeLessThanOrEqual(limit.takes);
  });

  test.each(ROWS)("has a test: %s", (row) => {
    const found = CASES[row];
    const own = fileURLToPath(import.meta.url);
    const isThere = ([file, title]: Elsewhere): boolean => readFileSync(file, "utf8").includes(title);
    const missing =
      found === HERE
        ? [[own, `test("[${row}]`] as const].filter((each) => !isThere(each))
        : found.filter(([file, title]) => !isThere([join(ROOT, file), `"${title}`]));
    expect(missing).toEqual([]);
  });

  test.each(["writes", "content", "marks"] as const)("of %s lets two people fill a board apart", (row) => {
    expect(LIMITS[row].writes * 2).toBeLessThanOrEqual(LIMITS[row].takes);
  });
});

test("a message that this page says is no longer than the host takes", () => {
  expect(LIMITS.messageChars.writes).toBe(MAX_TEXT_LENGTH);
  expect(LIMITS.updateBytes.writes * (4 / 3)).toBeLessThan(MAX_TEXT_LENGTH);
});

describe("one update", () => {
  const mark = (client: number, n: number, bytes: number) => ({
    parent: "marks",
    key: markKey(client, n),
    content: content.binary(new Uint8Array(bytes)),
  });
  const marksOf = (count: number): RawSection => ({
    client: 7,
    clock: 0,
    structs: Array.from({ length: count }, (_, n) => mark(7, n, 0)),
  });
  const isRead = (update: Uint8Array): boolean => scanUpdate(update).ok;

  test("[updateBytes] is so long at most", () => {
    const around = section(7, 0, mark(7, 0, 0)).length + 2;
    const most = LIMITS.updateBytes.takes;
    expect(section(7, 0, mark(7, 0, most - around))).toHaveLength(most);
    expect(isRead(section(7, 0, mark(7, 0, most - around)))).toBe(true);
    expect(isRead(section(7, 0, mark(7, 0, 2 * most)))).toBe(false);
  });

  test("[updateStructs] has so many writes at most", () => {
    const update = (count: number) =>
      encodeRaw({ sections: [{ client: 7, clock: 0, structs: gone(count) }], deletions: [] });
    const gone = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...(i === 0 ? { parent: "items" } : { origin: { client: 7, clock: i - 1 } }),
        content: content.deleted(1),
      }));
    expect(isRead(update(LIMITS.updateStructs.takes))).toBe(true);
    expect(isRead(update(LIMITS.updateStructs.takes + 1))).toBe(false);
    expect(isRead(encodeRaw({ sections: [marksOf(3)], deletions: [] }))).toBe(true);
  });

  test("[updateSessions] is of so many sessions at most", () => {
    const update = (count: number) =>
      encodeRaw({
        sections: Array.from({ length: count }, (_, i) => ({
          client: i + 1,
          clock: 0,
          structs: [{ parent: "items", content: content.text() }],
        })),
        deletions: [],
      });
    expect(isRead(update(LIMITS.updateSessions.takes))).toBe(true);
    expect(isRead(update(LIMITS.updateSessions.takes + 1))).toBe(false);
  });

  test("[updateDeletions] deletes so many ranges at most", () => {
    const update = (count: number) =>
      encodeRaw({
        sections: [],
        deletions: [
          { client: 7, ranges: Array.from({ length: count }, (_, i) => ({ clock: i * 2, length: 1 })) },
        ],
      });
    expect(isRead(update(LIMITS.updateDeletions.takes))).toBe(true);
    expect(isRead(update(LIMITS.updateDeletions.takes + 1))).toBe(false);
  });
});

test("[lacks] of so many sessions a page knows that it lacks something", () => {
  const clock = createSimulatedClock();
  const lacks = createLacks({
    clock,
    waits: createWaits(),
    written: () => 0,
    waiting: () => [],
    waitingOf: () => [],
    refuses: () => false,
    firstAt: () => 0,
  });
  const [link] = createDesk([5]).links;
  for (let client = 1; client <= LIMITS.lacks.takes + 1; client++) lacks.add(client, 9, link!, 0);
  expect(lacks.all.size).toBe(LIMITS.lacks.takes);
});

test("[wanted] so many ranges are answered at once", () => {
  const doc = new Y.Doc();
  for (let client = 1; client <= LIMITS.wanted.takes + 1; client++) {
    const other = new Y.Doc();
    other.clientID = client;
    other.getMap("marks").set(markKey(client, 0), Uint8Array.of(1));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  }
  const clock = createSimulatedClock();
  const again = createSaidAgain({ clock, doc, isGroup: false, wake: () => undefined });
  again.give([...doc.store.clients.keys()].map((client) => ({ client, from: 0, to: 1 })));
  const said = new Set<number>();
  for (let update = again.take(); update; update = again.take())
    for (const { id } of Y.decodeUpdate(update).structs) said.add(id.client);
  expect(said.size).toBe(LIMITS.wanted.takes);
});

test("[toldDocuments] so many further documents of a contact are kept in mind", () => {
  const told = createToldRoster();
  const digest = { writes: { hi: 1, lo: 1 }, deletions: { hi: 0, lo: 0 } };
  for (let number = 2; number < LIMITS.toldDocuments.takes + 5; number++) told.tell(number, digest);
  expect(told.differing(new Map())).toHaveLength(LIMITS.toldDocuments.takes);
});

test("[refusedSessions] so many sessions are kept in mind as refused", () => {
  const refused = createRefusedSessions<string>({
    size: () => NO_SIZE,
    written: () => 0,
  });
  for (let client = 1; client <= LIMITS.refusedSessions.takes + 1; client++)
    refused.add([{ client, from: 0, to: 5 }], "bo", "writes");
  expect(refused.all().size).toBe(LIMITS.refusedSessions.takes);
  expect([refused.has(1), refused.has(LIMITS.refusedSessions.takes + 1)]).toEqual([true, false]);
});

test("[contactSessions] so many sessions of a contact are kept in mind, the latest", () => {
  const tag = new Uint8Array(8);
  const link = createLink({
    address: "bo",
    tag,
    remotes: ["bo"],
    own: 1,
    clock: createSimulatedClock(),
    isTaken: () => false,
    renewed: () => undefined,
    compared: () => undefined,
    say: () => undefined,
    seek: () => undefined,
    changed: () => undefined,
  });
  const nothing = { hi: 0, lo: 0 };
  const digest = { writes: nothing, deletions: nothing };
  for (let session = 2; session <= LIMITS.contactSessions.takes + 2; session++)
    link.receiveHellos(session, [{ type: "hello", tag, reply: false, state: undefined, digest }], false);
  expect([link.knows(2), link.knows(3), link.knows(LIMITS.contactSessions.takes + 2)]).toEqual([
    false,
    true,
    true,
  ]);
  link.close();
});
