import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { parseAppInfo } from "./appinfo.ts";
import type { MiniApp } from "./files.ts";
import type { RunFile } from "./run-file.ts";

export interface SimulatorServer {
  /** Where the simulator's page is, with a slash at the end. */
  readonly url: string;
  /** Tells open pages that the Mini App was built anew. */
  announceBuild(): void;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** The folder with the built page of the simulator. */
  readonly page: string;
  readonly app: MiniApp;
  /** The app is this project's own: the page may look at what it publishes for observers. */
  readonly isOwnApp: boolean;
  /** The first port to try; up to 20 further ones are tried where it is taken. 0: any free port. */
  readonly port: number;
  /** What the page does is recorded there, or is replayed from there. */
  readonly run?: RunFile | undefined;
}

/** What the page asks for first; `GET mini-app.json`. */
export interface MiniAppDescription {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly isOwnApp: boolean;
  readonly hasIcon: boolean;
  /** Why it cannot run as it is; one sentence each. */
  readonly problems: readonly string[];
  /** `PUT run` begins the file, `POST run` adds to it; `GET run` reads what is to be replayed. */
  readonly run?: Pick<RunFile, "mode" | "name">;
}

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".htm": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".ogg": "audio/ogg",
  ".otf": "font/otf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".wav": "audio/wav",
  ".webp": "image/webp",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

/** The messenger lets a Mini App load nothing but its own files. */
const APP_POLICY = "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'";
const PORTS_TO_TRY = 20;

/** Serves the simulator's page at `/` and the Mini App's files below `/app/`, on this machine only. */
export async function serveSimulator(options: ServerOptions): Promise<SimulatorServer> {
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = safePath(request.url ?? "/");
    if (path === "run" && (request.method === "PUT" || request.method === "POST")) {
      void takeRun(request, options.run).then(
        (status) => response.writeHead(status).end(),
        () => response.writeHead(500).end(),
      );
      return;
    }
    if (path === undefined || (request.method !== "GET" && request.method !== "HEAD")) {
      response.writeHead(path === undefined ? 400 : 405).end();
      return;
    }
    if (path === "builds") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(": open\n\n");
      listeners.add(response);
      response.on("close", () => listeners.delete(response));
      return;
    }
    void answer(path, options).then(
      (file) => {
        if (!file) {
          response.writeHead(404).end();
          return;
        }
        response.writeHead(200, {
          "content-type": TYPES[extname(path).toLowerCase()] ?? "application/octet-stream",
          "cache-control": "no-store",
          ...(path.startsWith("app/") ? { "content-security-policy": APP_POLICY } : {}),
        });
        response.end(file);
      },
      () => response.writeHead(500).end(),
    );
  });
  const port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}/`,
    announceBuild() {
      for (const listener of listeners) listener.write("data: built\n\n");
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** Writes down a part of a run; no page from elsewhere may. Resolves with the status to answer with. */
async function takeRun(request: IncomingMessage, run: RunFile | undefined): Promise<number> {
  const { origin, host } = request.headers;
  if (run?.mode !== "record") return 404;
  if (origin !== `http://${host}`) return 403;
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  await run.write(Buffer.concat(parts), request.method === "PUT");
  return 204;
}

async function answer(path: string, options: ServerOptions): Promise<Uint8Array | undefined> {
  if (path === "mini-app.json") return Buffer.from(JSON.stringify(await describe(options)));
  if (path === "run") return options.run?.read();
  if (path === "icon.png" || path.startsWith("app/")) return options.app.read(path);
  return readFile(join(options.page, path)).catch(() => undefined);
}

async function describe({ app, isOwnApp, run }: ServerOptions): Promise<MiniAppDescription> {
  const bytes = await app.read("appinfo.spixi");
  const parsed = bytes && parseAppInfo(Buffer.from(bytes).toString("utf8"));
  // A Mini App that is still being written may have none, or a faulty one: it runs all the same.
  const { id, name, version } = parsed?.ok ? parsed.info : { id: app.label, name: app.label, version: "" };
  const hasIcon = (await app.read("icon.png")) !== undefined;
  const problems = await app.problems();
  const file = run ? { run: { mode: run.mode, name: run.name } } : {};
  return { id, name, version, isOwnApp, hasIcon, problems, ...file };
}

/** The decoded path without its leading slash, `index.html` for none; undefined where it would leave the folder. */
function safePath(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0]!).replace(/^\/+/, "");
    if (path === "") return "index.html";
    const isPlain = !path.includes("\\") && !path.includes("\0") && !path.split("/").includes("..");
    return isPlain ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Listens on the first free port from `first` on, and returns it. */
async function listen(server: Server, first: number): Promise<number> {
  for (let port = first; ; port++) {
    const isListening = await new Promise<boolean>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "EADDRINUSE" && port < first + PORTS_TO_TRY) resolve(false);
        else reject(error);
      });
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    server.removeAllListeners("error");
    server.removeAllListeners("listening");
    if (!isListening) continue;
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : port;
  }
}
