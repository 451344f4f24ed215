import type { Address } from "../../env/host.ts";
import type { ChatKind } from "../chat.ts";
import { nameOf } from "./people.ts";

const STARTS: Record<ChatKind, string> = {
  chat: "with",
  group: "in a group with",
  blind: "in a blind group with",
};

/** Whom an app was opened with, and from which kind of chat. */
export function chatText(chat: ChatKind, contacts: readonly Address[]): string {
  return contacts.length === 0 ? "alone" : `${STARTS[chat]} ${contacts.map(nameOf).join(", ")}`;
}
