import { splitsCharacter } from "./whole-characters.ts";

/**
 * Where a place in the text `before` is in `after`, which somebody else's typing has made of it. In
 * UTF-16 units; never between the two units of one character.
 */
export function caretIn(after: string, before: string, at: number): number {
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before[prefix] === after[prefix]) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix++;
  if (at <= prefix) return whole(after, at);
  const fromEnd = before.length - at;
  return whole(after, fromEnd <= suffix ? after.length - fromEnd : after.length - suffix);
}

function whole(text: string, at: number): number {
  return splitsCharacter(text, at) ? at - 1 : at;
}
