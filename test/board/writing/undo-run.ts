/*
 * Two people who act, take back and do again, while what is told and what is seen are watched: every press
 * must say what it did, everything that is seen of one's own doing can be taken back, and in the end what both
 * took back is gone and what both did again is there.
 */
import * as Y from "yjs";
import type { Step } from "../../../src/board/document/board.ts";
import { STORAGE_ORIGIN } from "../../../src/board/document/document.ts";
import { createPeer, readAgain, sync } from "../peers.ts";
import type { Peer } from "../peers.ts";
import { act, beginningOf, KINDS } from "./undo-kinds.ts";
import type { Things } from "./undo-kinds.ts";
import { look, whatIsThere } from "./what-is-there.ts";

/** Of the first or the second person; `sync`: both get everything; `leave`: the page leaves the memory and is read again. */
export type Move =
  | "sync"
  | { readonly who: 0 | 1; readonly does: "leave" }
  | { readonly who: 0 | 1; readonly does: "undo" | "redo" }
  | { readonly who: 0 | 1; readonly does: "act"; readonly kind: string };

interface Deed {
  readonly kind: string;
  readonly n: number;
}

interface Person {
  peer: Peer;
  readonly deeds: Deed[];
}

/** A press or two for each of the steps, and again for as long as the others' presses bring something back. */
const MAX_PRESSES = 200;

/**
 * Throws, saying after which moves, where something is otherwise than it should be. Gives what was told and seen, which
 * is the same however often pages leave.
 */
export function runMoves(moves: readonly Move[]): readonly string[] {
  const told: string[] = [];
  try {
    return run(moves, told);
  } catch (error) {
    throw new Error(`${told.join(", ")}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function run(moves: readonly Move[], told: string[]): readonly string[] {
  const { update, things } = beginningOf();
  const people: readonly Person[] = [1, 2].map((client) => ({ peer: createPeer(client), deeds: [] }));
  const leavers = new Set(
    moves.flatMap((move) => (move !== "sync" && move.does === "leave" ? move.who : [])),
  );
  const peers = (): readonly Peer[] => people.map(({ peer }) => peer);
  const seen: string[] = [];
  for (const { doc } of peers()) Y.applyUpdate(doc, update, STORAGE_ORIGIN);
  const before = look(people[0]!.peer);
  let n = 0;

  function meet(): void {
    told.push("sync");
    sync(...peers());
    same(look(people[0]!.peer), look(people[1]!.peer), "the boards differ");
    for (const who of leavers) leave(who);
  }

  function leave(who: number): void {
    const person = people[who]!;
    const was = whatIsThere(person.peer);
    person.peer = readAgain(person.peer);
    same(whatIsThere(person.peer), was, "it came back otherwise");
  }

  function press(who: number, way: "undo" | "redo"): Step {
    const { peer, deeds } = people[who]!;
    const can = canStep(peer, way);
    const was = look(peer);
    const step = peer.board.history[way]();
    told.push(`${who} ${way}: ${step}`);
    seen.push(whatIsThere(peer));
    const isOther = look(peer) !== was;
    if (can === (step === "nothing")) fail(`could ${can ? "" : "not "}${way}`);
    // On a layer that the person hid nothing is seen of it: it can be shown by a step of its own.
    const isHidden =
      peer.board.layers().some(({ hidden }) => hidden) && deeds.some(({ kind }) => KINDS[kind]!.isHiding);
    const isTold = step === "done" || step === "partly";
    if (isOther !== isTold && !(isTold && isHidden)) fail(`it looks ${isOther ? "otherwise" : "alike"}`);
    const isBlamed = peer.board.history.others().length > 0;
    const isToBlame = step !== "done" && step !== "nothing";
    // Who keeps an order as it is may be anybody.
    const isOrder = step === "shared" && deeds.some(({ kind }) => KINDS[kind]!.isOrder);
    if (isBlamed !== isToBlame && !isOrder) fail(isBlamed ? "blamed" : "nobody is blamed");
    checkShown(peer, deeds);
    return step;
  }

  /** What is seen of somebody's own doing can be taken back. */
  function checkShown(peer: Peer, deeds: readonly Deed[]): void {
    const shown = deeds.find(({ kind, n: own }) => isShown(peer, things, kind, own));
    if (shown && !peer.board.history.canUndo()) fail(`${shown.kind} is seen and cannot be undone`);
  }

  /** Everybody, in turn, until nobody can. */
  function all(way: "undo" | "redo"): void {
    let presses = 0;
    while (peers().some((peer) => canStep(peer, way))) {
      for (const who of way === "undo" ? [1, 0] : [0, 1]) {
        while (canStep(people[who]!.peer, way)) {
          press(who, way);
          if (++presses > MAX_PRESSES) fail(`never ends to ${way}`);
        }
        meet();
      }
    }
    for (const { peer, deeds } of people) checkShown(peer, deeds);
  }

  let acted = before;
  for (const move of moves) {
    if (move === "sync") meet();
    else if (move.does === "leave") leave(move.who);
    else if (move.does === "act") {
      const { peer, deeds } = people[move.who]!;
      told.push(`${move.who} ${move.kind}`);
      n++;
      const isDone = act(KINDS[move.kind]!, { peer, board: peer.board, things, n });
      if (isDone) deeds.push({ kind: move.kind, n });
    } else press(move.who, move.does);
  }
  meet();
  const pressed = moves.some((move) => move !== "sync" && (move.does === "undo" || move.does === "redo"));
  acted = look(people[0]!.peer);
  told.push("all undo");
  all("undo");
  same(look(people[0]!.peer), before, "not all is taken back");
  told.push("all redo");
  all("redo");
  if (!pressed) same(look(people[0]!.peer), acted, "not all is done again");
  told.push("all undo");
  all("undo");
  same(look(people[0]!.peer), before, "not all is taken back again");
  return [...told, ...seen];
}

function isShown(peer: Peer, things: Things, kind: string, n: number): boolean {
  return KINDS[kind]!.shows?.({ peer, board: peer.board, things, n }) ?? false;
}

function canStep({ board: { history } }: Peer, way: "undo" | "redo"): boolean {
  return way === "undo" ? history.canUndo() : history.canRedo();
}

function same(actual: string, expected: string, what: string): void {
  if (actual !== expected) fail(`${what}\n${actual}\n${expected}`);
}

function fail(what: string): never {
  throw new Error(what);
}
