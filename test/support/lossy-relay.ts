/*
 * A network between two sockets that loses and delays: each is told the other's address here, and what comes there goes
 * on to the other one, or does not, or comes later than what was sent after it.
 */
import { createSocket } from "node:dgram";
import type { RemoteInfo, Socket } from "node:dgram";
import { networkInterfaces } from "node:os";
import { createPrng } from "../../src/base/prng.ts";

export interface LossyRelay {
  /** Of this device, as other programs reach it. */
  readonly address: string;
  /** Where the first of the two is reached by the second one, and the second one by the first. */
  readonly ports: readonly [first: number, second: number];
  close(): void;
}

export interface Faults {
  /** 0 .. 1 */
  readonly loss: number;
  /** Milliseconds: at least so late, and up to so much later, each by itself. */
  readonly latency: number;
  readonly jitter: number;
}

/** Who sent last is who is meant, unless somebody else has just sent. */
const SILENT_MS = 2000;

/** Undefined: this device has no address but its own for itself. */
export async function openLossyRelay({ loss, latency, jitter }: Faults): Promise<LossyRelay | undefined> {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const address = addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address;
  if (address === undefined) return undefined;
  const prng = createPrng(1);
  const sockets = [createSocket("udp4"), createSocket("udp4")] as const;
  const peers: ({ readonly info: RemoteInfo; readonly at: number } | undefined)[] = [undefined, undefined];
  const timers = new Set<NodeJS.Timeout>();
  const carry = (which: 0 | 1, packet: Buffer, info: RemoteInfo): void => {
    // What comes at the address of the one is from the other.
    const sender = which === 0 ? 1 : 0;
    const known = peers[sender];
    if (!known || known.info.port === info.port || Date.now() - known.at > SILENT_MS)
      peers[sender] = { info, at: Date.now() };
    if (prng.chance(loss)) return;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        const to = peers[which]?.info;
        if (to) sockets[sender].send(packet, to.port, to.address);
      },
      latency + prng.below(jitter + 1),
    );
    timers.add(timer);
  };
  const bind = (socket: Socket): Promise<number> =>
    new Promise((resolve) => {
      socket.bind(0, address, () => resolve(socket.address().port));
    });
  const ports = [await bind(sockets[0]), await bind(sockets[1])] as const;
  sockets[0].on("message", (packet, info) => carry(0, packet, info));
  sockets[1].on("message", (packet, info) => carry(1, packet, info));
  return {
    address,
    ports,
    close() {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.close();
    },
  };
}
