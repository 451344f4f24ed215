/**
 * How many bits each symbol of the ink code has, as letters (base/prefix-code.ts), by context. Made from
 * recordings by `npm run ink-code`; what it says is part of the protocol.
 */
export const INK_CODE_LENGTHS = {
  begin: ["bacc"],
  point: [
    "nfhmlkjhbcbcddeeehin",
    "lkgjihgfdcccccdcdfgl",
    "lgbkkkihfdddddedccdl",
    "mdglkjifdccccccdffhm",
    "meglkjifdccccbeeeehm",
    "mfglkjifecbcdccdfehm",
    "lfgkfjifccccccdedehl",
    "nfjmmmkfcbcbdddghifn",
    "lejkkkkdbbccdeefhgkl",
    "lellkjkecbbcddfeghjl",
    "lejlljhfdbbccdfefgjl",
    "mdhlkihfdcbbceeffhjm",
    "mdglkihfddbbcdeeffjm",
    "kdgkkihfddccbcdeeffk",
    "ldfkkkihedcccbddeegl",
    "kdejihggeedddbbdeegk",
    "kefkkighfeddccbcddfk",
    "kedjjjhgededddcbcdfk",
    "lfdkjihgddcddcddccel",
  ],
  digit: ["dbacd", "dabcd", "dabcd"],
  pressure: ["jefeecbajjjjjjjjiiij", "icdcbbceiiiiiiiihhhi"],
  after: ["kkkkeabcdfkkkkkkkkkkkkkkkkkkkjjjjk"],
} as const;
