/** Those of `some` in the order that they have in `all`; those that are not among them last, as given. */
export function sortedLike(all: readonly string[], some: readonly string[]): string[] {
  const places = new Map(all.map((each, place) => [each, place] as const));
  const placeOf = (each: string): number => places.get(each) ?? all.length;
  return [...some].sort((a, b) => placeOf(a) - placeOf(b));
}
