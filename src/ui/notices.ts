import { element, listen } from "./dom.ts";
import { icon } from "./icons.ts";

export interface NoticeOptions {
  /** A notice replaces the one of the same kind. */
  readonly kind: string;
  readonly text: string;
  /** Undefined: it stays until it is closed. */
  readonly seconds?: number;
  readonly action?: { readonly label: string; run(): void };
}

/** Short messages above the bar. */
export interface Notices {
  /** Returns the function that takes the notice away. */
  show(options: NoticeOptions): () => void;
  dismiss(kind: string): void;
  close(): void;
}

interface Shown {
  remove(): void;
  readonly action: NoticeOptions["action"];
}

/** More at once would hide the drawing. */
const MAX_NOTICES = 3;

export function createNotices({
  container,
  closeLabel,
}: {
  readonly container: HTMLElement;
  readonly closeLabel: string;
}): Notices {
  /** Oldest first. */
  const shown = new Map<string, Shown>();

  const show = ({ kind, text, seconds, action }: NoticeOptions): (() => void) => {
    shown.get(kind)?.remove();
    const buttons: HTMLElement[] = [];
    if (action) {
      const run = element("button", {
        class: "notice-action",
        text: action.label,
        attributes: { type: "button" },
      });
      listen(run, "click", () => {
        remove();
        action.run();
      });
      buttons.push(run);
    }
    if (seconds === undefined) {
      const attributes = { type: "button", "aria-label": closeLabel };
      const close = element("button", { class: "notice-close", attributes }, [icon("close")]);
      listen(close, "click", () => remove());
      buttons.push(close);
    }
    const box = element("div", { class: "notice", attributes: { "data-kind": kind } }, [
      element("p", { text }),
      ...buttons,
    ]);
    const timer = seconds === undefined ? undefined : setTimeout(() => remove(), seconds * 1000);
    const remove = (): void => {
      if (shown.get(kind)?.remove !== remove) return;
      shown.delete(kind);
      clearTimeout(timer);
      box.remove();
    };
    // One that offers something goes last: its offer has a time of its own.
    if (shown.size === MAX_NOTICES) {
      const all = [...shown.values()];
      (all.find((each) => !each.action) ?? all[0])?.remove();
    }
    shown.set(kind, { remove, action });
    container.append(box);
    return remove;
  };

  return {
    show,
    dismiss: (kind) => shown.get(kind)?.remove(),
    close() {
      for (const { remove } of shown.values()) remove();
    },
  };
}
