/*
 * The ways out of this page and into it: the panel, what is under way, and what is told of it.
 */
import type { Point } from "../base/geometry.ts";
import type { Board } from "../board/document/board.ts";
import type { InkTheme } from "../render/canvas/theme.ts";
import type { Session } from "../session.ts";
import type { MenuContents } from "./bar/menu.ts";
import type { NoticeAction, Notices } from "./notices/notices.ts";
import { NOTICE_SECONDS } from "./notices/session-notices.ts";
import type { Stage } from "./stage/stage.ts";
import { showCleanView } from "./transfer/clean-view.ts";
import { makeExport, type Made, type Shown, type Wanted } from "./transfer/exporting.ts";
import { handingOn, type Handing } from "./transfer/handing-on.ts";
import {
  isDrawingText,
  putOnPages,
  putOntoPage,
  readFile,
  readText,
  type Imported,
  type ImportProblem,
} from "./transfer/importing.ts";
import { createTransferPanel } from "./transfer/transfer-panel.ts";
import { surroundings, type Way } from "./transfer/ways.ts";
import { pageClock } from "./widgets/page-clock.ts";
import type { Strings } from "./words/strings.ts";

export interface BoardTransfer {
  readonly panel: MenuContents["export"];
  /** What was pasted or dropped; false: it is nothing for here. */
  takeIn(data: { readonly files: readonly File[]; readonly text: string }, at: Point): boolean;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface BoardTransferDeps {
  readonly session: Pick<Session, "pages">;
  readonly strings: Strings;
  readonly notices: Notices;
  readonly inMessenger: boolean;
  /** What a person looks at; undefined: there is no board. */
  readonly shown: () => { readonly board: Board; readonly stage: Stage } | undefined;
  readonly closePanel: () => void;
}

/** So long is worked in one task, in milliseconds. */
const SLICE_MS = 12;
/** What is done sooner needs no words. */
const SOON_MS = 400;
const UNDO_SECONDS = 10;
const FILES = /\.(inkmesh|excalidraw|excalidrawlib|json)$/iu;

export function createBoardTransfer(deps: BoardTransferDeps): BoardTransfer {
  const { strings, notices, session } = deps;
  const words = strings.transfer;
  let theme: InkTheme = { dark: false };
  /** Another one ends the one before. */
  let running: { isOver: boolean } | undefined;

  const tell = (text: string, action?: NoticeAction): void => {
    const seconds = action ? UNDO_SECONDS : NOTICE_SECONDS;
    notices.show({ kind: "transfer", text, seconds, ...(action ? { action } : {}) });
  };
  const panel = createTransferPanel({
    strings,
    around: surroundings(deps.inMessenger),
    hasSelection: () => (deps.shown()?.stage.selection.ids().length ?? 0) > 0,
    onExport(wanted, way) {
      deps.closePanel();
      void exportAs(wanted, way);
    },
    onImport(file, asPages) {
      deps.closePanel();
      void takeFile(file, undefined, asPages);
    },
  });

  /** Ends tasks that take long, and tells how far the work is; false: nobody waits for it any more. */
  function begin(): (done?: number) => Promise<boolean> {
    if (running) running.isOver = true;
    const own: NonNullable<typeof running> = { isOver: false };
    running = own;
    const start = pageClock.now();
    let task = start;
    let told = -1;
    return async (done) => {
      if (pageClock.now() - task < SLICE_MS) return !own.isOver;
      const percent = Math.floor((done ?? 0) * 100);
      if (done !== undefined && percent !== told && pageClock.now() - start > SOON_MS && !own.isOver) {
        told = percent;
        const cancel = (): void => void (own.isOver = true);
        notices.show({
          kind: "transfer",
          text: words.working(strings.percent(percent)),
          answers: [{ label: words.cancel, run: cancel }],
        });
      }
      await new Promise<void>((resolve) => pageClock.after(0, resolve));
      task = pageClock.now();
      return !own.isOver;
    };
  }

  function shown(): Shown | undefined {
    const now = deps.shown();
    const pages = session.pages();
    if (!now || !pages) return undefined;
    const { board, stage } = now;
    return {
      board,
      pages,
      selected: stage.selection.ids(),
      view: stage.playback.inSight(),
      zoom: stage.view.camera().zoom,
      theme,
    };
  }

  async function exportAs(wanted: Wanted, way: Way): Promise<void> {
    const what = shown();
    if (!what) return;
    const turn = begin();
    const own = running;
    let made: Made | undefined;
    try {
      made = await makeExport(wanted, what, turn);
    } catch {
      tell(words.failed);
      return;
    }
    if (own?.isOver) return;
    notices.dismiss("transfer");
    if (!made) return tell(words.failed);
    const show = async (blob: Blob) => {
      await showCleanView(blob, strings);
      return "nothing" as const;
    };
    const label = way === "copy" ? strings.commands.copy : words[way];
    await handOn(made, handingOn(wanted.format, show)[way], label);
  }

  async function handOn(made: Made, handing: Handing, label: string): Promise<void> {
    const came = await handing(made).catch(() => "failed" as const);
    const smaller = made.isSmaller ? [words.smaller] : [];
    if (came === "again") {
      const run = (): void => void handOn(made, handing, label);
      notices.show({ kind: "transfer", text: words.ready, action: { label, run } });
    } else if (came === "failed") tell(words.failed);
    else {
      const end = came === "handed" ? [words.handed] : came === "copied" ? [strings.copied] : [];
      if (smaller.length + end.length > 0) tell([...smaller, ...end].join(" "));
    }
  }

  const takeFile = (file: File, at: Point | undefined, asPages: boolean): Promise<void> =>
    bring((pages, turn) => readFile(file, pages, turn), at, asPages);

  async function bring(
    read: (pages: Shown["pages"], turn: () => Promise<boolean>) => Promise<Imported | ImportProblem>,
    at: Point | undefined,
    asPages: boolean,
  ): Promise<void> {
    const before = shown();
    if (!before) return;
    const imported = await read(before.pages, begin());
    if (typeof imported === "string") return tell(problemText(imported, strings));
    if (asPages || imported.needsPage) return putPages(imported, before.pages);
    const now = deps.shown();
    if (!now || !now.stage.selection.mayAdd()) return;
    const { board, stage } = now;
    const ids = putOntoPage(imported, board, at ?? centreOf(stage));
    if (ids.length === 0) return tell(words.failed);
    stage.selection.set(ids);
    tell(addedText(imported, strings), { label: strings.undo, run: () => void board.history.undo() });
  }

  async function putPages(imported: Imported, pages: Shown["pages"]): Promise<void> {
    const made = await putOnPages(imported, pages);
    if (made[0] === undefined) return tell(words.failed);
    pages.show(made[0]);
    const run = (): void => made.forEach((id) => pages.remove(id));
    tell(addedText(imported, strings), { label: strings.undo, run });
  }

  return {
    panel: { content: panel.content, update: panel.update },
    takeIn({ files, text }, at) {
      const file = files.find(({ name }) => FILES.test(name));
      if (file) void takeFile(file, at, false);
      else if (files.length > 0 || !isDrawingText(text)) return false;
      else void bring((pages, turn) => readText(text, pages, turn), at, false);
      return true;
    },
    setTheme(next) {
      theme = next;
    },
    close() {
      if (running) running.isOver = true;
    },
  };
}

function centreOf(stage: Stage): Point {
  const { x, y } = stage.view.camera();
  return { x, y };
}

function problemText(problem: ImportProblem, strings: Strings): string {
  return {
    broken: strings.transfer.broken,
    newer: strings.pasteNewer,
    "too-large": strings.tooLargeToPaste,
    foreign: strings.noFiles,
  }[problem];
}

function addedText({ leftOut }: Imported, { transfer: words }: Strings): string {
  const kinds = [...leftOut].map((kind) => words.kinds[kind]);
  return kinds.length === 0 ? words.added : `${words.added} ${words.leftOut(kinds.join(", "))}`;
}
