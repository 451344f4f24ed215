import { listen } from "./dom.ts";

/**
 * One stop of the Tab key for a whole bar, within which the arrow keys go on: the pattern of toolbars
 * (WAI-ARIA Authoring Practices).
 */
export function createRoving(bar: HTMLElement): { update(): void; close(): void } {
  let current: HTMLElement | undefined;

  const buttons = (): HTMLButtonElement[] =>
    [...bar.querySelectorAll("button")].filter((button) => !button.disabled && button.offsetParent !== null);

  const update = (): void => {
    const all = buttons();
    if (!all.some((button) => button === current)) current = all[0];
    for (const button of bar.querySelectorAll("button")) button.tabIndex = button === current ? 0 : -1;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = buttons();
    const at = all.findIndex((button) => button === document.activeElement);
    const forward = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: at + forward,
      ArrowLeft: at - forward,
      Home: 0,
      End: all.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    all[(target + all.length) % all.length]!.focus();
  };

  const stops = [
    listen(bar, "keydown", onKeyDown),
    listen(bar, "focusin", (event) => {
      current = event.target instanceof HTMLElement ? event.target : current;
      update();
    }),
  ];
  return {
    update,
    close() {
      for (const stop of stops) stop();
    },
  };
}
