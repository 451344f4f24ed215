/*
 * Stands in for lib0/logging in the app. Yjs warns there of calls that it does not support, which the headless tests
 * show. On a phone nobody reads it, and with its colours and its view of the log it is 3 kB of the package.
 */
export function print(): void {}
export function warn(): void {}
export const [BOLD, UNBOLD, RED, ORANGE] = ["", "", "", ""];
