/*
 * Runs npm scripts of this project side by side: `node test/check.mjs NAME...` prints what each has to say
 * when it has ended, and fails when one of them failed. They work on one core each.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Resolves with whether the script succeeded, and prints its output in one piece. */
function run(name) {
  const npm = spawn("npm", ["run", "--silent", name], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let output = "";
  npm.stdout.on("data", (text) => (output += text));
  npm.stderr.on("data", (text) => (output += text));
  return new Promise((resolve) => {
    npm.on("error", (error) => resolve({ ok: false, said: String(error) }));
    npm.on("close", (code) => resolve({ ok: code === 0, said: output.trim() }));
  }).then(({ ok, said }) => {
    console.log(`${ok ? "ok" : "FAILED"}  ${name}${ok || said === "" ? "" : `\n${said}`}`);
    return ok;
  });
}

const results = await Promise.all(process.argv.slice(2).map(run));
if (results.includes(false)) process.exitCode = 1;
