import { type RequestOptions, request } from "node:https";
import { kubernetesAudience } from "../tenant/ids";
import type { Answer, TestAzure } from "../testing";

/** What a kubeconfig says of its server: address and authority (PEM). Its user section is never read. */
export type Server = { host: string; port: number; ca: string; text: string };

/** The server of a cluster, from its user credential. */
export async function serverOf(azure: TestAzure, person: string, cluster: string): Promise<Server> {
  const answer = await azure.as(person, "POST", `${cluster}/listClusterUserCredential?api-version=2026-04-01&format=exec`);
  const { kubeconfigs } = answer.body as { kubeconfigs: { value: string }[] };
  const text = Buffer.from(kubeconfigs[0]?.value ?? "", "base64").toString("utf8");
  const [, host = "", port = ""] = /server: https:\/\/([^:]+):(\d+)/.exec(text) ?? [];
  const ca = Buffer.from(/certificate-authority-data: (\S+)/.exec(text)?.[1] ?? "", "base64").toString("utf8");
  return { host, port: Number(port), ca, text };
}

/** A token of a person for the API servers. */
export async function kubernetesToken(azure: TestAzure, person: string): Promise<string> {
  const answer = await azure.control("POST", "/token", { person, scope: `${kubernetesAudience}/.default` });
  return (answer.body as { access_token: string }).access_token;
}

/** One request to an API server: its name is looked up on this machine, as a line in a hosts file would. */
export function ask(
  server: Server,
  token: string | null,
  path: string,
  more: { method?: string; body?: object; ca?: string } = {},
): Promise<Answer> {
  const options: RequestOptions = {
    host: "127.0.0.1",
    port: server.port,
    servername: server.host,
    path,
    method: more.method ?? "GET",
    ca: more.ca ?? server.ca,
    agent: false,
    headers: { host: `${server.host}:${server.port}`, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const body: unknown = text.startsWith("{") ? JSON.parse(text) : undefined;
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(more.body === undefined ? undefined : JSON.stringify(more.body));
  });
}
