/**
 * How many bits each symbol of the ink code has, as letters (base/prefix-code.ts), by context. Made from
 * recordings by `npm run ink-code`; what it says is part of the protocol.
 */
export const INK_CODE_LENGTHS = {
  begin: ["bacc"],
  header: ["jcddecbbdjjiiiiiifj"],
  origin: ["haeggdcdcgggggggggh", "icgiedbbbiiiiiiiiii", "jcbjhfaedjjjjjjjjjj"],
  number: ["kgfedbcakkkkkkjjjjk"],
  point: [
    "mfhlkjhbcbcddeeehim",
    "kjgihgfdcccccdcdfgk",
    "lgbkjihfdddddedccdl",
    "ldgkjigdccccccdeghl",
    "kfgjihgdccccccdfdgk",
    "jfgfihgccccccdedegj",
    "mdilkjfcbccdcdfghfm",
    "leklllfbbccceeghill",
    "lekkjkfbbbddeffghjl",
    "mejlkjgcbbccefffhjm",
    "ldhkihfdcbbceeffhjl",
    "kdfjhhhddbbcdeeffik",
    "ldgkjihddccbcddfffl",
    "kdfjjjhedcccbddeegk",
    "jdeihggeedddbbdeegj",
    "kefjighfeddccbcddfk",
    "kedjihgededddcbcdfk",
    "kfdjihgddcddcddccek",
  ],
  pressure: ["kfgedcbakkkkkkkkjjjk", "ibccbcdeiiiiiiiihhhi"],
  after: ["jjjjjbbcdejjjjjjjjjjjjjjjjjjiiiibj"],
} as const;
