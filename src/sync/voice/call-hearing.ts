/*
 * What contacts say of calls, and what comes of it. Rules: PROTOCOL.md, S21.
 */
import { slotOf } from "../../board/document/slot.ts";
import type { Address } from "../../env/host.ts";
import type { OpenLink } from "../link/link.ts";
import type { Frame } from "../wire/frame.ts";
import type { VoiceFrame } from "../wire/voice-codec.ts";
import { answer, enter, isDead, join, over, remember, say, sayState, STAMP_MASK } from "./call-state.ts";
import type { CallState } from "./call-state.ts";
import { noteBusy, noteRing, receiveMissed, tellOwn } from "./missed-calls.ts";

/** So long after one call the same person's next does not ring; longer where it was declined. */
const QUIET_MS = 3000;

export function receive(state: CallState, link: OpenLink, from: number, frame: Frame & VoiceFrame): void {
  const { address } = link;
  const { call, what } = frame;
  switch (what) {
    case "ring":
      return receiveRing(state, link, from, call);
    case "in":
      return receiveIn(state, link, from, frame);
    case "declined":
      state.missed.reached(call, address);
      return refused(state, address, call);
    case "busy":
      return refused(state, address, call);
    case "end":
      // Who says so knows of the call.
      state.missed.reached(call, address);
      if (state.running.get(address)?.call === call) state.running.delete(address);
      return left(state, address, call);
    case "missed":
      return receiveMissed(state, link, frame);
    case "talk":
    case "offer":
    case "answer":
  }
}

/** With two people. In a group others may take it. */
function refused(state: CallState, address: Address, call: number): void {
  if (state.phase !== "ringing" || state.call !== call || state.deps.links.length > 1) return;
  over(state, "end");
  state.deps.told({ what: "declined", address });
}

function receiveRing(state: CallState, link: OpenLink, from: number, call: number): void {
  const { deps, phase } = state;
  const { address } = link;
  const now = deps.clock.now();
  const past = state.over.get(call);
  if (past === "end" && phase === "talking") return sayState(state);
  if (past !== undefined) return answer(state, link, { call, what: past });
  if (phase === "rung" && state.call === call) state.heardAt = now;
  else if (phase === "ringing") {
    // Both pressed: the lower number is their call.
    enter(state, Math.min(call, state.call));
    if (state.call !== call) remember(state, call, "end");
    join(state, link, from);
    deps.changed();
  } else if (phase === "talking") {
    // Who rings anew left what it was in before.
    if (state.call !== call && deps.links.length === 1) left(state, address, state.call);
    if (state.phase === "talking") {
      if (state.call === call) noteRing(state, call, address, false);
      sayState(state);
    } else receiveRing(state, link, from, call);
  } else if (phase === "idle" && !deps.canTalk()) {
    remember(state, call, "busy");
    answer(state, link, { call, what: "busy" });
    noteBusy(state, call, address);
  } else if (phase === "idle" && (state.quiet.get(address) ?? 0) <= now) {
    noteRing(state, call, address, true);
    Object.assign(state, { phase: "rung", call, by: address, since: now, heardAt: now });
    state.plan();
    deps.changed();
  }
}

function receiveIn(
  state: CallState,
  link: OpenLink,
  from: number,
  { call, stamp, echo, direct }: VoiceFrame & { readonly what: "in" },
): void {
  const { deps, phase } = state;
  const { address } = link;
  const now = deps.clock.now();
  state.missed.reached(call, address);
  if (isDead(state, call)) return answer(state, link, { call, what: "end" });
  if (phase === "idle" || phase === "rung") {
    const isNew = state.running.get(address)?.call !== call;
    state.running.set(address, { call, at: now });
    // In a group the one who rang may be in the call by now.
    if (phase === "rung" && state.call === call) state.heardAt = now;
    if (isNew) deps.changed();
    return;
  }
  // Whoever pressed wants to talk to those who are on this board: of two calls the lower number stays.
  if (call !== state.call && phase === "talking" && call > state.call) return;
  if (call !== state.call || phase === "ringing") enter(state, call);
  const isNew = !state.members.has(address) || state.members.get(address)?.direct !== direct;
  const member = join(state, link, from);
  member.direct = direct;
  member.stamp = { said: stamp, at: now };
  if (echo?.slot === slotOf(deps.own))
    member.roundTrip = Math.max(0, ((now - echo.stamp) & STAMP_MASK) - echo.held);
  if (isNew) deps.changed();
}

export function left(state: CallState, address: Address, call: number): void {
  if (state.phase === "rung" && state.call === call && state.by === address) return missed(state);
  if (state.phase !== "talking" || state.call !== call || !state.members.delete(address)) return;
  if (state.members.size > 0) return state.deps.changed();
  say(state, { call, what: "end" });
  over(state, "end");
  state.deps.told({ what: "ended", address });
}

/** Who rang gave up. */
export function missed(state: CallState): void {
  const { by, call, deps } = state;
  over(state, "end");
  state.quiet.set(by!, deps.clock.now() + QUIET_MS);
  const own = state.missed.get(call);
  // Where nobody looks it is told when somebody does.
  if (own?.isOwn && deps.isLooking()) tellOwn(state, own);
}

export function linksChanged(state: CallState): void {
  for (const { address, state: stateOf, session } of state.deps.links) {
    const member = state.members.get(address);
    if (member && (stateOf() !== "here" || session() !== member.session)) left(state, address, state.call);
    if (stateOf() !== "here") state.running.delete(address);
  }
  if (state.missed.all().length > 0) state.plan();
}
