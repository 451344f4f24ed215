import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatAppInfo, parseAppInfo, type AppInfo } from "./appinfo.ts";
import { packageError } from "./package-error.ts";
import { problemsOfSpixiUrl } from "./spixi-url.ts";

/** What a project says of its Mini App: the `appinfo.spixi` that goes into the package. */
export interface OwnAppInfo {
  readonly text: string;
  readonly info: AppInfo;
}

/**
 * Reads `appinfo.spixi` in `root`, and puts `url` into it, the https address of the published `.spixi`
 * file, where it is given. Rejects with all problems of the two.
 */
export async function readOwnAppInfo(root: string, url?: string): Promise<OwnAppInfo> {
  const written = await readFile(join(root, "appinfo.spixi"), "utf8");
  const text = url === undefined ? written : withUrl(written, url);
  const parsed = parseAppInfo(text);
  if (!parsed.ok) throw packageError(parsed.problems);
  const { info } = parsed;
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  const problems: string[] = [];
  if (info.version !== version)
    problems.push(`appinfo.spixi has version ${info.version}, package.json ${version}.`);
  if (!info.fields.get("description"))
    problems.push("appinfo.spixi has no description, which people read before they install.");
  const address = url ?? info.fields.get("url");
  if (address !== undefined) problems.push(...problemsOfSpixiUrl(address, info.id));
  if (problems.length > 0) throw packageError(problems);
  return { text, info };
}

/** The file with one line for the address, whether it had one or not. */
function withUrl(text: string, url: string): string {
  const others = text.split(/\r?\n/).filter((line) => !/^\s*url\s*=/.test(line));
  return `${others.join("\n").trimEnd()}\n${formatAppInfo([["url", url]])}`;
}
