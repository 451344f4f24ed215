/*
 * Short messages above the bar: they go by themselves, are closed, or wait for an answer. Each kind is
 * shown once.
 */
import { afterInput } from "../widgets/after-input.ts";
import { element, listen } from "../widgets/dom.ts";
import { icon } from "../widgets/icons.ts";
import { pageClock } from "../widgets/page-clock.ts";

export interface NoticeAction {
  readonly label: string;
  run(): void;
}

export interface NoticeOptions {
  /** A notice replaces the one of the same kind. */
  readonly kind: string;
  readonly text: string;
  /** Undefined: it stays until it is closed, or answered. */
  readonly seconds?: number;
  readonly action?: NoticeAction;
  /** Something else that can be done about it, beside `action`. */
  readonly other?: NoticeAction;
  /** It is a question: one of these takes it away, and there is no other way to close it. */
  readonly answers?: readonly NoticeAction[];
}

/** Short messages above the bar. */
export interface Notices {
  /** Returns the function that takes the notice away. */
  show(options: NoticeOptions): () => void;
  dismiss(kind: string): void;
  /** Other words for a notice that is there, whose buttons stay under the hand; says whether it is. */
  reword(kind: string, text: string): boolean;
  /** A notice of this kind is there. */
  has(kind: string): boolean;
  close(): void;
}

interface Shown {
  remove(): void;
  readonly words: HTMLElement;
  readonly buttons: readonly HTMLElement[];
  /** Where there are too many, the notice with the lowest rank goes first. */
  readonly rank: number;
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

  const show = ({ kind, text, seconds, action, other, answers }: NoticeOptions): (() => void) => {
    const before = shown.get(kind);
    const focused = before?.buttons.findIndex((button) => button === document.activeElement) ?? -1;
    before?.remove();
    const actions = [other, action].filter((each) => each !== undefined);
    const buttons = (answers ?? actions).map(({ label, run }) => {
      const attributes = { type: "button" };
      const button = element("button", { class: "notice-action", text: label, attributes });
      listen(button, "click", () => {
        remove();
        run();
      });
      return button;
    });
    if (seconds === undefined && !answers) {
      const attributes = { type: "button", "aria-label": closeLabel };
      const close = element("button", { class: "notice-close", attributes }, [icon("close")]);
      listen(close, "click", () => remove());
      buttons.push(close);
    }
    const id = `notice-${kind}`;
    const words = element("p", { id, text });
    const hasTwo = actions.length > 1;
    const box = element("div", { class: "notice", attributes: { "data-kind": kind } }, [
      words,
      // Where they have no room beside the words, they go below them together.
      ...(hasTwo ? [element("div", { class: "notice-actions" }, buttons)] : buttons),
    ]);
    if (hasTwo) box.classList.add("choice");
    if (answers) {
      box.classList.add("question");
      // A person who comes to the buttons by the Tab key hears the question.
      box.setAttribute("role", "group");
      box.setAttribute("aria-labelledby", id);
    }
    // Not before a press that was made in time, but waits on a busy page.
    const stay = seconds === undefined ? undefined : afterInput(pageClock, seconds * 1000, () => remove());
    const remove = (): void => {
      if (shown.get(kind)?.remove !== remove) return;
      shown.delete(kind);
      stay?.();
      box.remove();
    };
    if (shown.size === MAX_NOTICES) {
      const all = [...shown.values()];
      const lowest = Math.min(...all.map(({ rank }) => rank));
      all.find(({ rank }) => rank === lowest)?.remove();
    }
    // One that offers something has a time of its own, and a question waits for its answer.
    shown.set(kind, { remove, words, buttons, rank: answers ? 2 : action ? 1 : 0 });
    container.append(box);
    buttons[focused]?.focus();
    return remove;
  };

  return {
    show,
    dismiss: (kind) => shown.get(kind)?.remove(),
    reword(kind, text) {
      const words = shown.get(kind)?.words;
      if (words) words.textContent = text;
      return words !== undefined;
    },
    has: (kind) => shown.has(kind),
    close() {
      for (const { remove } of shown.values()) remove();
    },
  };
}
