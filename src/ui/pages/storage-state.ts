/*
 * What the storage panel says, as data: the open board and its pages, what was removed of it, and all boards on this
 * device.
 */
import type { PageId } from "../../board/pages/page-id.ts";
import { NEARLY } from "../../board/writing/room.ts";
import type { PageInfo, Pages } from "../../session/pages.ts";
import type { StoredBoard } from "../../session/stored-boards.ts";
import type { NameOf } from "../people/presence-text.ts";
import { whoOf } from "../people/who.ts";
import { isolated } from "../words/messages.ts";
import { pageTitle } from "../words/page-title.ts";
import type { Strings } from "../words/strings.ts";
import { isFewLeft } from "./few-left.ts";
import { sizeWords } from "./size-words.ts";
import { timeWords } from "../words/time-words.ts";

export interface StorageRow {
  readonly title: string;
  /** What it takes, and what else there is to say of it, as far as that is known. */
  readonly about: string;
}

export interface PageRow extends StorageRow {
  readonly id: PageId;
  readonly isShown: boolean;
}

export interface BoardRow extends StorageRow {
  readonly id: string;
  /** The open one stays. */
  readonly canGo: boolean;
  /** The question whether it is to go, and the answer that it is. */
  readonly question: string;
  readonly yes: string;
}

export interface StorageState {
  /** Empty: not known yet. */
  readonly total: string;
  readonly pages: readonly PageRow[];
  /** Undefined: there are none. */
  readonly removed: StorageRow | undefined;
  /** Empty: there is room for many pages more. */
  readonly left: string;
  readonly boards: readonly BoardRow[];
}

export interface StorageView {
  readonly boards: readonly StoredBoard[];
  readonly nameOf: NameOf;
  readonly strings: Strings;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type SizedPages = Pick<Pages, "list" | "removed" | "current" | "share" | "left">;

export function storageState(pages: SizedPages, view: StorageView): StorageState {
  const { boards, strings } = view;
  const list = pages.list();
  const removed = pages.removed();
  const total = boards.find(({ isOpen }) => isOpen)?.bytes ?? sumOf([...list, ...removed]);
  const left = pages.left();
  return {
    total: total === undefined ? "" : strings.storage.takes(sizeWords(total, strings)),
    pages: list.map((page) => ({
      id: page.id,
      title: pageTitle(list, page, strings),
      about: joined(sizeOf(page, strings), fullWords(pages.share(page.id), strings)),
      isShown: page.id === pages.current(),
    })),
    removed:
      removed.length === 0
        ? undefined
        : {
            title: strings.pages.removedPages(removed.length),
            about: sizeOf({ bytes: sumOf(removed) }, strings),
          },
    left: isFewLeft(left) ? strings.pages.left(left) : "",
    boards: boards.map((board) => boardRow(board, view)),
  };
}

function boardRow(
  { id, people, isOpen, bytes, changedAt }: StoredBoard,
  { nameOf, strings, now }: StorageView,
): BoardRow {
  const names = whoOf(people, nameOf, strings)?.names;
  const words = strings.storage;
  const size = bytes === undefined ? words.unknown : sizeWords(bytes, strings);
  const changed = changedAt === undefined ? "" : strings.pages.changed(timeWords(changedAt, now, strings));
  return {
    id,
    title: names === undefined ? strings.privateBoard : isolated(names, strings.direction),
    about: isOpen ? joined(size, words.open) : joined(size, changed),
    canGo: !isOpen,
    question: names === undefined ? words.askPrivate : words.ask(names),
    yes: names === undefined ? strings.pages.emptyYes : words.remove,
  };
}

/** Only where there is little room left. */
function fullWords(share: number | undefined, strings: Strings): string {
  if (share === undefined || share < NEARLY) return "";
  return strings.storage.full(strings.percent(Math.min(100, Math.floor(share * 100))));
}

function sizeOf({ bytes }: Pick<PageInfo, "bytes">, strings: Strings): string {
  return bytes === undefined ? "" : sizeWords(bytes, strings);
}

/** As far as it is known; undefined where nothing is. */
function sumOf(pages: readonly PageInfo[]): number | undefined {
  const known = pages.flatMap(({ bytes }) => bytes ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, bytes) => sum + bytes, 0);
}

function joined(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" · ");
}
