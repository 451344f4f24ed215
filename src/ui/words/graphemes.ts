/** The characters of a text as a person counts them: a flag or a family is one. */
export function graphemesOf(text: string): string[] {
  // Newer than some engines.
  if (!("Segmenter" in Intl)) return Array.from(text);
  return Array.from(
    new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text),
    (each) => each.segment,
  );
}
