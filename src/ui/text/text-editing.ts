/*
 * Opens a text of the board for typing and closes it again: puts the field over it, follows the camera,
 * and keeps the field, with the words in it, when somebody else takes the text away.
 */
import type { Box } from "../../base/geometry.ts";
import { type Matrix, multiply } from "../../base/matrix.ts";
import type { Board, BoardChange, ItemId, TextItem } from "../../board/document/board.ts";
import type { Camera, Viewport } from "../../render/canvas/camera.ts";
import { createTextFlow, type LostText, type OpenText, textIn, type TextFlow } from "./open-text.ts";
import { createTextField, type TextField, type TextLook } from "./text-field.ts";
import { createTyping } from "./typing.ts";

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
  /** The width that a text is to get for its lines to fit into the view; undefined where they do. */
  readonly fittingWidth: (item: TextItem) => number | undefined;
  /** The text can take little more, or nothing more. */
  readonly onLimit: (limit: "near" | "full") => void;
  /** What was typed into a text that had no room for it. */
  readonly onRest: (item: TextItem, rest: string) => void;
}

export function createTextEditing(deps: TextEditingDeps): TextEditing {
  const { board } = deps;
  /** One for all texts that one goes to from another: with it stays the keyboard of a phone. */
  let field: TextField | undefined;
  let current: { readonly text: OpenText; readonly flow: TextFlow; readonly stop: () => void } | undefined;

  const showPlace = (): void => {
    if (!current || !field) return;
    const { text } = current;
    text.item = textIn(board, text.id) ?? text.item;
    field.setPlace(multiply(screenMatrix(deps.camera(), deps.view()), text.item.matrix));
    field.setLook(deps.lookOf(text.item));
  };

  /** Ends the typing in this text; the field stays. */
  const finish = (): void => {
    const ended = current;
    if (!ended || !field) return;
    current = undefined;
    const { text } = ended;
    text.words = field.text();
    ended.stop();
    const rest = text.typing.end();
    if (rest !== "") deps.onRest(text.item, rest);
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
  const onMoved = (): void => {
    showPlace();
    deps.onChange();
  };

  const createField = (): TextField =>
    createTextField({
      root: deps.root,
      label: deps.label,
      events: {
        onInput: (isPasted) => current?.flow.typed(isPasted),
        onCaret: reveal,
        onCompose: (on) => current?.flow.compose(on),
        onLeave: close,
      },
    });

  const open = (id: ItemId): boolean => {
    if (current?.text.id === id) return true;
    finish();
    const item = textIn(board, id);
    const editor = item && board.editText(id);
    if (!editor) {
      close();
      return false;
    }
    field ??= createField();
    field.setLost(false);
    field.setLook(deps.lookOf(item));
    const typing = createTyping({ editor, field });
    const text: OpenText = { id, item, editor, typing, isLost: false, words: "" };
    const isCurrent = (): boolean => current?.text === text;
    const { onTaken, fittingWidth, onLimit } = deps;
    const ways = { isCurrent, finish, close, onMoved, reveal };
    const flow = createTextFlow(text, { board, field, ...ways, onTaken, fittingWidth, onLimit });
    const stop = board.onChange((change) => {
      flow.boardChanged(change);
      showPlace();
    });
    current = { text, flow, stop };
    showPlace();
    field.focus();
    deps.onChange();
    reveal();
    return true;
  };

  return {
    open,
    close,
    editing: () => current?.text.id,
    viewChanged: showPlace,
    reveal,
  };
}

/** From world units to CSS pixels of the canvas. */
function screenMatrix({ x, y, zoom }: Camera, { width, height }: Viewport): Matrix {
  return { a: zoom, b: 0, c: 0, d: zoom, e: width / 2 - x * zoom, f: height / 2 - y * zoom };
}
