/** The first of these moments on the clock; undefined stands for never. */
export function earliest(moments: readonly (number | undefined)[]): number | undefined {
  const first = Math.min(...moments.map((at) => at ?? Infinity));
  return first < Infinity ? first : undefined;
}
