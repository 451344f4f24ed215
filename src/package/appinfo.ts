/** What a Mini App says of itself in its `appinfo.spixi`, and a publisher's `.spixi` file of it. */
export interface AppInfo {
  /** Every key as it was written, in the order of the file. */
  readonly fields: ReadonlyMap<string, string>;
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly capabilities: readonly string[];
}

export type AppInfoResult =
  | { readonly ok: true; readonly info: AppInfo }
  /** What the messenger would refuse, stumble over or misunderstand; one sentence each. */
  | { readonly ok: false; readonly problems: readonly string[] };

const CAPABILITIES = [
  "singleUser",
  "multiUser",
  "authentication",
  "transactionSigning",
  "registeredNamesManagement",
];
const REQUIRED = ["caVersion", "id", "publisher", "name", "version", "capabilities"];
const KNOWN = new Set([
  ...REQUIRED,
  ...["description", "image", "minUsers", "maxUsers", "protocols", "url"],
  ...["contentUrl", "checksum", "contentSize", "publicKey", "signature"],
]);

/**
 * Reads `key = value` lines as the messenger does: a line without `=`, or with a key that starts with
 * `;`, says nothing. What it would let pass although it cannot be meant is a problem here.
 */
export function parseAppInfo(text: string): AppInfoResult {
  const fields = new Map<string, string>();
  const problems: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "" || line.trim().startsWith(";")) continue;
    const at = line.indexOf("=");
    const key = line.slice(0, at).trim();
    if (at < 0) problems.push(`The line "${line.trim()}" has no "=".`);
    else if (!KNOWN.has(key)) problems.push(`"${key}" is no key that the messenger knows.`);
    else if (fields.has(key)) problems.push(`"${key}" is given twice.`);
    else fields.set(key, line.slice(at + 1).trim());
  }
  for (const key of REQUIRED) if (!fields.get(key)) problems.push(`"${key}" is missing.`);

  const capabilities = (fields.get("capabilities") ?? "").split(",").map((name) => name.trim());
  problems.push(...problemsOfCapabilities(capabilities));
  const id = fields.get("id") ?? "";
  if (id !== "" && !isFolderName(id)) problems.push(`The id "${id}" cannot be the name of a folder.`);
  if (fields.has("caVersion") && !/^\d+$/.test(fields.get("caVersion")!))
    problems.push("caVersion is not a whole number.");
  problems.push(...problemsOfUsers(fields.get("minUsers"), fields.get("maxUsers")));

  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    info: { fields, id, name: fields.get("name")!, version: fields.get("version")!, capabilities },
  };
}

/** The file that a publisher serves beside the package, ending in a line break. */
export function formatAppInfo(fields: Iterable<readonly [string, string | number]>): string {
  return Array.from(fields, ([key, value]) => `${key} = ${value}\n`).join("");
}

function problemsOfCapabilities(names: readonly string[]): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    if (name === "") continue;
    if (!CAPABILITIES.some((known) => known.toLowerCase() === lower))
      problems.push(`"${name}" is no capability; there are ${CAPABILITIES.join(", ")}.`);
    // The messenger adds each to a dictionary, which throws.
    else if (seen.has(lower)) problems.push(`The capability "${name}" is listed twice.`);
    seen.add(lower);
  }
  return problems;
}

function problemsOfUsers(min: string | undefined, max: string | undefined): string[] {
  const isCount = (text: string | undefined): boolean => text === undefined || /^[1-9]\d*$/.test(text);
  if (!isCount(min) || !isCount(max)) return ["minUsers and maxUsers are whole numbers from 1."];
  return Number(min ?? 1) > Number(max ?? Infinity) ? ["minUsers is greater than maxUsers."] : [];
}

/** On every system that the messenger runs on, Windows with its reserved names included. */
function isFolderName(id: string): boolean {
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(id) && !/^com\.[a-z]/i.test(id);
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(id) && !id.endsWith(".") && !isReserved;
}
