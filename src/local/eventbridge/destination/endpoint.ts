/**
 * An address that API destinations and OAuth servers may have. AWS demands https; here plain http is allowed to this
 * machine, which is where the servers of a test are.
 */
export function isEndpoint(text: string): boolean {
  // A path may have wildcards, which are no part of a host.
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol === "https:") return true;
  return protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
