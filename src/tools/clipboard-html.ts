/*
 * Copied items within a piece of HTML. Beside plain words it is the one form that every engine both keeps for
 * the events of keys and hands to a button that asks for the clipboard; a place for rich text that takes it
 * shows the words only.
 */
import { MAX_COPIED_CHARS, MAX_COPIED_WORDS } from "./clipboard.ts";

const ATTRIBUTE = "data-inkmesh";
/** What the clipboard's text of items consists of, so that nothing in it has to be escaped. */
const CARRIED = new RegExp(`<span[^>]* ${ATTRIBUTE}="(inkmesh:\\d+:[A-Za-z0-9+/=]*)"`, "u");
/** Systems put a head of their own around it. */
const MAX_AROUND = 10_000 + MAX_COPIED_WORDS * 6;

/** `items`: as `clipboardText` gives them. */
export function clipboardHtml(items: string, words: string): string {
  return `<span ${ATTRIBUTE}="${items}">${escaped(words).replaceAll("\n", "<br>")}</span>`;
}

/** The text of the items that are in it; undefined where there are none. Whatever comes, it is only looked through. */
export function itemsInHtml(html: string): string | undefined {
  return html.length > MAX_COPIED_CHARS + MAX_AROUND ? undefined : CARRIED.exec(html)?.[1];
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
