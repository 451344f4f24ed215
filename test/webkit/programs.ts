import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What the tests in WebKit start, and the Debian packages that bring it. */
const PROGRAMS = { WebKitWebDriver: "webkit2gtk-driver", Xvfb: "xvfb" } as const;

/** How to get what this machine lacks for the tests in WebKit; undefined where it lacks nothing. */
export function missingForWebKit(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const missing = Object.entries(PROGRAMS).filter(
    ([program]) => !folders.some((folder) => existsSync(join(folder, program))),
  );
  if (missing.length === 0) return undefined;
  const names = missing.map(([program]) => program).join(" and ");
  const packages = missing.map(([, name]) => name).join(" ");
  return (
    `Nothing is tested in WebKit: this machine has no ${names}.\n` +
    `On Debian and Ubuntu: apt-get install --no-install-recommends ${packages}`
  );
}
