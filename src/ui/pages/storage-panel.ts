/*
 * The storage panel: what the open board takes on this device, page by page, and all boards that this device has, each
 * of which but the open one can be removed from it. It is brought up to date only while it is open.
 */
import type { PageId } from "../../board/pages/page-id.ts";
import type { Calendar } from "../../env/calendar.ts";
import type { Pages } from "../../session/pages.ts";
import type { StoredBoards } from "../../session/stored-boards.ts";
import type { Notices } from "../notices/notices.ts";
import { NOTICE_SECONDS } from "../notices/session-notices.ts";
import type { NameOf } from "../people/presence-text.ts";
import { showChildren } from "../widgets/children.ts";
import { element, listen } from "../widgets/dom.ts";
import type { Strings } from "../words/strings.ts";
import type { PageActions } from "./page-actions.ts";
import { storageState } from "./storage-state.ts";
import type { BoardRow, StorageRow } from "./storage-state.ts";

export interface StoragePanel {
  readonly content: HTMLElement;
  /** Something has changed, while it is open. */
  update(): void;
  /** It has just been opened. */
  onOpen(): void;
}

export interface StoragePanelDeps {
  readonly strings: Strings;
  readonly calendar: Calendar;
  readonly notices: Pick<Notices, "show">;
  readonly pages: () => Pages | undefined;
  readonly boards: () => StoredBoards | undefined;
  readonly nameOf: NameOf;
  readonly actions: Pick<PageActions, "empty">;
  readonly isOpen: () => boolean;
  /** A page was chosen to be shown. */
  readonly onPage: (id: PageId) => void;
  /** Says aloud what is otherwise only seen. */
  readonly say: (text: string) => void;
}

const MINUTE = 60_000;

export function createStoragePanel(deps: StoragePanelDeps): StoragePanel {
  const { strings, pages, boards } = deps;
  const words = strings.storage;
  const total = element("p", { id: "storage-total" });
  const pageRows = createRows({ id: "storage-pages", label: strings.pages.title, dir: "auto" }, (id) => {
    const row = element("button", { class: "storage-row", attributes: { type: "button" } });
    listen(row, "click", () => deps.onPage(id));
    return { box: row };
  });
  const removedRow = createAbout(strings.direction);
  const empty = rowButton(strings.pages.empty);
  listen(empty, "click", deps.actions.empty);
  const removed = element("div", { id: "storage-removed", class: "storage-row" }, [
    ...removedRow.parts,
    empty,
  ]);
  const left = element("p", { id: "pages-left", class: "quiet" });
  // Several names stand in the order of the language.
  const boardRows = createRows(
    { id: "storage-boards", label: words.boards, dir: strings.direction },
    (id) => {
      const button = rowButton(words.remove);
      listen(button, "click", () => ask(id));
      return { box: element("div", { class: "storage-row" }), button };
    },
  );
  const heading = element("h3", { text: words.boards });

  function state(): ReturnType<typeof storageState> | undefined {
    const all = pages();
    const view = {
      boards: boards()?.list() ?? [],
      nameOf: deps.nameOf,
      strings,
      now: deps.calendar.minutes() * MINUTE,
    };
    return all && storageState(all, view);
  }

  function update(): void {
    const now = deps.isOpen() ? state() : undefined;
    if (!now) return;
    total.textContent = now.total;
    pageRows.update(now.pages);
    for (const { id, isShown } of now.pages) pageRows.mark(id, isShown);
    removed.hidden = now.removed === undefined;
    if (now.removed) removedRow.update(now.removed);
    left.textContent = now.left;
    left.hidden = now.left === "";
    heading.hidden = now.boards.length === 0;
    boardRows.update(now.boards);
    for (const { id, title, canGo } of now.boards) {
      const button = boardRows.button(id)!;
      button.hidden = !canGo;
      button.setAttribute("aria-label", `${words.remove}: ${title}`);
    }
  }

  function ask(id: string): void {
    const board = state()?.boards.find((each) => each.id === id);
    if (!board) return;
    deps.notices.show({
      kind: "board-remove",
      text: board.question,
      answers: [
        { label: board.yes, run: () => remove(board) },
        { label: strings.pages.emptyNo, run: () => undefined },
      ],
    });
  }

  function remove({ id, title }: BoardRow): void {
    void boards()
      ?.remove(id)
      .then((isRemoved) => {
        if (isRemoved) deps.say(words.removed(title));
        else deps.notices.show({ kind: "board-stays", text: strings.carry.failed, seconds: NOTICE_SECONDS });
        update();
      });
  }

  return {
    content: element("div", { class: "storage" }, [
      total,
      pageRows.list,
      removed,
      left,
      heading,
      boardRows.list,
    ]),
    update,
    onOpen() {
      update();
      void boards()?.refresh();
    },
  };
}

function rowButton(text: string): HTMLButtonElement {
  return element("button", { class: "removed-restore", text, attributes: { type: "button" } });
}

/** A title, and below it what there is to say. */
function createAbout(dir: string): { readonly parts: readonly HTMLElement[]; update(row: StorageRow): void } {
  const title = element("span", { class: "removed-title", attributes: { dir } });
  const about = element("span", { class: "quiet" });
  return {
    parts: [element("span", { class: "removed-about" }, [title, about])],
    update(row) {
      title.textContent = row.title;
      about.textContent = row.about;
    },
  };
}

interface Rows {
  readonly list: HTMLElement;
  update(rows: readonly (StorageRow & { readonly id: string })[]): void;
  /** The one that is shown. */
  mark(id: string, isCurrent: boolean): void;
  button(id: string): HTMLButtonElement | undefined;
}

/** Rows by their ids: one that stays is not made anew, so that the keyboard stays on it. */
function createRows(
  { id, label, dir }: { readonly id: string; readonly label: string; readonly dir: string },
  create: (id: string) => { readonly box: HTMLElement; readonly button?: HTMLButtonElement },
): Rows {
  const list = element("ul", {
    id,
    class: "removed-rows",
    attributes: { role: "list", "aria-label": label },
  });
  const all = new Map<
    string,
    ReturnType<typeof create> & { readonly item: HTMLElement; update(row: StorageRow): void }
  >();
  const rowOf = (row: string) => {
    const known = all.get(row);
    if (known) return known;
    const made = create(row);
    const about = createAbout(dir);
    made.box.append(...about.parts, ...(made.button ? [made.button] : []));
    const item = element("li", { attributes: { "data-id": row } }, [made.box]);
    const fresh = { ...made, item, update: about.update };
    all.set(row, fresh);
    return fresh;
  };
  return {
    list,
    update(rows) {
      for (const known of all.keys()) if (!rows.some((row) => row.id === known)) all.delete(known);
      const items = rows.map((row) => {
        const shown = rowOf(row.id);
        shown.update(row);
        return shown.item;
      });
      showChildren(list, items);
    },
    mark(row, isCurrent) {
      const { box } = rowOf(row);
      if (isCurrent) box.setAttribute("aria-current", "page");
      else box.removeAttribute("aria-current");
    },
    button: (row) => all.get(row)?.button,
  };
}
