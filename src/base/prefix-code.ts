/**
 * Symbols as bits: each has a code of its own, short where it is common, and no code begins another.
 * Which is how long is known to both sides beforehand; the codes follow from that (canonical Huffman:
 * shorter ones first, then by number). The last symbol of a table is its stop: all ones, and never written
 * out. Bytes are filled up with ones and read as if ones without end came after them, so a reader meets
 * the stop where the bytes end, and no length has to be told.
 */
export interface SymbolCoder {
  /** Writes a symbol, or, where it reads, returns the next one whatever is handed in. */
  symbol(table: PrefixTable, symbol: number): number;
  /** The same for the lowest `count` bits, at most 32, of a whole number that nobody can guess. */
  bits(count: number, value: number): number;
}

export interface SymbolWriter extends SymbolCoder {
  /** The bytes of all symbols so far; nothing can be added after that. */
  finish(): Uint8Array;
}

export interface PrefixTable {
  /** By symbol: a 1, then the bits of its code. */
  readonly codes: readonly number[];
  /** The other way round. */
  readonly symbols: ReadonlyMap<number, number>;
  readonly stop: number;
}

const LENGTH_BASE = 0x60;

/** `lengths`: how many bits the code of each symbol has, as letters: a is 1. They must fill a tree. */
export function prefixTable(lengths: string): PrefixTable {
  const ordered = Array.from(lengths, (letter, symbol) => ({
    symbol,
    length: letter.charCodeAt(0) - LENGTH_BASE,
  })).sort((a, b) => a.length - b.length || a.symbol - b.symbol);
  const codes: number[] = [];
  const symbols = new Map<number, number>();
  let code = 0;
  let before = 0;
  for (const { symbol, length } of ordered) {
    code *= 2 ** (length - before);
    before = length;
    codes[symbol] = 2 ** length + code;
    symbols.set(2 ** length + code, symbol);
    code++;
  }
  return { codes, symbols, stop: lengths.length - 1 };
}

export function createSymbolWriter(): SymbolWriter {
  const bytes: number[] = [];
  /** A 1, then the bits that do not fill a byte yet. */
  let open = 1;
  const bits = (count: number, value: number): number => {
    for (let left = count - 1; left >= 0; left--) {
      open = open * 2 + ((value >>> left) & 1);
      if (open < 256) continue;
      bytes.push(open & 255);
      open = 1;
    }
    return value;
  };
  return {
    bits,
    symbol(table, symbol) {
      const code = table.codes[symbol]!;
      bits(31 - Math.clz32(code), code);
      return symbol;
    },
    finish() {
      const missing = Math.clz32(open) - 23;
      if (missing < 8) bits(missing, 255);
      return Uint8Array.from(bytes);
    },
  };
}

/** Reads what `createSymbolWriter` wrote. Never throws. */
export function createSymbolReader(bytes: Uint8Array): SymbolCoder {
  let at = 0;
  const bit = (): number => {
    const byte = bytes[at >>> 3] ?? 255;
    return (byte >>> (7 - (at++ & 7))) & 1;
  };
  return {
    bits(count) {
      let value = 0;
      for (let left = count; left > 0; left--) value = value * 2 + bit();
      return value;
    },
    symbol(table) {
      let code = 1;
      for (;;) {
        code = code * 2 + bit();
        const symbol = table.symbols.get(code);
        if (symbol !== undefined) return symbol;
      }
    },
  };
}
