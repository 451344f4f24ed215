/*
 * The clipboard of the system, and what a drag brings: words for everybody, and beside them items in forms
 * that only this app looks for. A type of its own stands in the events of keys and drags, exactly as it was
 * put there, in every engine; but it is not to be had for buttons, so the items go in HTML too.
 */
import { picturesInMarkup } from "../widgets/data-pictures.ts";
import { clipboardHtml, itemsInHtml, picturesInHtml } from "../../tools/clipboard-html.ts";

/** What was copied, or is to be pasted. */
export interface ClipboardContents {
  /** As `clipboardText` gives them; undefined where there are none. */
  readonly items: string | undefined;
  readonly words: string;
  /** The bytes of pictures among the items; in HTML only. */
  readonly pictures: readonly Uint8Array[];
}

export interface ForeignContents extends ClipboardContents {
  /** Files that came along, and pictures. */
  readonly files: readonly Blob[];
}

export const NOTHING: ForeignContents = { items: undefined, words: "", pictures: [], files: [] };

const ITEMS = "application/x-inkmesh";
const HTML = "text/html";
const PLAIN = "text/plain";

/** For the handler of an event of the clipboard. */
export function putContents(data: DataTransfer, { items = "", words, pictures }: ClipboardContents): void {
  data.setData(ITEMS, items);
  data.setData(HTML, clipboardHtml(items, words, pictures));
  // Nothing is better than no words: pasted into a field, they leave no trace.
  if (words !== "") data.setData(PLAIN, words);
}

export function contentsOf(data: DataTransfer | null): ForeignContents {
  if (!data) return NOTHING;
  const html = data.getData(HTML);
  const items = data.getData(ITEMS) || itemsInHtml(html);
  // Some keyboards, and some apps, bring a picture as HTML that has it in itself.
  const files = data.files.length > 0 || items !== undefined ? [...data.files] : picturesInMarkup(html);
  // A file comes with its name as words, and words from a table with HTML and a picture of them.
  const isName = files.length > 0 && html === "";
  return {
    items,
    words: isName ? "" : data.getData(PLAIN),
    pictures: picturesInHtml(html),
    files,
  };
}

/**
 * Copies without an event that a key has brought: within the handler of a press. Says whether the system took
 * it.
 */
export async function writeContents(contents: ClipboardContents): Promise<boolean> {
  if (copyByCommand(contents)) return true;
  try {
    await writeByRequest(contents);
    return true;
  } catch {
    // There is none, or it is closed to this page.
    return false;
  }
}

/** Asks for the clipboard; rejects where there is none, or it is closed to this page. */
export async function readContents(): Promise<ForeignContents> {
  if (!("read" in navigator.clipboard)) {
    return { ...NOTHING, words: await (navigator.clipboard as Clipboard).readText() };
  }
  const parts = await navigator.clipboard.read();
  const read = async (type: string): Promise<string> => {
    const part = parts.find(({ types }) => types.includes(type));
    return part ? (await part.getType(type)).text() : "";
  };
  const pictures = parts.flatMap((part) => {
    const type = part.types.find((each) => each.startsWith("image/"));
    return type === undefined ? [] : [part.getType(type)];
  });
  const html = await read(HTML);
  return {
    items: itemsInHtml(html),
    words: await read(PLAIN),
    pictures: picturesInHtml(html),
    files: await Promise.all(pictures),
  };
}

/** Brings about an event of the clipboard: it needs no permission, and takes the type of this app. */
function copyByCommand(contents: ClipboardContents): boolean {
  let done = false;
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.clipboardData) return;
    putContents(event.clipboardData, contents);
    done = true;
  };
  document.addEventListener("copy", onCopy, { capture: true });
  try {
    // What it is deprecated for can neither carry a type of one's own nor do without permissions.
    // oxlint-disable-next-line typescript/no-deprecated
    return document.execCommand("copy") && done;
  } finally {
    document.removeEventListener("copy", onCopy, { capture: true });
  }
}

/** Where there is no such command without marked words, as on iPhones. */
async function writeByRequest({ items = "", words, pictures }: ClipboardContents): Promise<void> {
  if (typeof ClipboardItem === "undefined") {
    await navigator.clipboard.writeText(words);
    return;
  }
  const blob = (type: string, text: string): Blob => new Blob([text], { type });
  const html = clipboardHtml(items, words, pictures);
  await navigator.clipboard.write([
    new ClipboardItem({ [HTML]: blob(HTML, html), [PLAIN]: blob(PLAIN, words) }),
  ]);
}
