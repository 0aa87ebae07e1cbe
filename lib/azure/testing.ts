import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";
import type { ArmCallNote, AzureCaller, Cluster } from "./types";

/** What a test's server got. */
export type Received = { method: string; path: string; query: URLSearchParams; headers: IncomingHttpHeaders; body: string };
/** What it answers; `reset` breaks the connection instead. */
export type Reply = { status?: number; headers?: Record<string, string>; body?: unknown; delayMs?: number; reset?: true };
export type TestServer = {
  origin: string;
  received: Received[];
  answer: (reply: (request: Received) => Reply) => void;
  close: () => Promise<void>;
};

/** A server for tests that speaks https on a free port of 127.0.0.1. */
export async function startServer(tls: { key: string; cert: string }): Promise<TestServer> {
  const received: Received[] = [];
  let reply: (request: Received) => Reply = () => ({ status: 404, body: { error: { code: "NotFound", message: "Nothing here." } } });
  const server: Server = createServer(tls, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "https://localhost");
      const seen: Received = {
        method: request.method ?? "",
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      received.push(seen);
      const { status = 200, headers = {}, body, delayMs = 0, reset } = reply(seen);
      setTimeout(() => {
        if (reset) return request.socket.destroy();
        response.writeHead(status, { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers });
        response.end(body === undefined ? undefined : JSON.stringify(body));
      }, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    received,
    answer: (next) => {
      received.length = 0;
      reply = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Two servers for a test file, `arm` and one that must never get a token, with settings and a cloud configuration that name `arm` as the
 * ARM endpoint. Call it before anything reads the settings.
 */
export async function startTestCloud(
  more: { kubernetesAddress?: string } = {},
): Promise<{ arm: TestServer; other: TestServer; close: () => Promise<void> }> {
  const tls = await makeCertificate();
  const [arm, other] = await Promise.all([startServer(tls), startServer(tls)]);
  const folder = mkdtempSync(join(tmpdir(), "bindery-cloud-"));
  const caFile = join(folder, "ca.pem");
  const cloudFile = join(folder, "cloud.json");
  writeFileSync(caFile, tls.cert);
  const cloud = {
    name: "Test",
    isAzure: false,
    authorityHost: arm.origin,
    armEndpoint: arm.origin,
    armAudience: "https://management.test",
    kubernetesAudience: "k8s",
    caFile,
    settleMs: 0,
    pollFloorMs: 1,
    ...more,
  };
  writeFileSync(cloudFile, JSON.stringify(cloud));
  Object.assign(process.env, {
    BINDERY_CLOUD_FILE: cloudFile,
    DATABASE_URL: process.env.DATABASE_URL ?? "postgresql://localhost/none",
    BINDERY_TENANT_ID: "11111111-1111-4111-8111-111111111111",
    BINDERY_CLIENT_ID: "22222222-2222-4222-8222-222222222222",
    BINDERY_CLIENT_SECRET: "secret",
    BINDERY_SEALING_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
  });
  return { arm, other, close: async () => void (await Promise.all([arm.close(), other.close()])) };
}

/** A caller for tests, with what it observed. */
export function testCaller(more: Partial<AzureCaller> = {}): AzureCaller & { notes: ArmCallNote[]; claims: (string | undefined)[] } {
  const notes: ArmCallNote[] = [];
  const claims: (string | undefined)[] = [];
  return {
    tid: "11111111-1111-4111-8111-111111111111",
    oid: "33333333-3333-4333-8333-333333333333",
    correlationId: "44444444-4444-4444-8444-444444444444",
    getToken: async (_scopes, options) => {
      claims.push(options?.claims);
      return { token: "a-secret-token", expiresOnTimestamp: Date.now() + 3_600_000 };
    },
    observe: (note) => notes.push(note),
    ...more,
    notes,
    claims,
  };
}

/** A running public cluster with Entra, for tests. */
export function testCluster(more: Partial<Cluster> = {}): Cluster {
  return {
    id: "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedClusters/aks-prod",
    name: "aks-prod",
    subscriptionId: "7b1f0c2e-1111-4222-8333-944445555666",
    resourceGroup: "rg-ml",
    location: "eastus",
    tags: {},
    kubernetesVersion: "1.33.5",
    provisioningState: "Succeeded",
    powerState: "Running",
    fqdn: "aks-prod-1.hcp.eastus.azmk8s.io",
    privateFqdn: null,
    isPrivate: false,
    publicFqdnDisabled: false,
    authorizedIpRanges: null,
    runCommand: "on",
    localAccountsDisabled: true,
    entraManaged: true,
    azureRbac: true,
    outboundType: "loadBalancer",
    nodePools: [],
    identityType: "SystemAssigned",
    resourceUid: "uid",
    ...more,
  };
}

/** A self-signed certificate, its own authority: PEM. */
export async function makeCertificate(name = "localhost"): Promise<{ key: string; cert: string }> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: name },
        ...(name === "localhost" ? [{ type: "ip" as const, value: "127.0.0.1" }] : []),
      ]),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    cert: certificate.toString("pem"),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.replaceAll(/(.{64})/g, "$1\n").trimEnd()}\n-----END PRIVATE KEY-----\n`,
  };
}
