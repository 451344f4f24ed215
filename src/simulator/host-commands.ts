/*
 * What the host does for a command of its page: sends a message, reads or writes its storage. Whatever
 * throws while a command is read or run, the host shows in a modal dialog.
 */
import { encodeBase64 } from "../base/bytes.ts";
import type { Address } from "../env/host.ts";
import type { Chat } from "./chat.ts";
import type { HostCommand } from "./dotnet.ts";
import type { UnstampedEvent } from "./events.ts";
import type { HostStorage } from "./host-storage.ts";
import type { Uplink } from "./network.ts";
import type { PageCalls } from "./page-calls.ts";

export interface HostCommandsDeps {
  /** The person's own address, and the page, as events name them. */
  readonly where: { readonly phone: Address; readonly page: number };
  readonly appId: string;
  readonly chat: Chat;
  readonly storage: HostStorage;
  readonly uplink: Uplink;
  readonly answer: PageCalls["answer"];
  readonly emit: (event: UnstampedEvent) => void;
}

/**
 * What the messenger does with the person's wallet and names, each time after asking the person. Here the
 * person always says no: a payment is then answered, the others are not.
 */
const UNSUPPORTED: ReadonlyMap<string, "answered" | "silent"> = new Map([
  ["auth", "silent"],
  ["registerName", "silent"],
  ["updateName", "silent"],
  ["extendName", "silent"],
  ["updateCapacity", "silent"],
  ["sendPayment", "answered"],
]);

const TABLE_NAME = /^[A-Za-z0-9_-]+$/;

/** Runs commands; `url`: as it came. */
export function createHostCommands(deps: HostCommandsDeps): (command: HostCommand, url: string) => void {
  const { where, appId, chat, storage, uplink, answer, emit } = deps;

  const send = ({ text, recipient, protocol }: HostCommand & { c: "ds" }, url: string): void => {
    const reached = chat.recipients(recipient);
    if (reached.to) {
      for (const to of reached.to) {
        uplink.send({ kind: "data", from: where.phone, to, appId, protocol, text });
      }
    } else if (reached.as === "alert") emit({ type: "alert", ...where, text: reached.why });
    else emit({ type: "rejected", ...where, url, why: reached.why });
  };

  const useStorage = (command: HostCommand & { c: "getStorage" | "setStorage" }): void => {
    const { table, key, id } = command;
    if (!TABLE_NAME.test(table)) return answer(id, { e: "invalid table" });
    if (command.c === "getStorage") {
      const value = storage.get(table, key);
      emit({ type: "storage-read", ...where, table, key, bytes: value?.length ?? 0 });
      return answer(id, { r: value ? encodeBase64(value) : "null" });
    }
    const { value } = command;
    if (!value) return answer(id, { e: "invalid value" });
    storage.set(table, key, value);
    emit({ type: "storage-write", ...where, table, key, bytes: value.length });
    return answer(id, { r: encodeBase64(value) });
  };

  const refuse = ({ name, fields, id }: HostCommand & { c: "other" }): void => {
    const refusal = UNSUPPORTED.get(name);
    if (!refusal) return emit({ type: "alert", ...where, text: `unknown command ${name}`, fields });
    emit({ type: "unsupported", ...where, command: name, fields });
    if (refusal === "answered" && id !== undefined) answer(id, { e: "rejected" });
  };

  return (command, url) => {
    if (command.c === "ds") send(command, url);
    else if (command.c === "other") refuse(command);
    else useStorage(command);
  };
}
