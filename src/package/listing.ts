/*
 * What the public list of Mini Apps wants. The list is a repository that is edited by hand, from pull
 * requests: a folder with each app's published files, and one JSON file with an object for each app.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AppInfo } from "./appinfo.ts";

/** A Mini App in the public list; the keys are the list's, in its order. */
export interface ListingEntry {
  readonly id: string;
  readonly name: string;
  readonly publisher: string;
  readonly description: string;
  readonly category: string;
  readonly featured: boolean;
  readonly version: string;
  readonly icon: string;
  readonly spixiUrl: string;
  /** Where the source is; empty: the list shows no link. */
  readonly github: string;
  readonly singleUser: boolean;
  readonly multiUser: boolean;
}

/** One of the list's own: AI, Games, IoT, Tools, Dev Tools. */
const CATEGORY = "Tools";

/**
 * The object for the list, from what `appinfo.spixi` says.
 *
 * @param source the https address of the source, empty for none
 */
export function listingEntry(
  { fields, id, name, version, capabilities }: AppInfo,
  source: string,
): ListingEntry {
  const can = (capability: string): boolean =>
    capabilities.some((each) => each.toLowerCase() === capability.toLowerCase());
  const url = fields.get("url")!;
  return {
    id,
    name,
    publisher: fields.get("publisher")!,
    description: fields.get("description")!,
    category: CATEGORY,
    // Those who keep the list choose what they feature.
    featured: false,
    version,
    icon: url.replace(/\.spixi$/, ".png"),
    spixiUrl: url,
    github: source,
    singleUser: can("singleUser"),
    multiUser: can("multiUser"),
  };
}

/**
 * Writes into `folder` all that the public list of Mini Apps wants, and how to hand it in; what was there
 * goes. Where `info` has no `url` there is nothing that a list could lead to, and nothing is written.
 * Returns the paths of what was written.
 *
 * @param files names and bytes of the three published files
 */
export async function writeListing(
  root: string,
  folder: string,
  info: AppInfo,
  files: ReadonlyMap<string, Uint8Array | string>,
): Promise<string[]> {
  await rm(folder, { recursive: true, force: true });
  if (!info.fields.has("url")) return [];
  const entry = listingEntry(info, await sourceOf(root));
  const contents = new Map([
    ...[...files].map(([name, bytes]) => [`apps/${name}`, bytes] as const),
    ["entry.json", `${JSON.stringify(entry, undefined, 2)}\n`],
    ["README.txt", instructions(entry, [...files.keys()])],
  ]);
  await mkdir(join(folder, "apps"), { recursive: true });
  for (const [name, content] of contents) await writeFile(join(folder, name), content);
  return [...contents.keys()].map((name) => join(folder, name));
}

/** The address of the source as package.json has it under `repository`. */
async function sourceOf(root: string): Promise<string> {
  const { repository } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    repository?: string | { readonly url?: string };
  };
  const address = (typeof repository === "string" ? repository : repository?.url) ?? "";
  const source = address.replace(/^git\+/, "").replace(/\.git$/, "");
  return source.startsWith("https://") ? source : "";
}

function instructions(
  { id, name, version, spixiUrl, github }: ListingEntry,
  files: readonly string[],
): string {
  const served = spixiUrl.slice(0, spixiUrl.lastIndexOf("/") + 1);
  const lines = [
    `${name} ${version} for the public list of Mini Apps`,
    "",
    "In a copy of the list's repository:",
    "",
    "1. Copy the files in apps into its folder apps:",
    ...files.map((file) => `     ${file}`),
    '2. Put the object in entry.json into "apps" in data/apps.json, in place of the one with the id',
    `   ${id} if there is one.`,
    "3. Open a pull request with both.",
    "",
    "The three files belong side by side at",
    `     ${served}`,
    "and nowhere else: the package says so, and every invitation leads there.",
  ];
  if (github === "")
    lines.push(
      "",
      'entry.json has no address for "github": package.json has no "repository" with an https address.',
    );
  return `${lines.join("\n")}\n`;
}
