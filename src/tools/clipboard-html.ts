/*
 * Copied items within a piece of HTML. Beside plain words it is the one form that every engine both keeps for
 * the events of keys and hands to a button that asks for the clipboard; a place for rich text that takes it
 * shows the words only.
 */
import { decodeBase64, encodeBase64 } from "../base/bytes.ts";
import { MAX_COPIED_CHARS, MAX_COPIED_WORDS } from "./clipboard.ts";

const ITEMS = "data-inkmesh";
const PICTURES = "data-inkmesh-pictures";
/** What the clipboard's text of items consists of, so that nothing in it has to be escaped. */
const CARRIED = /^inkmesh:\d+:[A-Za-z0-9+/=]*$/u;
/** All pictures together; clipboards hold more, and hand it on slowly. */
export const MAX_CARRIED_BYTES = 2_000_000;
/** Systems put a head of their own around it. */
const MAX_AROUND = 10_000 + MAX_COPIED_WORDS * 6;
const MAX_HTML = MAX_COPIED_CHARS + MAX_AROUND + MAX_CARRIED_BYTES * 1.4;

/** `items`: as `clipboardText` gives them; `pictures`: the bytes of those among them. */
export function clipboardHtml(items: string, words: string, pictures: readonly Uint8Array[] = []): string {
  const carried = pictures.length > 0 ? ` ${PICTURES}="${pictures.map(encodeBase64).join(" ")}"` : "";
  return `<span ${ITEMS}="${items}"${carried}>${escaped(words).replaceAll("\n", "<br>")}</span>`;
}

/** The text of the items that are in it; undefined where there are none. Whatever comes, it is only looked through. */
export function itemsInHtml(html: string): string | undefined {
  const items = attributeIn(html, ITEMS);
  return items !== undefined && CARRIED.test(items) ? items : undefined;
}

/** The bytes of pictures that are in it, whatever they are. */
export function picturesInHtml(html: string): readonly Uint8Array[] {
  const carried = attributeIn(html, PICTURES);
  return carried === undefined ? [] : carried.split(" ").flatMap((each) => decodeBase64(each) ?? []);
}

/** Of the first tag that has it, where that is a span. */
function attributeIn(html: string, name: string): string | undefined {
  if (html.length > MAX_HTML) return undefined;
  const head = ` ${name}="`;
  const at = html.indexOf(head);
  const end = at < 0 ? -1 : html.indexOf('"', at + head.length);
  const tag = html.lastIndexOf("<", at);
  if (end < 0 || !html.startsWith("<span", tag) || html.slice(tag, at).includes(">")) return undefined;
  return html.slice(at + head.length, end);
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
