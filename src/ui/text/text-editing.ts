/*
 * Opens a text of the board for typing and closes it again: puts the field over it, follows the camera,
 * and notices when somebody else takes the text away.
 */
import type { Box } from "../../base/geometry.ts";
import { type Matrix, multiply } from "../../base/matrix.ts";
import type { Board, BoardChange, ItemId, TextEditor, TextItem } from "../../board/document/board.ts";
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
  /** The width that a text is to get for its lines to fit into the view; undefined where they do. */
  readonly fittingWidth: (item: TextItem) => number | undefined;
  /** The text can take little more, or nothing more. */
  readonly onLimit: (limit: "near" | "full") => void;
  /** What was typed into a text that had no room for it. */
  readonly onRest: (item: TextItem, rest: string) => void;
}

/** The text that is being typed in. */
interface OpenText {
  /** Another one when the words have gone on in a new item. */
  id: ItemId;
  /** As it was seen last. */
  item: TextItem;
  editor: TextEditor;
  readonly field: TextField;
  readonly typing: Typing;
  readonly stop: () => void;
  told: "near" | "full" | undefined;
}

/** With room for so many more characters the person is told that a text is nearly full. */
const NEAR = 500;

export function createTextEditing(deps: TextEditingDeps): TextEditing {
  const { board } = deps;
  let current: OpenText | undefined;

  const showPlace = (): void => {
    const item = current && textIn(board, current.id);
    if (!current || !item) return;
    current.item = item;
    current.field.setPlace(multiply(screenMatrix(deps.camera(), deps.view()), item.matrix));
    current.field.setLook(deps.lookOf(item));
  };

  const close = (): void => {
    const ended = current;
    if (!ended) return;
    current = undefined;
    ended.stop();
    const rest = ended.typing.end();
    ended.field.remove();
    deps.onChange();
    if (rest !== "") deps.onRest(ended.item, rest);
  };

  /** Says it when there is less room than before. */
  const tellLimit = (text: OpenText): void => {
    const limit = limitOf(text.typing.room());
    if (limit && limit !== text.told && text.told !== "full") deps.onLimit(limit);
    text.told = limit;
  };

  /** What was typed is on the board: the words may have gone on in another item. */
  const given = (text: OpenText): void => {
    follow(text, text.editor.id());
    tellLimit(text);
    reveal();
  };

  const typed = (isPasted: boolean): void => {
    const text = current;
    if (!text) return;
    text.typing.typed();
    const width = isPasted ? deps.fittingWidth(text.item) : undefined;
    if (width !== undefined) text.editor.setWidth(width);
    given(text);
  };

  const compose = (on: boolean): void => {
    current?.typing.compose(on);
    if (current) given(current);
  };

  const follow = (text: OpenText, id: ItemId): void => {
    if (text.id === id) return;
    text.id = id;
    showPlace();
    deps.onChange();
  };

  /** The item is not there any more, or not open. */
  const lose = (text: OpenText, change: BoardChange): void => {
    const editor = heirOf(board, text);
    if (editor) {
      text.editor = editor;
      text.typing.moveTo(editor);
      return follow(text, editor.id());
    }
    close();
    if (change.origin === "remote") deps.onTaken(change);
  };

  const reveal = (): void => {
    if (current) deps.reveal(current.field.caret());
  };

  const open = (id: ItemId): boolean => {
    if (current?.id === id) return true;
    close();
    const item = textIn(board, id);
    const editor = item && board.editText(id);
    if (!editor) return false;
    const field = createTextField({
      root: deps.root,
      label: deps.label,
      events: {
        onInput: typed,
        onCaret: reveal,
        onCompose: compose,
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
      const text = current;
      if (!text || isOpenIn(board, text.id)) return;
      const lost = text.id;
      queueMicrotask(() => {
        if (current === text && text.id === lost) lose(text, change);
      });
    });
    current = { id, item, editor, field, typing, stop, told: undefined };
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

function textIn(board: Board, id: ItemId): TextItem | undefined {
  const item = board.item(id);
  return item?.kind === "text" ? item : undefined;
}

function limitOf(room: number): "near" | "full" | undefined {
  if (room < 0) return "full";
  return room <= NEAR ? "near" : undefined;
}

/** It is there, and on no locked layer. */
function isOpenIn(board: Board, id: ItemId): boolean {
  const item = textIn(board, id);
  if (!item) return false;
  return !board.layers().some(({ id: layer, locked }) => locked && layer === item.layer);
}

/** Where the words are now, if somebody moved them to a new item, or took that back. */
function heirOf(board: Board, { id, item }: Pick<OpenText, "id" | "item">): TextEditor | undefined {
  const before = item.attributes.follows;
  if (before !== undefined && isOpenIn(board, before)) return board.editText(before);
  const heir = board.items().find(({ attributes, kind }) => kind === "text" && attributes.follows === id);
  return heir && board.editText(heir.id);
}

/** From world units to CSS pixels of the canvas. */
function screenMatrix({ x, y, zoom }: Camera, { width, height }: Viewport): Matrix {
  return { a: zoom, b: 0, c: 0, d: zoom, e: width / 2 - x * zoom, f: height / 2 - y * zoom };
}
