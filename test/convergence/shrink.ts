/**
 * The smallest list found, by leaving out parts of `list`, for which `fails` still holds: first large
 * parts, then ever smaller ones, down to single entries ("delta debugging"). Before each try it asks whether to `goOn`.
 */
export async function shrinkList<T>(
  list: readonly T[],
  fails: (shorter: readonly T[]) => Promise<boolean>,
  goOn: () => boolean,
): Promise<readonly T[]> {
  let best = list;
  for (let size = Math.ceil(best.length / 2); size >= 1 && goOn();) {
    let shortened = false;
    for (let from = 0; from < best.length && goOn();) {
      const shorter = [...best.slice(0, from), ...best.slice(from + size)];
      if (await fails(shorter)) {
        best = shorter;
        shortened = true;
      } else {
        from += size;
      }
    }
    // A part may have become superfluous with a later one.
    if (size === 1 && !shortened) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return best;
}
