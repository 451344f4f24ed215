/** Whether a place in a text, in UTF-16 units, is between the two units of one character. */
export function splitsCharacter(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/u.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/u.test(text.charAt(at));
}

/** What begins at a place: as many whole characters as fit into so many UTF-16 units. */
export function wholeCharacters(text: string, from: number, most: number): string {
  const end = from + most;
  return text.slice(from, splitsCharacter(text, end) ? end - 1 : end);
}
