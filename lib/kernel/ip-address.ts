import { isIP } from "node:net";

/** Family of an IP address, by Node's own reading: 4 or 6, and undefined for anything else. A zone (`fe80::1%eth0`) is no part of an address here. */
export function addressFamily(text: string): 4 | 6 | undefined {
  const family = text.includes("%") ? 0 : isIP(text);
  return family === 4 || family === 6 ? family : undefined;
}
