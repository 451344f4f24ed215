/*
 * Which boards there are on this device, and with whom. A board's tables are named by a hash of its
 * participants, which says nothing; so the register keeps their addresses beside it, for two purposes: to
 * offer a board to the same people when their set has changed (see carry-offer.ts), and to list what is stored here,
 * with its size, so that it can be removed. It never leaves the device.
 *
 * A board gets an entry when it is opened and something is on it, or stored of it. What was stored by a version without
 * a register is not in it until then, and neither offered nor listed.
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
  /**
   * The board is removed from this device: `begun`, so what is stored of it is to be emptied; `done`, so it is
   * forgotten; `failed`, so it is there as before. Written at once.
   */
  removal(id: string, stage: "begun" | "done" | "failed"): void;
  /** Takes over what another page wrote since. Never rejects. */
  refresh(): Promise<void>;
}

/** Older boards are forgotten here, which takes nothing from them: they can only not be offered or listed. */
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
  const first = await readNewest(storage, log);
  if (!first) return undefined;
  let { content, generation } = first;

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
    removal(id, stage) {
      const boards = content.boards.flatMap((board): readonly KnownBoard[] => {
        if (boardIdOf(board.participants) !== id) return [board];
        if (stage === "done") return board.isRemoved ? [] : [board];
        // What is on its way out is not offered, by older versions either.
        if (stage === "begun") return [{ ...board, holdsSomething: false, isRemoved: true }];
        return [{ ...board, holdsSomething: true, isRemoved: false }];
      });
      content = { ...content, boards };
      write();
    },
    async refresh() {
      const now = await readNewest(storage, log);
      if (now && now.generation > generation) ({ content, generation } = now);
    },
  };
}

/** Of the two copies the newer one that is intact; undefined where nothing may be written. */
async function readNewest(
  storage: Storage,
  log: Log,
): Promise<{ readonly content: RegisterContent; readonly generation: number } | undefined> {
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
  return newest ?? { content: NOTHING, generation: 0 };
}

/** The same list where nothing in it changes. A board of which nothing is seen or stored is worth no new entry. */
function withBoard(boards: readonly KnownBoard[], board: KnownBoard): readonly KnownBoard[] {
  const id = boardIdOf(board.participants);
  const at = boards.findIndex(({ participants }) => boardIdOf(participants) === id);
  const before = boards[at];
  const { holdsSomething, bytes = 0 } = board;
  if (!before && !holdsSomething && bytes === 0) return boards;
  const { bytes: sized, changedAt: changed } = before ?? {};
  const entry = { ...board, bytes: board.bytes ?? sized, changedAt: board.changedAt ?? changed };
  if (before && !holdsSomething)
    return isSameEntry(before, entry) ? boards : boards.map((each, i) => (i === at ? entry : each));
  if (before && at === 0 && isSameEntry(before, entry)) return boards;
  return [entry, ...boards.filter((_, i) => i !== at)].slice(0, MAX_BOARDS);
}

function isSameEntry(a: KnownBoard, b: KnownBoard): boolean {
  return (
    a.holdsSomething === b.holdsSomething &&
    Boolean(a.isRemoved) === Boolean(b.isRemoved) &&
    a.bytes === b.bytes &&
    a.changedAt === b.changedAt
  );
}

function isSameAnswer(a: AnsweredOffer, b: AnsweredOffer): boolean {
  return a.from === b.from && a.to === b.to;
}
