/** Whether words are typed into it: it has a copying, pasting and dropping of its own. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input[type=text], textarea");
}
