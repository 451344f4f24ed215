/*
 * Which boards there are on this device, and with whom. A board's tables are named by a hash of its
 * participants, which says nothing; so the register keeps their addresses beside it, for one purpose: to
 * offer a board to the same people when their set has changed (see carry-offer.ts). It never leaves the
 * device.
 *
 * A board gets an entry when it is opened and something is on it. What was stored by a version without a
 * register is not in it until then, and not offered.
 */
import { LIMITS } from "../document/limits.ts";
import type { Log } from "../../env/log.ts";
import type { Storage } from "../../env/storage.ts";
import { boardIdOf } from "./board-id.ts";
import { decodeRegister, encodeRegister } from "./register-codec.ts";
import type { AnsweredOffer, DecodedRegister, KnownBoard, RegisterContent } from "./register-codec.ts";

/** As this page read it, with what the page has recorded since. */
export interface BoardRegister {
  content(): RegisterContent;
  /**
   * Takes in what is so of a board, which becomes the newest one if something is on it, and that this
   * person has answered an offer. Writes at once, and only where that is news.
   */
  record(news: { readonly board: KnownBoard; readonly answer?: AnsweredOffer | undefined }): void;
}

/** Older boards are forgotten here, which takes nothing from them: they can only not be offered. */
const MAX_BOARDS = LIMITS.knownBoards.takes;
const MAX_ANSWERS = LIMITS.knownAnswers.takes;

const KEY = "0";
const NOTHING: RegisterContent = { boards: [], answers: [] };

/** The two copies are written in turns: a kill can take a table that is just being written. */
function tableOf(generation: number): string {
  return `boards-${generation % 2}`;
}

/**
 * Reads the register: the newer one of its copies that is intact, or an empty one. Undefined where the
 * storage fails or a newer version wrote here: then nothing may be written either.
 */
export async function openBoardRegister({
  storage,
  log,
}: {
  readonly storage: Storage;
  readonly log: Log;
}): Promise<BoardRegister | undefined> {
  const results = await Promise.all([0, 1].map((turn) => storage.read(tableOf(turn), KEY)));
  const copies: DecodedRegister[] = [];
  for (const result of results) {
    if (!result.ok) return undefined;
    if (result.value) copies.push(decodeRegister(result.value));
  }
  if (copies.some(({ kind }) => kind === "newer")) return undefined;
  if (copies.some(({ kind }) => kind === "damaged")) log.warn("register: a copy is damaged");
  const [newest] = copies
    .flatMap((copy) => (copy.kind === "register" ? copy : []))
    .sort((a, b) => b.generation - a.generation);
  let content = newest?.content ?? NOTHING;
  let generation = newest?.generation ?? 0;

  function write(): void {
    generation++;
    let bytes = encodeRegister(content, generation);
    while (bytes.length > storage.maxBytes && content.boards.length > 0) {
      content = { ...content, boards: content.boards.slice(0, -1) };
      bytes = encodeRegister(content, generation);
    }
    void storage.write(tableOf(generation), KEY, bytes).then((result) => {
      if (!result.ok) log.warn(`register: it could not be written: ${result.error}`);
    });
  }

  return {
    content: () => content,
    record({ board, answer }) {
      const boards = withBoard(content.boards, board);
      const isAnswered = answer && content.answers.some((each) => isSameAnswer(each, answer));
      if (boards === content.boards && (!answer || isAnswered)) return;
      const answers = answer && !isAnswered ? [answer, ...content.answers] : content.answers;
      content = { boards, answers: answers.slice(0, MAX_ANSWERS) };
      write();
    },
  };
}

/** The same list where nothing in it changes. An empty board is worth an entry only to take back another. */
function withBoard(boards: readonly KnownBoard[], board: KnownBoard): readonly KnownBoard[] {
  const id = boardIdOf(board.participants);
  const at = boards.findIndex(({ participants }) => boardIdOf(participants) === id);
  const { holdsSomething } = board;
  if (!holdsSomething && !boards[at]?.holdsSomething) return boards;
  if (holdsSomething && at === 0 && boards[0]!.holdsSomething) return boards;
  if (!holdsSomething) return boards.map((each, i) => (i === at ? board : each));
  return [board, ...boards.filter((_, i) => i !== at)].slice(0, MAX_BOARDS);
}

function isSameAnswer(a: AnsweredOffer, b: AnsweredOffer): boolean {
  return a.from === b.from && a.to === b.to;
}
