/*
 * The pages that were removed, in a list of their own that opens below the others: each can be brought back, and
 * all can be deleted for good.
 */
import type { PageId } from "../../board/pages/page-id.ts";
import { showChildren } from "../widgets/children.ts";
import { element, listen } from "../widgets/dom.ts";
import { icon } from "../widgets/icons.ts";
import type { Strings } from "../words/strings.ts";
import type { PageActions } from "./page-actions.ts";
import type { SetPicture } from "./pictures.ts";

/** One of them, in words. */
export interface RemovedPage {
  readonly id: PageId;
  readonly title: string;
  /** When it was changed last, and how much it takes on this device, as far as that is known. */
  readonly about: string;
}

export interface RemovedPages {
  readonly root: HTMLElement;
  update(pages: readonly RemovedPage[]): void;
}

interface Row {
  readonly root: HTMLElement;
  update(page: RemovedPage): void;
}

export interface RemovedPagesDeps {
  readonly strings: Strings;
  readonly actions: PageActions;
  readonly setPicture: SetPicture;
}

export function createRemovedPages({ strings, actions, setPicture }: RemovedPagesDeps): RemovedPages {
  const words = strings.pages;
  const rows = new Map<PageId, Row & { readonly canvas: HTMLCanvasElement }>();
  const list = element("ul", { class: "removed-rows", attributes: { role: "list" } });
  const empty = element(
    "button",
    { id: "empty-removed", class: "menu-row", attributes: { type: "button" } },
    [icon("clear"), element("span", { text: words.empty })],
  );
  listen(empty, "click", actions.empty);
  const body = element("div", { id: "removed-list" }, [list, empty]);
  const count = element("span");
  const toggle = element(
    "button",
    {
      id: "removed-button",
      class: "menu-row",
      attributes: { type: "button", "aria-controls": "removed-list", "aria-expanded": "false" },
    },
    [icon("delete"), count, icon("down")],
  );
  listen(toggle, "click", () => {
    body.hidden = !body.hidden;
    toggle.setAttribute("aria-expanded", String(!body.hidden));
    if (!body.hidden) body.scrollIntoView({ block: "nearest" });
  });
  body.hidden = true;
  const root = element("div", { class: "removed-pages" }, [toggle, body]);

  const createRow = (id: PageId): Row & { readonly canvas: HTMLCanvasElement } => {
    const canvas = element("canvas", { class: "removed-picture", attributes: { "aria-hidden": "true" } });
    const title = element("span", { class: "removed-title", attributes: { dir: "auto" } });
    const about = element("span", { class: "quiet" });
    const restore = element("button", {
      class: "removed-restore",
      text: words.restore,
      attributes: { type: "button" },
    });
    listen(restore, "click", () => void actions.restore(id));
    return {
      canvas,
      root: element("li", { class: "removed-row", attributes: { "data-page": id } }, [
        canvas,
        element("div", { class: "removed-about" }, [title, about]),
        restore,
      ]),
      update(page) {
        title.textContent = page.title;
        about.textContent = page.about;
        restore.setAttribute("aria-label", words.restorePage(page.title));
      },
    };
  };

  return {
    root,
    update(pages) {
      root.hidden = pages.length === 0;
      count.textContent = words.removedPages(pages.length);
      for (const [id, { canvas }] of rows) {
        if (pages.some((page) => page.id === id)) continue;
        setPicture(id, canvas, false);
        rows.delete(id);
      }
      const wanted = pages.map((page) => {
        let row = rows.get(page.id);
        if (!row) {
          row = createRow(page.id);
          rows.set(page.id, row);
          setPicture(page.id, row.canvas, true);
        }
        row.update(page);
        return row.root;
      });
      showChildren(list, wanted);
    },
  };
}
