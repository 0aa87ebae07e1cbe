import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { writePrivate } from "../state/private-file";
import { isStillGood, newAuthority, newServerCertificate } from "./issue";

/** Certificate and key of the https server, PEM, and the file of the authority that signed it. */
export type ServerCertificate = { cert: string; key: string; caFile: string; caPem: string };

/**
 * The certificate for `localhost`, `127.0.0.1` and `::1`, signed by an authority of this state folder. Both are made once and kept (0600);
 * the leaf is made again in its last 30 days. The authority is never installed anywhere: clients get its file by name.
 */
export async function serverCertificate(folder: string): Promise<ServerCertificate> {
  const files = {
    ca: path.join(folder, "ca.pem"),
    caKey: path.join(folder, "ca-key.pem"),
    leaf: path.join(folder, "leaf.pem"),
    leafKey: path.join(folder, "leaf-key.pem"),
  };
  const read = (file: string) => readFileSync(file, "utf8");
  if (!existsSync(files.ca) || !existsSync(files.caKey)) {
    const made = await newAuthority("CN=Local Azure authority, O=Bindery local Azure");
    writePrivate(files.caKey, made.keyPem);
    writePrivate(files.ca, made.certPem);
  }
  if (!existsSync(files.leaf) || !existsSync(files.leafKey) || !isStillGood(read(files.leaf), read(files.ca))) {
    const made = await newServerCertificate({ certPem: read(files.ca), keyPem: read(files.caKey) }, [
      { type: "dns", value: "localhost" },
      { type: "ip", value: "127.0.0.1" },
      { type: "ip", value: "::1" },
    ]);
    writePrivate(files.leafKey, made.keyPem);
    writePrivate(files.leaf, made.certPem);
  }
  return { cert: read(files.leaf), key: read(files.leafKey), caFile: files.ca, caPem: read(files.ca) };
}
