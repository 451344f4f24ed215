/*
 * The boards that are stored on this device, with what each takes, and how one of them is removed from it: it is
 * marked, and emptied at leisure (board-removal.ts), be it when the app is opened the next time. The board that is open
 * stays: what a person looks at must not go, and what is drawn on it must be kept.
 */
import { MINUTE_MS } from "../board/document/session-records.ts";
import { boardIdOf } from "../board/storage/board-id.ts";
import type { BoardRegister } from "../board/storage/board-register.ts";
import type { KnownBoard } from "../board/storage/register-codec.ts";
import { markRemoved, ON_DISK_MS } from "../board/storage/removal.ts";
import { storedCopies } from "../board/storage/stored-copies.ts";
import type { Cancel } from "../env/clock.ts";
import type { Env } from "../env/env.ts";
import type { Address, Participants } from "../env/host.ts";
import { clearBoard } from "./board-removal.ts";

export interface StoredBoard {
  readonly id: string;
  /** Whom it is shared with; nobody: it is private. */
  readonly people: readonly Address[];
  /** It is the one that is open, which cannot be removed. */
  readonly isOpen: boolean;
  /** In all its copies; undefined: not known before it is opened once. */
  readonly bytes: number | undefined;
  /** Milliseconds since 1970 by this device's calendar; undefined: not known. */
  readonly changedAt: number | undefined;
}

export interface StoredBoards {
  /** The open one first, then those that were opened last. */
  list(): readonly StoredBoard[];
  /** Looks what another page of this app did meanwhile. Never rejects. */
  refresh(): Promise<void>;
  /**
   * Removes a board from this device, whole or, where this says false, not at all. What others have of it stays there,
   * and comes back when it is opened again. Never rejects.
   */
  remove(id: string): Promise<boolean>;
  close(): void;
}

export interface StoredBoardsDeps {
  readonly env: Pick<Env, "clock" | "calendar" | "log" | "storage" | "otherStorages">;
  /** Of the board that is open. */
  readonly participants: Participants;
  readonly register: BoardRegister;
  stored(): Pick<KnownBoard, "bytes" | "changedAt">;
  changed(): void;
}

/** What was left of a removal goes on when the open board has had its time. */
const LEISURE_MS = 10_000;

export function createStoredBoards(deps: StoredBoardsDeps): StoredBoards {
  const { env, participants, register, changed } = deps;
  const openId = boardIdOf(participants);
  const openIds = storedCopies(env, participants).map(({ boardId }) => boardId);
  const openPeople = peopleOf(participants);
  let isClosed = false;
  /** One after the other. */
  let clearing: Promise<void> | undefined;
  const plans = new Set<Cancel>();

  /** What is stored of it is none of the open board's, which may be under another name, too (stored-copies.ts). */
  function isOther({ participants: people }: KnownBoard): boolean {
    const isSamePeople = people.remotes.length > 0 && peopleOf(people) === openPeople;
    return !isSamePeople && !openIds.includes(boardIdOf(people));
  }

  function entryOf(id: string): KnownBoard | undefined {
    return register.content().boards.find((board) => boardIdOf(board.participants) === id && isOther(board));
  }

  function clearIn(delay: number, board: KnownBoard): void {
    const cancel = env.clock.after(delay, () => {
      plans.delete(cancel);
      clearing = (clearing ?? Promise.resolve()).then(() => clear(board));
    });
    plans.add(cancel);
  }

  async function clear(board: KnownBoard): Promise<void> {
    const id = boardIdOf(board.participants);
    const copies = storedCopies(env, board.participants);
    const how = await clearBoard({ env, copies, isOver: () => isClosed });
    if (isClosed) return;
    // It is tried again when the app is opened the next time.
    if (how === "failed") return env.log.warn("removal: a board is not emptied yet");
    register.removal(id, how === "cleared" ? "done" : "failed");
    changed();
  }

  for (const board of register.content().boards)
    if (board.isRemoved && isOther(board)) clearIn(LEISURE_MS, board);

  return {
    list() {
      const others = register.content().boards.filter((board) => !board.isRemoved && isOther(board));
      return [{ participants, ...deps.stored() }, ...others.filter(isSomething)].map((board) => ({
        id: boardIdOf(board.participants),
        people: board.participants.remotes,
        isOpen: boardIdOf(board.participants) === openId,
        bytes: board.bytes,
        changedAt: board.changedAt === undefined ? undefined : board.changedAt * MINUTE_MS,
      }));
    },
    async refresh() {
      await register.refresh();
      if (!isClosed) changed();
    },
    async remove(id) {
      await register.refresh();
      const board = entryOf(id);
      if (isClosed || !board || board.isRemoved) return false;
      if (!(await markRemoved(storedCopies(env, board.participants)[0])) || isClosed) return false;
      register.removal(id, "begun");
      changed();
      clearIn(ON_DISK_MS, board);
      return true;
    },
    close() {
      isClosed = true;
      for (const cancel of plans) cancel();
    },
  };
}

function peopleOf({ remotes }: Participants): string {
  return [...new Set(remotes)].sort().join(" ");
}

/** What was cleared may still take much; of what was stored by older versions nobody knows. */
function isSomething({ holdsSomething, bytes }: KnownBoard): boolean {
  return holdsSomething || bytes !== 0;
}
