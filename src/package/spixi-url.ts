/**
 * What is wrong with the address of a Mini App's `<id>.spixi` file, one sentence each; none: an
 * invitation that carries it can install the app.
 */
export function problemsOfSpixiUrl(address: string, id: string): string[] {
  const file = `${id}.spixi`;
  if (!URL.canParse(address)) return [`"${address}" is no address; one is https://example.org/${file}.`];
  const url = new URL(address);
  const problems: string[] = [];
  if (url.protocol !== "https:")
    problems.push(`${address} is not https, and the messenger takes nothing else.`);
  if (url.username !== "" || url.password !== "")
    problems.push("The address holds a name or a password, which everybody who is invited could read.");
  if (/[?#]/.test(address))
    problems.push("The address has a query or a fragment: it must be the file's own.");
  // An invitation is `id||url||name`.
  if (address.includes("|")) problems.push('The address holds "|", which parts an invitation.');
  if (!url.pathname.endsWith(`/${file}`)) problems.push(`The address does not end with /${file}.`);
  if (problems.length === 0 && url.href !== address) problems.push(`Write the address as ${url.href}.`);
  return problems;
}
