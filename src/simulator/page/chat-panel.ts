import type { ChatKind, HostVersion } from "../chat.ts";
import { choice, el } from "./dom.ts";
import { HOSTS } from "./hosts.ts";

export interface ChatPanelDeps {
  readonly chat: ChatKind;
  /** All phones get this messenger. */
  readonly onHost: (host: HostVersion) => void;
  /** All phones are put into chats of two, or into one group. */
  readonly onChat: (chat: ChatKind) => void;
}

export interface ChatPanel {
  /** Shows which messenger the phones have, where it is the same for all. */
  show(hosts: readonly HostVersion[]): void;
}

const VARIOUS = "various";

/** What is chosen for all phones together: their messenger, and the chat that the app is opened from. */
export function createChatPanel(parent: HTMLElement, { chat, onHost, onChat }: ChatPanelDeps): ChatPanel {
  const host = choice<HostVersion | typeof VARIOUS>(
    "All phones have",
    [...HOSTS, [VARIOUS, "various"]],
    VARIOUS,
    (chosen) => {
      if (chosen !== VARIOUS) onHost(chosen);
    },
  );
  const select = host.querySelector("select")!;
  // Shown where it is so, and nothing that could be chosen.
  select.options[HOSTS.length]!.hidden = true;
  const hint = el("p", { class: "hint" }, "Only the next messenger opens apps in groups.");
  const kinds = choice<ChatKind>(
    "All phones are in",
    [
      ["chat", "chats of two"],
      ["group", "one group"],
      ["blind", "one blind group"],
    ],
    chat,
    (chosen) => {
      shownChat = chosen;
      showHint();
      onChat(chosen);
    },
  );
  let shownChat = chat;
  const showHint = (): void => {
    hint.hidden = shownChat === "chat" || select.value === "next";
  };
  parent.append(host, kinds, hint);
  return {
    show(hosts) {
      select.value = new Set(hosts).size === 1 ? hosts[0]! : VARIOUS;
      showHint();
    },
  };
}
