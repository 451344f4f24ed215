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
  const shown = new Map<string, () => void>();

  const show = ({ kind, text, seconds, action }: NoticeOptions): (() => void) => {
    shown.get(kind)?.();
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
      if (shown.get(kind) !== remove) return;
      shown.delete(kind);
      clearTimeout(timer);
      box.remove();
    };
    shown.set(kind, remove);
    container.append(box);
    if (shown.size > MAX_NOTICES) [...shown.values()][0]?.();
    return remove;
  };

  return {
    show,
    dismiss: (kind) => shown.get(kind)?.(),
    close() {
      for (const remove of shown.values()) remove();
    },
  };
}
