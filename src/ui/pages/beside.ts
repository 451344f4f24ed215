/** On a wide screen the gallery lies beside the board, as pages.css has it, and else over it. */
export function isBeside(): boolean {
  return matchMedia("(min-width: 600px)").matches;
}
