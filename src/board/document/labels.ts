import * as Y from "yjs";
import type { ClockRange } from "./marks.ts";
import { LIMITS } from "./limits.ts";

/*
 * The words of an item are a `Y.Text` that anybody inserts into. Nothing is deleted from it: erase
 * marks hide characters, so that taking a deletion back never doubles them.
 *
 * A character beyond U+FFFF is stored as two private ones: Yjs may cut between any two units, and
 * would spoil a half. The private characters that stand for halves are nobody's own.
 */
const FIRST_HIGH = 0xd800;
const FIRST_LOW = 0xdc00;
const LAST_LOW = 0xdfff;
const PRIVATE = 0xe000;
const PRIVATE_LOW = PRIVATE + (FIRST_LOW - FIRST_HIGH);
const PRIVATE_END = PRIVATE + (LAST_LOW + 1 - FIRST_HIGH);
const REPLACEMENT = "\ufffd";

/** A label has at most so many characters, erased ones included. */
export const MAX_LABEL_CHARS = LIMITS.wordChars.takes;

/**
 * So many characters a person may type into one text. The rest of a label is for what replaces them, before
 * they have to go on in a new item.
 */
export const MAX_WORDS = 9000;

/** A character of a label that is not erased. */
export interface LabelCharacter {
  readonly client: number;
  readonly clock: number;
  /** As it is stored, one UTF-16 unit. */
  readonly unit: string;
}

/** A person's text as it is stored: without control characters but line breaks and tabs. */
export function encodeLabel(text: string): string {
  let stored = "";
  for (const character of text.replace(/\r\n?/g, "\n")) {
    const code = character.codePointAt(0)!;
    if (character.length === 2) {
      stored += String.fromCharCode(
        character.charCodeAt(0) - FIRST_HIGH + PRIVATE,
        character.charCodeAt(1) - FIRST_HIGH + PRIVATE,
      );
    } else if (code >= FIRST_HIGH && code < PRIVATE_END) stored += REPLACEMENT;
    else if (code >= 32 || character === "\n" || character === "\t") stored += character;
  }
  return stored;
}

/** What is shown of stored characters; a half whose other half is gone is not shown. */
export function decodeLabel(stored: string): string {
  let text = "";
  for (let i = 0; i < stored.length; i++) {
    const code = stored.charCodeAt(i);
    if (code < PRIVATE || code >= PRIVATE_END) {
      text += stored[i];
      continue;
    }
    const next = stored.charCodeAt(i + 1);
    if (code < PRIVATE_LOW && next >= PRIVATE_LOW && next < PRIVATE_END) {
      text += String.fromCharCode(code - PRIVATE + FIRST_HIGH, next - PRIVATE + FIRST_HIGH);
      i++;
    }
  }
  return text;
}

/** Inserts stored characters right after one of them; undefined: at the beginning. Their clocks. */
export function insertAfter(
  label: Y.Text,
  after: LabelCharacter | undefined,
  stored: string,
  own: { readonly clientID: number },
): ClockRange | undefined {
  const text = cutLabel(stored, MAX_LABEL_CHARS - label.length);
  if (text === "") return undefined;
  label.insert(after ? placeOf(label, after) + 1 : 0, text);
  const end = Y.getState(label.doc!.store, own.clientID);
  return { start: end - text.length, end };
}

/** The beginning of stored characters, with no half at its end. */
export function cutLabel(stored: string, length: number): string {
  const short = stored.slice(0, Math.max(length, 0));
  const last = short.charCodeAt(short.length - 1);
  return short.length < stored.length && last >= PRIVATE && last < PRIVATE_LOW ? short.slice(0, -1) : short;
}

/** The place of a character among all of the label, erased ones included. */
function placeOf(label: Y.Text, { client, clock }: LabelCharacter): number {
  let before = 0;
  for (let run = label._start; run; run = run.right) {
    if (run.id.client === client && clock >= run.id.clock && clock < run.id.clock + run.length) {
      return before + clock - run.id.clock;
    }
    if (!run.deleted) before += run.length;
  }
  return before - 1;
}
