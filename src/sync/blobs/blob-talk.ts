/*
 * What is said and heard about the bytes of pictures, in the lowest class. Rules: PROTOCOL.md, S20.
 */
import { allChunks } from "../../board/blobs/chunks.ts";
import { slotOf } from "../../board/document/slot.ts";
import type { Clock } from "../../env/clock.ts";
import type { Random } from "../../env/random.ts";
import { earliest } from "../../base/earliest.ts";
import type { OpenLink } from "../link/link.ts";
import type { BlobFrame } from "../wire/blob-codec.ts";
import type { Frame } from "../wire/frame.ts";
import { createBlobAnswers } from "./blob-answers.ts";
import type { GoingBlob } from "./blob-answers.ts";
import { createBlobAsking } from "./blob-asking.ts";
import type { BlobDepot, LackingBlob } from "./blob-depot.ts";

export interface BlobTalkDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly links: readonly OpenLink[];
  /** Undefined: there are no pictures here. */
  readonly depot: BlobDepot | undefined;
  /** No honest app sends this. */
  offend(link: OpenLink, reason: string): void;
  /** Something is due, or due earlier. */
  wake(): void;
  /** Something is on its way, or has gone further. */
  moved(): void;
}

export interface BlobTalk {
  dueAt(): number | undefined;
  take(): readonly Frame[];
  /** `isForOthers`: it is for another session. */
  receive(link: OpenLink, from: number, frame: Frame & BlobFrame, isForOthers: boolean): void;
  /** Somebody draws. */
  drawn(): void;
  /** Others are here than before. */
  changed(): void;
  coming(): readonly (LackingBlob & { readonly part: number })[];
  /** As BlobAsking has it. */
  nowhere(): readonly LackingBlob[];
  going(): readonly GoingBlob[];
  close(): void;
}

const NO_DEPOT: BlobDepot = {
  lacking: () => [],
  held: () => 0,
  chunk: () => undefined,
  take: () => "useless",
  onChange: () => () => undefined,
};

export function createBlobTalk(deps: BlobTalkDeps): BlobTalk {
  const { clock, links, offend, wake } = deps;
  const depot = deps.depot ?? NO_DEPOT;
  const random = (): number => deps.random.uint32() / 2 ** 32;
  let drawnAt = -Infinity;
  const asking = createBlobAsking({ clock, random, links, depot, offend });
  const answers = createBlobAnswers({ clock, isGroup: links.length > 1, depot }, () => drawnAt);
  /** That all of it came, for whoever sent it. */
  const thanks: Frame[] = [];

  function changed(): void {
    asking.changed();
    answers.changed();
    if (deps.depot) wake();
  }
  const stop = depot.onChange(changed);

  return {
    dueAt: () => (thanks.length > 0 ? -Infinity : earliest([answers.dueAt(), asking.dueAt()])),
    take() {
      if (thanks.length > 0) return thanks.splice(0);
      const isAnswerDue = (answers.dueAt() ?? Infinity) <= clock.now();
      const frame = asking.take() ?? (isAnswerDue ? answers.take() : undefined);
      if (frame && frame.type !== "have") deps.moved();
      return frame ? [frame] : [];
    },
    receive(link, from, frame, isForOthers) {
      const { hash, bytes } = frame;
      if (frame.type === "want") {
        if (isForOthers) asking.overhear(frame);
        else answers.receiveWant(link, slotOf(from), frame);
      } else if (frame.type === "have") {
        if (frame.chunks === allChunks(bytes) && answers.arrived(link, frame)) deps.moved();
        asking.receiveHave(link, frame, isForOthers);
        if (frame.chunks === 0) deps.moved();
      } else if (
        asking.receiveChunk(link, frame, isForOthers || (links.length > 1 && frame.to === undefined))
      ) {
        thanks.push({ type: "have", hash, bytes, chunks: allChunks(bytes) });
      }
      wake();
    },
    drawn() {
      drawnAt = clock.now();
    },
    changed,
    coming: asking.coming,
    nowhere: asking.nowhere,
    going: answers.going,
    close: stop,
  };
}
