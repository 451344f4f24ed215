/*
 * Events of the simulated world in words, for the log.
 */
import { decodeCommand, decodeFormValue } from "../dotnet.ts";
import type { SimulatorEvent } from "../events.ts";
import { chatText } from "./chat-text.ts";
import { nameOf } from "./people.ts";

/** What the log can be filtered by. */
export const LOG_GROUPS = [
  "alerts",
  "messages",
  "lost",
  "navigations",
  "storage",
  "host calls",
  "pages",
  "problems",
] as const;
/** Characters of a command's arguments that a line shows. */
const LONGEST_FIELDS = 120;
export type LogGroup = (typeof LOG_GROUPS)[number];

/** One line of the log; `detail` is the whole of it, for whoever opens the line. */
export interface LogEntry {
  readonly at: number;
  readonly group: LogGroup;
  /** The address of the phone it happened on. */
  readonly phone: string;
  readonly title: string;
  readonly detail: string;
}

/** What an event of the simulated world means, in words. */
export function describeEvent(event: SimulatorEvent): LogEntry {
  const entry = (group: LogGroup, phone: string, title: string, detail = ""): LogEntry => ({
    at: event.at,
    group,
    phone,
    title,
    detail,
  });
  switch (event.type) {
    case "opened":
      return entry("pages", event.phone, `opens the app ${chatText(event.chat, event.contacts)}`);
    case "announced":
      return entry(
        event.understood ? "pages" : "problems",
        event.phone,
        event.understood
          ? `page announced, SDK ${event.version}`
          : `the host cannot read the version ${event.version}`,
      );
    case "closed":
      return entry("pages", event.phone, "back to the chat");
    case "killed":
      return entry("pages", event.phone, "page killed");
    case "navigation":
      return entry("navigations", event.phone, commandTitle(event.url), commandDetail(event.url));
    case "navigation-lost":
      return entry("lost", event.phone, `navigation lost: ${event.why}`, commandDetail(event.url));
    case "alert":
      return entry(
        "alerts",
        event.phone,
        withFields(`alert: ${event.text}`, event.fields),
        given(event.fields),
      );
    case "unsupported":
      return entry(
        "problems",
        event.phone,
        withFields(`this simulator does not know ${event.command}, the person says no`, event.fields),
        given(event.fields),
      );
    case "rejected":
      return entry("problems", event.phone, `the host rejects: ${event.why}`, event.url);
    case "script":
      return entry("host calls", event.phone, handlerOf(event.script), event.script);
    case "script-error":
      return entry("problems", event.phone, `exception in ${handlerOf(event.script)}`, String(event.error));
    case "storage-read":
      return entry("storage", event.phone, `reads ${event.table}/${event.key}, ${event.bytes} bytes`);
    case "storage-write":
      return entry("storage", event.phone, `writes ${event.table}/${event.key}, ${event.bytes} bytes`);
    case "sent":
    case "delivered":
    case "duplicated": {
      const what = event.kind === "end" ? "end of session" : `${event.bytes} bytes`;
      const [phone, title] =
        event.type === "delivered"
          ? [event.to, `receives ${what} from ${nameOf(event.from)}`]
          : [
              event.from,
              `${event.type === "sent" ? "sends" : "network doubles"} ${what} to ${nameOf(event.to)}`,
            ];
      return entry("messages", phone, title, event.text);
    }
    case "lost":
    case "dropped": {
      const why = { chance: "lost by the network", offline: "lost: offline", blocked: "lost: blocked" };
      const title =
        event.type === "dropped" ? `dropped: ${nameOf(event.to)} has no page for it` : why[event.why];
      return entry("lost", event.from, `${event.bytes} bytes to ${nameOf(event.to)}, ${title}`, event.text);
    }
  }
}

/** What came with a command; empty where nothing did. */
function given(fields: string | undefined): string {
  return fields === undefined || fields === "{}" ? "" : fields;
}

/** Shows the beginning of it; who opens the line sees all. */
function withFields(title: string, fields: string | undefined): string {
  const shown = given(fields);
  if (shown === "") return title;
  return `${title}: ${shown.length > LONGEST_FIELDS ? `${shown.slice(0, LONGEST_FIELDS)}…` : shown}`;
}

function commandTitle(url: string): string {
  if (!/^xa:/i.test(url)) return url.slice(0, 60);
  const decoded = decodeCommand(decodeFormValue(url).slice(3));
  if (!decoded.ok) return `xa: ${decoded.why}`;
  const { command } = decoded;
  if (command.c === "ds")
    return `ds, ${url.length} characters${command.recipient ? ` for ${nameOf(command.recipient)}` : ""}`;
  if (command.c === "other") return withFields(command.name, command.fields);
  return `${command.c} ${command.table}/${command.key}`;
}

function commandDetail(url: string): string {
  const decoded = /^xa:/i.test(url) ? decodeCommand(decodeFormValue(url).slice(3)) : undefined;
  if (!decoded?.ok) return url;
  return JSON.stringify(decoded.command, (key, value: unknown) =>
    value instanceof Uint8Array ? `${value.length} bytes` : value,
  );
}

/** `onNetworkData` out of the script with which the host calls it. */
function handlerOf(script: string): string {
  return /SpixiAppSdk\.(\w+)/.exec(script)?.[1] ?? script.slice(0, 40);
}
