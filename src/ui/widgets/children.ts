/**
 * Shows these children, in this order. What is as it was stays untouched, and whoever has the focus keeps
 * it: a list is shown anew each time that anything in it changes.
 */
export function showChildren(parent: HTMLElement, wanted: readonly Node[]): void {
  const shown = parent.childNodes;
  if (shown.length === wanted.length && wanted.every((child, i) => shown[i] === child)) return;
  const focused = document.activeElement;
  parent.replaceChildren(...wanted);
  if (focused instanceof HTMLElement && parent.contains(focused)) focused.focus();
}
