/*
 * Opens a text of the board for typing and closes it again: puts the field over it, follows the camera,
 * and keeps the field, with the words in it, when somebody else takes the text away.
 */
import type { Box } from "../../base/geometry.ts";
import { type Matrix, multiply } from "../../base/matrix.ts";
import type { Board, BoardChange, ItemId, TextItem } from "../../board/document/board.ts";
import type { Camera, Viewport } from "../../render/canvas/camera.ts";
import { createTextField, type TextField, type TextLook } from "./text-field.ts";
import { createTyping, type Typing } from "./typing.ts";

/** Typing in a text on the canvas, one at a time. */
export interface TextEditing {
  /** Within the handler of a press or a key, or no phone opens its keyboard. Says whether there is such a text. */
  open(id: ItemId): boolean;
  /** Ends it: a text that is empty then goes. */
  close(): void;
  /** What is being typed in. */
  editing(): ItemId | undefined;
  /** The camera moved, the canvas or what covers it has another size, or the theme is another. */
  viewChanged(): void;
  /** Brings the caret into sight. */
  reveal(): void;
}

export interface TextEditingDeps {
  /** Lies over the canvas, at the same place. */
  readonly root: HTMLElement;
  readonly board: Board;
  readonly label: string;
  readonly view: () => Viewport;
  readonly camera: () => Camera;
  readonly lookOf: (item: TextItem) => TextLook;
  /** Began or ended, or goes on in another text. The painted text is not to be seen meanwhile. */
  readonly onChange: () => void;
  /**
   * Somebody else took it away, or hid or locked its layer. The field stays, so that nobody who types on
   * has to look up.
   */
  readonly onTaken: (change: BoardChange, lost: LostText) => void;
  /** Keeps this part of the canvas in sight, in CSS pixels. */
  readonly reveal: (box: Box) => void;
}

/** What a person was typing when it was taken away. */
export interface LostText {
  /** As it was last seen on the board. */
  readonly item: TextItem;
  /** Ends the typing in it and gives its words, also those that were typed since. The field stays. */
  take(): string;
  /** Calls back when it is on the board again, and what was typed since with it. */
  onReturn(listener: () => void): void;
}

/** The text that is being typed in. */
interface OpenText {
  readonly id: ItemId;
  /** As it was last seen on the board. */
  item: TextItem;
  readonly typing: Typing;
  /** Somebody else has taken it away. */
  isLost: boolean;
  readonly stop: () => void;
  /** What was in the field when the person left it. */
  words: string;
  onReturn: (() => void) | undefined;
}

export function createTextEditing(deps: TextEditingDeps): TextEditing {
  const { board } = deps;
  /** One for all texts that one goes to from another: with it stays the keyboard of a phone. */
  let field: TextField | undefined;
  let current: OpenText | undefined;

  const showPlace = (): void => {
    if (!current || !field) return;
    current.item = itemOf(board, current.id) ?? current.item;
    field.setPlace(multiply(screenMatrix(deps.camera(), deps.view()), current.item.matrix));
    field.setLook(deps.lookOf(current.item));
  };

  /** Ends the typing in this text; the field stays. */
  const finish = (): void => {
    const ended = current;
    if (!ended || !field) return;
    current = undefined;
    ended.words = field.text();
    ended.stop();
    ended.typing.end();
  };
  const close = (): void => {
    if (!field) return;
    finish();
    field.remove();
    field = undefined;
    deps.onChange();
  };

  const reveal = (): void => {
    if (current && field) deps.reveal(field.caret());
  };

  /** The person hears of it, but need not look up: the field stays, or fills what is there again. */
  const setLost = (text: OpenText, change: BoardChange): void => {
    text.isLost = !text.isLost;
    text.typing.setLost(text.isLost);
    field?.setLost(text.isLost);
    if (!text.isLost) return text.onReturn?.();
    deps.onTaken(change, {
      item: text.item,
      take() {
        if (current === text) finish();
        return text.words;
      },
      onReturn: (listener) => void (text.onReturn = listener),
    });
  };

  const boardChanged = (text: OpenText, change: BoardChange): void => {
    text.typing.boardChanged();
    showPlace();
    const isNews = (): boolean => isOpen(board, text.id) === text.isLost;
    if (!isNews()) return;
    // Somebody erased it, or it is on a layer that is hidden or locked by now; or it is back. While the
    // board tells of a change, nothing else may change it.
    queueMicrotask(() => {
      if (current !== text || !isNews()) return;
      if (text.isLost || change.origin === "remote") setLost(text, change);
      else close();
    });
  };

  const createField = (): TextField =>
    createTextField({
      root: deps.root,
      label: deps.label,
      events: {
        onInput() {
          current?.typing.typed();
          reveal();
        },
        onCompose: (on) => current?.typing.compose(on),
        onLeave: close,
      },
    });

  const open = (id: ItemId): boolean => {
    if (current?.id === id) return true;
    finish();
    const item = itemOf(board, id);
    const editor = item && board.editText(id);
    if (!editor) {
      close();
      return false;
    }
    field ??= createField();
    field.setLost(false);
    field.setLook(deps.lookOf(item));
    const text: OpenText = {
      id,
      item,
      typing: createTyping({ editor, field }),
      isLost: false,
      stop: board.onChange((change) => boardChanged(text, change)),
      words: "",
      onReturn: undefined,
    };
    current = text;
    showPlace();
    field.focus();
    deps.onChange();
    reveal();
    return true;
  };

  return {
    open,
    close,
    editing: () => current?.id,
    viewChanged: showPlace,
    reveal,
  };
}

function itemOf(board: Board, id: ItemId): TextItem | undefined {
  const item = board.item(id);
  return item?.kind === "text" ? item : undefined;
}

/** It is to be seen, and its layer is not locked. */
function isOpen(board: Board, id: ItemId): boolean {
  const item = itemOf(board, id);
  return item !== undefined && !board.layers().some((layer) => layer.locked && layer.id === item.layer);
}

/** From world units to CSS pixels of the canvas. */
function screenMatrix({ x, y, zoom }: Camera, { width, height }: Viewport): Matrix {
  return { a: zoom, b: 0, c: 0, d: zoom, e: width / 2 - x * zoom, f: height / 2 - y * zoom };
}
