import type { Address } from "../../env/host.ts";

/** Somebody in the simulation: a name for people, an address as the messenger has it, a colour. */
export interface Person {
  readonly name: string;
  readonly address: Address;
  readonly color: string;
}

/** As many as the simulator takes, in the order in which they come. Addresses look like real ones. */
export const PEOPLE: readonly Person[] = [
  { name: "Alice", address: "ALiceQ4vT9mWx2nKdR7sYpZ3hB8cUe5fJg1tMa6rNvX", color: "#4a55f0" },
  { name: "Bob", address: "BobHs8KqLw3ZtY6rVn1xCm5dPf9gJe2uAa7TbXkRvQ4", color: "#e8503f" },
  { name: "Carol", address: "CaroLp7Zx5vNm2bQw9eRt4yUi8oPa1sDf6gHj3kLzXc", color: "#1a9a6c" },
  { name: "Dave", address: "DaveK2mB9nV4cX7zL1qW5eR8tY3uJ6hG4fD2sApZxMn", color: "#b8730a" },
  { name: "Erin", address: "ErinT5yU8iP2aS4dF7gH9jK1zX3cV6bN8mQ4wErTyUv", color: "#a13fc4" },
  { name: "Frank", address: "FrankW6eR9tY2uJ5pA8sD1fG4hJ7kL3zX6cV9bNmQwE", color: "#0d8aa6" },
  { name: "Grace", address: "GraceZ1xC4vB7nM2qW5eR8tY3uJ6pA9sD4fG7hJkLzX", color: "#c23a78" },
  { name: "Heidi", address: "HeidiM3nB6vC9xZ2aS5dF8gH1jK4qW7eR3tY6uJpLkN", color: "#5d7a1f" },
];

/** The name of the person with this address; other addresses are shortened. */
export function nameOf(address: Address): string {
  return PEOPLE.find((person) => person.address === address)?.name ?? `${address.slice(0, 8)}…`;
}
