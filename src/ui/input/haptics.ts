/** Long enough to be felt, short enough not to be heard. */
const TICK_MS = 8;

let enabled = true;

/** Whether the person wants to feel anything. */
export function setHaptics(on: boolean): void {
  enabled = on;
}

/** A short tick, where the device can give one: something has snapped, or was taken back. */
export function tick(): void {
  if (enabled && "vibrate" in navigator) navigator.vibrate(TICK_MS);
}
