/*
 * Answering who asks for the bytes of pictures: chunk by chunk, each once for all who ask within a moment. Rules:
 * PROTOCOL.md, S20.
 */
import { blobKey, chunkCount, countChunks } from "../../board/blobs/chunks.ts";
import type { BlobName } from "../../board/blobs/chunks.ts";
import { LIMITS } from "../../board/document/limits.ts";
import type { BlobHash } from "../../board/document/picture.ts";
import type { Address } from "../../env/host.ts";
import type { Clock } from "../../env/clock.ts";
import type { OpenLink } from "../link/link.ts";
import type { Frame } from "../wire/frame.ts";
import type { BlobDepot } from "./blob-depot.ts";

export interface BlobAnswersDeps {
  readonly clock: Clock;
  /** Whether others hear each frame, so that it must say whom it is for. */
  readonly isGroup: boolean;
  readonly depot: BlobDepot;
}

export interface GoingBlob {
  readonly hash: BlobHash;
  readonly to: Address;
  /** How much of it was sent, 0 .. 1. */
  readonly part: number;
}

export interface BlobAnswers {
  dueAt(): number | undefined;
  take(): Frame | undefined;
  /** `slot`: of the session that asks. */
  receiveWant(link: OpenLink, slot: number, frame: Frame & { readonly type: "want" }): void;
  /** All of it is there. Says whether it was on its way. */
  arrived(link: OpenLink, name: BlobName): boolean;
  /** What others are being sent. */
  going(): readonly GoingBlob[];
}

interface Asked extends BlobName {
  readonly index: number;
  /** Those who asked; one alone is named. */
  readonly slots: Set<number>;
}

interface Going extends GoingBlob {
  part: number;
  until: number;
}

/** Within it the same chunk is not said again, nor that it is not here. */
const AGAIN_MS = 1000;
/** From one chunk to the next, as long as somebody draws. */
const BESIDE_INK_MS = 120;
const MINUTE_MS = 60_000;
/** Who is not heard of again for so long has it, or does not ask any more. */
const FORGOTTEN_MS = 15_000;
/** Answers that one has nothing, or has it now, waiting. */
const MAX_HAVES = 8;
/** So much of what was asked for in vain is kept in mind, to tell when it is here. */
const MAX_LACKED = 64;

export function createBlobAnswers(
  { clock, isGroup, depot }: BlobAnswersDeps,
  /** When somebody drew last. */
  drawnAt: () => number,
): BlobAnswers & { changed(): void } {
  const queue = new Map<string, Asked>();
  const haves = new Map<string, Frame>();
  const lacked = createLacked(depot);
  /** By chunks: when it was said. */
  const said = new Map<string, number>();
  /** To each contact, when. */
  const budgets = new Map<Address, number[]>();
  const going = new Map<string, Going>();
  let lastAt = -Infinity;
  /** The first that can be had; undefined: to be found out anew. */
  let ready: { readonly key: string | undefined } | undefined;

  function readyKey(): string | undefined {
    if (ready) return ready.key;
    for (const [key, asked] of queue) {
      const chunk = depot.chunk(asked, asked.index);
      if (chunk === undefined) queue.delete(key);
      else if (chunk !== "reading") {
        ready = { key };
        return key;
      }
    }
    ready = { key: undefined };
    return undefined;
  }

  /** How many more chunks one gets. */
  function budgetOf(address: Address): number[] {
    const now = clock.now();
    const spent = (budgets.get(address) ?? []).filter((at) => at > now - MINUTE_MS);
    budgets.set(address, spent);
    return spent;
  }

  /** One more of it was sent. */
  function goOn({ hash, bytes }: BlobName): void {
    const left = [...queue.values()].filter((asked) => asked.hash === hash).length;
    for (const each of going.values())
      if (each.hash === hash) each.part = Math.max(each.part, 1 - left / chunkCount(bytes));
  }

  function forget(): void {
    const now = clock.now();
    for (const [key, at] of said) if (at < now - AGAIN_MS) said.delete(key);
    for (const [key, { until }] of going) if (until < now) going.delete(key);
  }

  return {
    dueAt() {
      if (haves.size > 0) return -Infinity;
      if (queue.size === 0 || readyKey() === undefined) return undefined;
      return Math.max(lastAt + (clock.now() - drawnAt() < MINUTE_MS / 60 ? BESIDE_INK_MS : 0), 0);
    },
    take() {
      for (const [key, frame] of haves) {
        haves.delete(key);
        return frame;
      }
      const key = readyKey();
      const asked = key === undefined ? undefined : queue.get(key);
      const content = asked && depot.chunk(asked, asked.index);
      ready = undefined;
      if (key === undefined || !asked || !(content instanceof Uint8Array)) return undefined;
      queue.delete(key);
      lastAt = clock.now();
      said.set(key, lastAt);
      goOn(asked);
      const { hash, bytes, index, slots } = asked;
      const [to] = slots;
      // Also with two people: who asked may have been this contact's page of before.
      const isOne = slots.size === 1 && to !== undefined;
      return { type: "chunk", hash, bytes, index, content, ...(isOne ? { to } : {}) };
    },
    receiveWant(link, slot, { hash, bytes, chunks }) {
      forget();
      const name = { hash, bytes };
      const here = depot.held(name) & chunks;
      const key = blobKey(name);
      if (here === 0) {
        const isSaid = (said.get(key) ?? -Infinity) > clock.now() - AGAIN_MS;
        if (isSaid || haves.size >= MAX_HAVES) return;
        said.set(key, clock.now());
        lacked.add(name);
        haves.set(key, { type: "have", ...name, chunks: 0, ...(isGroup ? { to: slot } : {}) });
        return;
      }
      ready = undefined;
      const spent = budgetOf(link.address);
      for (let index = 0; 2 ** index <= here; index++) {
        const chunk = `${key}.${index}`;
        const isSaid = (said.get(chunk) ?? -Infinity) > clock.now() - AGAIN_MS;
        if ((here & (2 ** index)) === 0 || isSaid || spent.length >= LIMITS.blobChunks.writes) continue;
        spent.push(clock.now());
        const asked = queue.get(chunk) ?? { ...name, index, slots: new Set() };
        asked.slots.add(slot);
        queue.set(chunk, asked);
      }
      going.set(`${key} ${link.address}`, {
        hash,
        to: link.address,
        part: 1 - countChunks(chunks) / chunkCount(bytes),
        until: clock.now() + FORGOTTEN_MS,
      });
    },
    arrived: (link, name) => going.delete(`${blobKey(name)} ${link.address}`),
    going() {
      forget();
      return [...going.values()];
    },
    changed() {
      ready = undefined;
      for (const have of lacked.come(MAX_HAVES - haves.size)) haves.set(blobKey(have), have);
    },
  };
}

/** What somebody asked for and was not here. */
interface Lacked {
  add(name: BlobName): void;
  /** Of what is here now, or a part of it, at most so many, as they are told to everybody. */
  come(most: number): readonly (Frame & { readonly type: "have" })[];
}

function createLacked(depot: BlobDepot): Lacked {
  const names = new Map<string, BlobName>();
  return {
    add(name) {
      const [oldest] = names.keys();
      if (names.size >= MAX_LACKED) names.delete(oldest!);
      names.set(blobKey(name), name);
    },
    come(most) {
      const here = [...names.values()].filter((name) => depot.held(name) > 0).slice(0, most);
      for (const name of here) names.delete(blobKey(name));
      return here.map(({ hash, bytes }) => ({
        type: "have",
        hash,
        bytes,
        chunks: depot.held({ hash, bytes }),
      }));
    },
  };
}
