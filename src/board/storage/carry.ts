/*
 * Offers, once, to copy a board of nearly the same people to the one that is open (see carry-offer.ts), and
 * copies it where this person says so. Until then nothing of that board is read.
 *
 *   reading the register --> settled: nothing to offer
 *        |
 *     asking --no--> settled, and never asked again
 *        | yes
 *     copying --cannot be read now--> failed: asked again when the board is opened next
 *        |    --cannot be read, or is too much--> settled
 *     storing --the copy is stored--> settled, and never asked again
 *
 * The answer is recorded when what it brought is stored: a page that is killed before asks again, and
 * copying twice makes nothing double, since the writes are the same. The old board is only read.
 *
 * A settled board is itself noted in the register, so that it can be offered when its people change. One
 * with an open question is not: a board that is noted is offered nothing.
 */
import type * as Y from "yjs";
import type { Cancel } from "../../env/clock.ts";
import type { Env } from "../../env/env.ts";
import type { Participants } from "../../env/host.ts";
import { boardIdOf } from "./board-id.ts";
import type { BoardRegister } from "./board-register.ts";
import { findCarryOffer } from "./carry-offer.ts";
import type { CarryOffer, FoundBoard } from "./carry-offer.ts";
import { createDocument } from "../document/document.ts";
import { addSize, overOf, SIZE_LIMITS, sizeOf } from "../document/size.ts";
import type { SizeLimits } from "../document/size.ts";
import { createGuard } from "../guard/guard.ts";
import type { Guard } from "../guard/guard.ts";
import type { AnsweredOffer, KnownBoard } from "./register-codec.ts";
import { applyAll } from "./apply.ts";
import { loadSet } from "./set-reader.ts";
import type { StoredReport } from "./run-loading.ts";
import { storedCopies } from "./stored-copies.ts";
import type { StoredCopy } from "./stored-set.ts";

/**
 * `failed`: nothing of the old board could be brought; `too-large`: there is no room for it; `partly`: a part of
 * it is lost.
 */
export type CarryTrouble = "failed" | "too-large" | "partly";

export interface BoardNoting {
  /** Once it is read; undefined: it cannot be used. */
  readonly register: Promise<BoardRegister | undefined>;
  /** What is so of this board now. */
  state(): Omit<KnownBoard, "participants">;
}

export interface CarryDeps {
  readonly env: Pick<Env, "clock" | "storage" | "otherStorages" | "log">;
  readonly participants: Participants;
  /** Where boards are noted, and what there is to note of this one. */
  readonly noting: BoardNoting;
  /** Loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
  readonly guard: Guard;
  /** What of `old` is not in `doc` yet, as updates of about `bytes` each that can be applied in this order. */
  pieces(old: Y.Doc, bytes?: number): readonly Uint8Array[];
  /** Copies the further pages of an old board, before the first one; says whether all of them. */
  copyFurther(from: Participants): Promise<boolean>;
  /** Everything that is on this board is given to the storage. */
  isStored(): boolean;
  /** The offer came or went. */
  changed(): void;
  /** The old board is on this one now. */
  copied(): void;
  trouble(what: CarryTrouble): void;
  /** Of the board's size. */
  readonly limits?: SizeLimits;
}

/** Copying a board of other people to this one. */
export interface Carry {
  offer(): CarryOffer | undefined;
  answer(accept: boolean): void;
  /** The page may be killed: records what can be recorded. */
  flush(): void;
  close(): void;
}

/** Ink is stored a second after it was drawn; its board is noted with it. */
const NOTE_MS = 1000;
/** Between later notes of one board, which somebody may clear and undo all day. */
const NOTE_GAP_MS = 30_000;
/** Where only its size is another one. */
const SIZE_GAP_MS = 5 * 60_000;
/** The host writes a table up to two seconds after it took a value. */
const DURABLE_MS = 5000;

export function createCarry(deps: CarryDeps): Carry {
  const { env, participants, doc, limits = SIZE_LIMITS } = deps;
  const { clock, log } = env;
  let state: "reading" | "asking" | "copying" | "storing" | "settled" | "failed" = "reading";
  let register: BoardRegister | undefined;
  let found: FoundBoard | undefined;
  /** What was noted last of this board, and when. */
  let noted: boolean | undefined;
  let notedAt = -Infinity;
  let sizedAt = -Infinity;
  let plan: Cancel | undefined;
  let closed = false;

  void deps.noting.register.then((opened) => {
    register = opened;
    if (closed || !register) return;
    found = findCarryOffer(participants, register.content());
    if (!found) return settle();
    state = "asking";
    deps.changed();
  });

  function planIn(delay: number): void {
    if (closed) return;
    plan ??= clock.after(delay, () => {
      plan = undefined;
      advance();
    });
  }

  function advance(isLast = false): void {
    if (state === "settled") note(undefined, isLast);
    if (state !== "storing") return;
    if (deps.isStored()) settle(answerTo(found));
    else planIn(DURABLE_MS);
  }

  function settle(answer?: AnsweredOffer): void {
    state = "settled";
    note(answer);
  }

  /** `isLast`: nobody may ask again. */
  function note(answer?: AnsweredOffer, isLast = false): void {
    const board = { participants, ...deps.noting.state() };
    const isSizeDue = isLast || clock.now() >= sizedAt + SIZE_GAP_MS;
    if (!answer && noted === board.holdsSomething && !isSizeDue) return;
    if (noted !== undefined) notedAt = clock.now();
    noted = board.holdsSomething;
    if (board.bytes !== undefined) sizedAt = clock.now();
    register?.record({ board, answer });
  }

  function answerTo(board: FoundBoard | undefined): AnsweredOffer | undefined {
    return board && { from: boardIdOf(board.from), to: boardIdOf(participants) };
  }

  const onUpdate = (): void => {
    if (state === "settled") planIn(Math.max(NOTE_MS, notedAt + NOTE_GAP_MS - clock.now()));
  };
  doc.on("update", onUpdate);

  async function copy(board: FoundBoard): Promise<void> {
    const old = await readStored(storedCopies(env, board.from), "page");
    if (closed) return;
    if (old.kind === "unreadable") return fail();
    const both = addSize(sizeOf(doc), sizeOf(old.doc));
    const isTooLarge = overOf(both, "writes", limits) !== undefined;
    if (old.kind === "lost" || isTooLarge) {
      deps.trouble(isTooLarge ? "too-large" : "failed");
      return settle(answerTo(board));
    }
    // The first page comes last: who sees that has all.
    const areAllThere = await deps.copyFurther(board.from);
    if (closed) return;
    let left = applyAll(deps.guard, deps.pieces(old.doc));
    // In pieces as small as they get less is refused with what is to be refused.
    if (left > 0) left = applyAll(deps.guard, deps.pieces(old.doc, 1));
    state = "storing";
    planIn(DURABLE_MS);
    if (old.kind === "damaged" || left > 0 || !areAllThere) deps.trouble("partly");
    deps.copied();
  }

  function fail(): void {
    state = "failed";
    deps.trouble("failed");
  }

  return {
    offer: () => (state === "asking" ? found?.offer : undefined),
    answer(accept) {
      if (state !== "asking" || !found || closed) return;
      if (accept) {
        state = "copying";
        copy(found).catch((error: unknown) => {
          log.warn("carry: the board could not be copied", error);
          fail();
        });
      } else settle(answerTo(found));
      deps.changed();
    },
    flush: () => advance(true),
    close() {
      if (closed) return;
      advance(true);
      closed = true;
      plan?.();
      doc.off("update", onUpdate);
    },
  };
}

/** A document of a board, read apart. */
export interface StoredDocument {
  readonly doc: Y.Doc;
  /** `unreadable`: it may be readable another time; `damaged`: this is a part of it; `lost`: there is none. */
  readonly kind: "whole" | "damaged" | "lost" | "unreadable";
}

/** Into a document of its own: what is not intact in it must not get into the one that is open. Never rejects. */
export async function readStored(
  copies: readonly StoredCopy[],
  holds: "page" | "index",
): Promise<StoredDocument> {
  const doc = createDocument();
  let isWedged = false;
  const guard = createGuard({ doc, onWedged: () => (isWedged = true), holds });
  const reports: StoredReport[] = [];
  for (const copy of copies) {
    reports.push(await loadSet(copy, { doc, guard, apply: (act) => act() }));
  }
  guard.close();
  if (reports.some(({ failed, newer }) => failed || newer)) return { doc, kind: "unreadable" };
  if (isWedged || doc.store.clients.size === 0) return { doc, kind: "lost" };
  return { doc, kind: reports.some(({ damaged }) => damaged) ? "damaged" : "whole" };
}
