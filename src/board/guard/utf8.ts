/**
 * The length in UTF-16 units of bytes `start .. end - 1` as UTF-8, or -1 where they are not well formed
 * (RFC 3629) or hold a character beyond U+FFFF, which no ink has: Yjs cuts runs between two units, and
 * replaces what would be half of such a character, so devices would differ.
 */
export function ucs2Length(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let at = start; at < end; length++) {
    const lead = bytes[at++]!;
    if (lead < 0x80) continue;
    if (lead < 0xc2 || lead > 0xef) return -1;
    const second = at < end ? bytes[at++]! : 0;
    if ((second & 0xc0) !== 0x80) return -1;
    if (lead < 0xe0) continue;
    // Neither a longer spelling than needed nor a surrogate.
    if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return -1;
    const third = at < end ? bytes[at++]! : 0;
    if ((third & 0xc0) !== 0x80) return -1;
  }
  return length;
}
