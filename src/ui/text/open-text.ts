/*
 * The text that is being typed in, while others change the board around it: its words may go on in another
 * item, be full, or be taken away and given back.
 */
import type { TextEditor } from "../../board/document/text-editor.ts";
import type { Board, BoardChange, ItemId, TextItem } from "../../board/document/board.ts";
import type { TextField } from "./text-field.ts";
import type { Typing } from "./typing.ts";

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
export interface OpenText {
  /** Another one when the words have gone on in a new item. */
  id: ItemId;
  /** As it was last seen on the board. */
  item: TextItem;
  editor: TextEditor;
  readonly typing: Typing;
  /** Somebody else has taken it away. */
  isLost: boolean;
  /** What was in the field when the person left it. */
  words: string;
}

export interface TextFlowDeps {
  readonly board: Board;
  readonly field: Pick<TextField, "setLost">;
  /** It is still the one that is typed in. */
  readonly isCurrent: () => boolean;
  /** Ends the typing in it; the field stays. */
  readonly finish: () => void;
  /** Ends the typing. */
  readonly close: () => void;
  /** Its words are in another item. */
  readonly onMoved: () => void;
  readonly reveal: () => void;
  /** As TextEditingDeps has them. */
  readonly onTaken: (change: BoardChange, lost: LostText) => void;
  readonly fittingWidth: (item: TextItem) => number | undefined;
  readonly onLimit: (limit: "near" | "full") => void;
}

/** What happens to an open text. */
export interface TextFlow {
  /** The person changed the field; `isPasted`: by words from elsewhere. */
  typed(isPasted: boolean): void;
  compose(on: boolean): void;
  boardChanged(change: BoardChange): void;
}

/** With room for so many more characters the person is told that a text is nearly full. */
const NEAR = 500;

export function createTextFlow(text: OpenText, deps: TextFlowDeps): TextFlow {
  const { board, field } = deps;
  let told: "near" | "full" | undefined;
  let onReturn: (() => void) | undefined;

  /** Says it when there is less room than before. */
  const tellLimit = (): void => {
    const limit = limitOf(text.typing.room());
    if (limit && limit !== told && told !== "full") deps.onLimit(limit);
    told = limit;
  };

  const follow = (id: ItemId): void => {
    if (text.id === id) return;
    text.id = id;
    deps.onMoved();
  };

  /** What was typed is on the board: the words may have gone on in another item. */
  const given = (): void => {
    if (!text.isLost) {
      follow(text.editor.id());
      tellLimit();
    }
    deps.reveal();
  };

  /** The person hears of it, but need not look up: the field stays, or fills what is there again. */
  const setLost = (change: BoardChange): void => {
    text.isLost = !text.isLost;
    text.typing.setLost(text.isLost);
    field.setLost(text.isLost);
    if (!text.isLost) {
      given();
      return onReturn?.();
    }
    deps.onTaken(change, {
      item: text.item,
      take() {
        if (deps.isCurrent()) deps.finish();
        return text.words;
      },
      onReturn: (listener) => void (onReturn = listener),
    });
  };

  /** The words went on in another item, or are back in the one before; says whether they did. */
  const followHeir = (): boolean => {
    const editor = text.isLost ? undefined : heirOf(board, text);
    if (!editor) return false;
    text.editor = editor;
    text.typing.moveTo(editor);
    follow(editor.id());
    return true;
  };

  return {
    typed(isPasted) {
      text.typing.typed();
      const width = isPasted && !text.isLost ? deps.fittingWidth(text.item) : undefined;
      if (width !== undefined) text.editor.setWidth(width);
      given();
    },
    compose(on) {
      text.typing.compose(on);
      given();
    },
    boardChanged(change) {
      text.typing.boardChanged();
      const isNews = (): boolean => isOpen(board, text.id) === text.isLost;
      if (!isNews()) return;
      // Somebody erased it, or it is on a layer that is hidden or locked by now; or it is back. While the
      // board tells of a change, nothing else may change it.
      queueMicrotask(() => {
        if (!deps.isCurrent() || !isNews() || followHeir()) return;
        if (text.isLost || change.origin === "remote") setLost(change);
        else deps.close();
      });
    },
  };
}

export function textIn(board: Board, id: ItemId): TextItem | undefined {
  const item = board.item(id);
  return item?.kind === "text" ? item : undefined;
}

function limitOf(room: number): "near" | "full" | undefined {
  if (room < 0) return "full";
  return room <= NEAR ? "near" : undefined;
}

/** It is to be seen, and its layer is not locked. */
function isOpen(board: Board, id: ItemId): boolean {
  const item = textIn(board, id);
  return item !== undefined && !board.layers().some((layer) => layer.locked && layer.id === item.layer);
}

/** Where the words are now, if somebody moved them to a new item, or took that back. */
function heirOf(board: Board, { id, item }: Pick<OpenText, "id" | "item">): TextEditor | undefined {
  const before = item.attributes.follows;
  if (before !== undefined && isOpen(board, before)) return board.editText(before, true);
  const heir = board.items().find(({ attributes, kind }) => kind === "text" && attributes.follows === id);
  return heir && board.editText(heir.id, true);
}
