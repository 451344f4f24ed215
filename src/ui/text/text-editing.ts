/*
 * Opens a text of the board for typing and closes it again: puts the field over it, follows the camera,
 * and notices when somebody else takes the text away.
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
  /** Began or ended. The painted text is not to be seen meanwhile. */
  readonly onChange: () => void;
  /** Somebody else took it away, or hid or locked its layer. */
  readonly onTaken: (change: BoardChange) => void;
  /** Keeps this part of the canvas in sight, in CSS pixels. */
  readonly reveal: (box: Box) => void;
}

/** The text that is being typed in. */
interface OpenText {
  readonly id: ItemId;
  readonly field: TextField;
  readonly typing: Typing;
  readonly stop: () => void;
}

export function createTextEditing(deps: TextEditingDeps): TextEditing {
  const { board } = deps;
  let current: OpenText | undefined;

  const itemOf = (id: ItemId): TextItem | undefined => {
    const item = board.item(id);
    return item?.kind === "text" ? item : undefined;
  };

  const isOpen = (id: ItemId): boolean => {
    const item = itemOf(id);
    return (
      item !== undefined && !board.layers().some(({ id: layer, locked }) => locked && layer === item.layer)
    );
  };

  const showPlace = (): void => {
    const item = current && itemOf(current.id);
    if (!current || !item) return;
    current.field.setPlace(multiply(screenMatrix(deps.camera(), deps.view()), item.matrix));
    current.field.setLook(deps.lookOf(item));
  };

  const close = (): void => {
    const ended = current;
    if (!ended) return;
    current = undefined;
    ended.stop();
    ended.typing.end();
    ended.field.remove();
    deps.onChange();
  };

  const reveal = (): void => {
    if (current) deps.reveal(current.field.caret());
  };

  const open = (id: ItemId): boolean => {
    if (current?.id === id) return true;
    close();
    const item = itemOf(id);
    const editor = item && board.editText(id);
    if (!editor) return false;
    const field = createTextField({
      root: deps.root,
      label: deps.label,
      events: {
        onInput() {
          typing.typed();
          reveal();
        },
        onCompose: (on) => typing.compose(on),
        onLeave: close,
      },
    });
    field.setLook(deps.lookOf(item));
    const typing = createTyping({ editor, field });
    const stop = board.onChange((change) => {
      typing.boardChanged();
      showPlace();
      // Somebody erased it, or it is on a layer that is hidden or locked by now. While the board tells
      // of a change, nothing else may change it.
      if (isOpen(id)) return;
      queueMicrotask(() => {
        if (current?.id !== id) return;
        close();
        if (change.origin === "remote") deps.onTaken(change);
      });
    });
    current = { id, field, typing, stop };
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

/** From world units to CSS pixels of the canvas. */
function screenMatrix({ x, y, zoom }: Camera, { width, height }: Viewport): Matrix {
  return { a: zoom, b: 0, c: 0, d: zoom, e: width / 2 - x * zoom, f: height / 2 - y * zoom };
}
