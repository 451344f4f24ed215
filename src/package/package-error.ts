/** What a build rejects with when there is something that the messenger would refuse, one sentence each. */
export function packageError(problems: readonly string[]): Error {
  return new Error(["The package is not valid:", ...problems].join("\n  "));
}
