/*
 * The ways out of this page and into it: the panel, what is under way, and what is told of it.
 */
import type { Point } from "../base/geometry.ts";
import type { InkTheme } from "../render/canvas/theme.ts";
import { createLineBreaker } from "../render/shapes/line-breaks.ts";
import { createWords, type Words } from "../render/shapes/words.ts";
import type { Session } from "../session.ts";
import type { PageTurn } from "../session/pages.ts";
import type { MenuContents } from "./bar/menu.ts";
import type { NoticeAction, Notices } from "./notices/notices.ts";
import { NOTICE_SECONDS } from "./notices/session-notices.ts";
import type { TakeIn } from "./selection/clipboard-access.ts";
import type { ShownBoard } from "./shown-board.ts";
import { showCleanView } from "./transfer/clean-view.ts";
import { makeExport, type Made, type Shown, type Wanted } from "./transfer/exporting.ts";
import { handingOn, type Handing } from "./transfer/handing-on.ts";
import {
  isDrawingText,
  isEmpty,
  putOntoPage,
  readFile,
  readText,
  type Imported,
  type ImportProblem,
} from "./transfer/importing.ts";
import { createTransferPanel, timesText, wayLabel } from "./transfer/transfer-panel.ts";
import { surroundings, type Way } from "./transfer/ways.ts";
import { element } from "./widgets/dom.ts";
import { createWorks, WORK_NOTICE, workText, type Work } from "./transfer/work.ts";
import { pageTitle } from "./words/page-title.ts";
import type { Strings } from "./words/strings.ts";

export interface BoardTransfer {
  readonly panel: MenuContents["export"];
  readonly takeIn: TakeIn;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface BoardTransferDeps {
  readonly session: Pick<Session, "pages" | "blobs">;
  readonly strings: Strings;
  readonly notices: Notices;
  readonly inMessenger: boolean;
  readonly shown: () => Pick<ShownBoard, "board" | "open">;
  readonly closePanel: () => void;
}

const UNDO_SECONDS = 10;
const FILES = /\.(inkmesh|excalidraw|excalidrawlib|json)$/iu;

/** What all of it shares. */
interface Desk extends BoardTransferDeps {
  /** Made when first needed. */
  words: Words | undefined;
  theme: InkTheme;
  begin(): Work;
  tell(text: string, action?: NoticeAction): void;
}

export function createBoardTransfer(deps: BoardTransferDeps): BoardTransfer {
  const { notices, strings } = deps;
  const { begin, close } = createWorks(notices, strings);
  const desk: Desk = {
    ...deps,
    words: undefined,
    theme: { dark: false },
    begin,
    tell(text, action) {
      const seconds = action ? UNDO_SECONDS : NOTICE_SECONDS;
      notices.show({ kind: WORK_NOTICE, text, seconds, ...(action ? { action } : {}) });
    },
  };
  const panel = createTransferPanel({
    strings,
    around: surroundings(deps.inMessenger),
    pageTitle() {
      const pages = deps.session.pages();
      const list = pages?.list() ?? [];
      const shown = list.find(({ id }) => id === pages?.current());
      return shown ? pageTitle(list, shown, strings) : "";
    },
    hasSelection: () => (deps.shown().open()?.stage.selection.ids().length ?? 0) > 0,
    onExport(wanted, way) {
      deps.closePanel();
      void exportAs(desk, wanted, way);
    },
    onImport(file, asPages) {
      deps.closePanel();
      void bring(desk, (pages, { turn }) => readFile(file, pages, turn), asPages);
    },
  });
  return {
    panel: { content: panel.content, update: panel.update },
    takeIn({ files, text }, at) {
      const file = files.find(({ name }) => FILES.test(name));
      if (!file && (files.length > 0 || !isDrawingText(text))) return false;
      const read: Read = (pages, { turn }) =>
        file ? readFile(file, pages, turn) : readText(text, pages, turn);
      void bring(desk, read, false, at);
      return true;
    },
    setTheme(next) {
      desk.theme = next;
    },
    close,
  };
}

function shownOn(desk: Desk): Shown | undefined {
  const { shown, session, theme } = desk;
  desk.words ??= createWords(() => element("canvas"), createLineBreaker(document));
  const board = shown().board();
  const stage = shown().open()?.stage;
  const pages = session.pages();
  if (!board || !stage || !pages) return undefined;
  const view = stage.playback.inSight();
  return {
    words: desk.words,
    bytesOf: session.blobs.bytesOf,
    board,
    pages,
    selected: stage.selection.ids(),
    view,
    zoom: stage.view.camera().zoom,
    theme,
  };
}

async function exportAs(desk: Desk, wanted: Wanted, way: Way): Promise<void> {
  const { strings, notices, tell } = desk;
  const what = shownOn(desk);
  if (!what) return;
  const { turn, isOver } = desk.begin();
  // The engine may lack the memory for it.
  const made = await makeExport(wanted, what, turn).catch(() => undefined);
  if (isOver()) return;
  notices.dismiss(WORK_NOTICE);
  if (!made) return tell(strings.transfer.failed);
  const handing = handingOn(wanted.format, async (blob) => {
    await showCleanView(blob, strings);
    return "nothing";
  });
  await handOn(desk, made, handing[way], wayLabel(way, strings));
}

async function handOn(desk: Desk, made: Made, handing: Handing, label: string): Promise<void> {
  const { strings, notices, tell } = desk;
  const words = strings.transfer;
  const came = await handing(made).catch(() => "failed" as const);
  if (came === "again") {
    const run = (): void => void handOn(desk, made, handing, label);
    const text = workText(strings, 100);
    notices.show({ kind: WORK_NOTICE, text, action: { label, run } });
    return;
  }
  const end = { handed: words.handed, copied: strings.copied, failed: words.failed, nothing: "" }[came];
  // Only what is smaller than it was to be is said to be how large.
  const size = made.smaller === undefined ? "" : timesText(made.smaller);
  const isLacking = made.lacking === "all" || (made.lacking === "text" && came === "copied");
  const said = [size, end, isLacking ? words.leftOut(words.kinds.pictures) : ""].filter(
    (text) => text !== "",
  );
  if (said.length > 0) tell(said.join(" · "));
}

type Read = (pages: Shown["pages"], work: Work) => Promise<Imported | ImportProblem | undefined>;

/** Of what is brought, so much is reading it. */
const READ_PART = 0.5;

/** `at`: the middle of it; else that of the view. Where it has pages of its own, or is to, it comes onto new ones. */
async function bring(desk: Desk, read: Read, asPages: boolean, at?: Point): Promise<void> {
  const { strings, tell, notices } = desk;
  const pages = desk.session.pages();
  if (!pages) return;
  const { turn, isOver } = desk.begin();
  const imported = await read(pages, {
    isOver,
    turn: (done) => turn(done === undefined ? done : READ_PART * done),
  });
  if (isOver() || imported === undefined) return;
  if (typeof imported === "string") return tell(problemText(imported, strings));
  const later: PageTurn = (done = 0) => turn(READ_PART + (1 - READ_PART) * done);
  let isAllHere = true;
  for (const bytes of imported.blobs) {
    isAllHere = desk.session.blobs.put(bytes) !== undefined && isAllHere;
    if (!(await later())) return;
  }
  const added =
    asPages || imported.needsPage
      ? await putOnPages(imported, pages, strings, later)
      : await put(desk, imported, at, later);
  if (isOver()) return;
  const { transfer: words, undo } = strings;
  const leftOut = new Set([...imported.leftOut, ...(isAllHere ? [] : (["pictures"] as const))]);
  const kinds = [...leftOut].map((kind) => words.kinds[kind]).join(", ");
  const lacking = kinds === "" ? "" : words.leftOut(kinds);
  if (added) {
    return tell(lacking === "" ? added.text : `${added.text}. ${lacking}`, { label: undo, run: added.undo });
  }
  if (!isEmpty(imported)) return notices.dismiss(WORK_NOTICE);
  tell(`${strings.nothingToPaste} ${lacking}`.trim());
}

interface Added {
  readonly text: string;
  readonly undo: () => void;
}

/** Undefined: nothing came, and the person knows why. */
async function put(
  { shown, strings }: Desk,
  imported: Imported,
  at: Point | undefined,
  turn: PageTurn,
): Promise<Added | undefined> {
  const board = shown().board();
  const stage = shown().open()?.stage;
  if (!board || !stage?.selection.mayAdd()) return undefined;
  const putting = putOntoPage(imported, board, at ?? stage.view.camera());
  let step = putting.next();
  for (; !step.done; step = putting.next()) {
    if (await turn(step.value)) continue;
    putting.return([]);
    return undefined;
  }
  const ids = step.value;
  if (ids.length === 0) return undefined;
  // The person may have turned the page.
  if (shown().open()?.stage === stage) stage.selection.set(ids);
  return { text: strings.selected(ids.length), undo: () => void board.history.undo() };
}

async function putOnPages(
  { pages: loose }: Imported,
  pages: Shown["pages"],
  strings: Strings,
  turn: PageTurn,
): Promise<Added | undefined> {
  const made = await pages.insert(loose, turn);
  if (!made) return undefined;
  if (made[0] !== undefined) pages.show(made[0]);
  const undo = (): void => made.forEach((id) => pages.remove(id));
  return { text: made.length < loose.length ? strings.transfer.failed : strings.pages.add, undo };
}

function problemText(problem: ImportProblem, strings: Strings): string {
  return {
    broken: strings.pasteBroken,
    newer: strings.pasteNewer,
    "too-large": strings.tooLargeToPaste,
    foreign: strings.transfer.foreign,
  }[problem];
}
