import { digest } from "lib0/hash/sha256";

/** SHA-256 in 64 lower-case hexadecimal digits: at once, and without asking the platform. */
export function sha256(bytes: Uint8Array): string {
  return hexOf(digest(bytes));
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
