/**
 * Why a document may not be fetched from an address, as the end of a sentence that begins with it; undefined when it may: https, without a
 * name and password, on one of these hosts (`download.microsoft.com`, or `host:8443` for another port than 443).
 */
export function addressFault(address: string, hosts: readonly string[]): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) return "is no address.";
  if (url.protocol !== "https:") return "does not begin with https://.";
  if (url.username !== "" || url.password !== "") return "holds a name or password, which would be sent and shown.";
  if (hosts.some((host) => host.toLowerCase() === url.host)) return undefined;
  return `is on the host ${url.host}, which BINDERY_SERVICE_TAGS_HOSTS does not name.`;
}

/** True for what is an address and no path of a file. */
export const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(text);

/** An address without its query, which may hold a signature; a path as it is. */
export const withoutQuery = (address: string): string => (isAddress(address) ? address.replace(/[?#].*$/s, "") : address);
