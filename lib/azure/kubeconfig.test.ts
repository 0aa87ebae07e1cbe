import { describe, expect, test } from "vitest";
import { isBinderyError } from "@/lib/kernel/errors";
import { serverOf } from "./kubeconfig";

const cluster = { name: "aks-prod", fqdn: "aks-prod-1.hcp.EastUS.azmk8s.io", privateFqdn: null };
const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const ca = `    certificate-authority-data: ${Buffer.from(pem).toString("base64")}\n`;
const server = "    server: https://aks-prod-1.hcp.eastus.azmk8s.io:443\n";
const users = "users:\n- name: u\n  user:\n    exec:\n      command: kubelogin\n      args:\n      - --server-id\n";
const written = ({ fields = ca + server, more = "", item = "- cluster:\n", tail = users } = {}) =>
  `apiVersion: v1\nclusters:\n${item}${fields}  name: aks-prod\n${more}contexts:\n- context:\n    cluster: aks-prod\n  name: aks-prod\nkind: Config\npreferences: {}\n${tail}`;

const refusalOf = (text: string): string => {
  try {
    serverOf(text, cluster);
  } catch (error) {
    if (isBinderyError(error, "azure_refused")) return error.message;
    throw error;
  }
  return "taken";
};

describe("a kubeconfig", () => {
  test("gives the server and its authority, and nothing of its users", () => {
    expect(serverOf(written(), cluster)).toEqual({ host: "aks-prod-1.hcp.eastus.azmk8s.io", port: 443, ca: pem });
    expect(serverOf(written().replaceAll("\n", "\r\n"), cluster).ca).toBe(pem);
    expect(serverOf(written({ tail: "users: [&x not, even: yaml\n" }), cluster).port).toBe(443);
    const inner = { ...cluster, fqdn: null, privateFqdn: "AKS-prod-1.hcp.eastus.azmk8s.io" };
    expect(serverOf(written({ fields: ca + server.replace(":443", "") }), inner).port).toBe(443);
  });

  test.each([
    ["another host", "    server: https://evil.example:443\n"],
    ["a host with the cluster's name in front", "    server: https://aks-prod-1.hcp.eastus.azmk8s.io.evil.example\n"],
    ["plain http", "    server: http://aks-prod-1.hcp.eastus.azmk8s.io\n"],
    ["a path", "    server: https://aks-prod-1.hcp.eastus.azmk8s.io/api\n"],
    ["a person before the host", "    server: https://aks-prod-1.hcp.eastus.azmk8s.io@evil.example\n"],
    ["no server", ""],
    ["two servers", server + server],
    ["a value in quotes", server.replace("https", '"https')],
    ["certificates that are not checked", `${server}    insecure-skip-tls-verify: true\n`],
    ["a proxy", `${server}    proxy-url: https://evil.example\n`],
    ["another name in the certificate", `${server}    tls-server-name: evil.example\n`],
    ["an anchor", server.replace("server: ", "server: &a ")],
  ])("with %s is refused", (_what, fields) => {
    expect(refusalOf(written({ fields: ca + fields }))).toMatch(/Nothing was sent/);
  });

  test("with no authority, a second cluster, a second list or a second document is refused", () => {
    expect(refusalOf(written({ fields: server }))).toMatch(/no certificate authority/);
    expect(refusalOf(written({ fields: `    certificate-authority-data: QUJD\n${server}` }))).toMatch(/no certificate authority/);
    expect(refusalOf(written({ more: `- cluster:\n${ca}    server: https://evil.example\n  name: evil\n` }))).toMatch(/Nothing was sent/);
    expect(refusalOf(written({ tail: `${users}clusters:\n- cluster:\n${ca}${server}  name: b\n` }))).toMatch(/one list of clusters/);
    expect(refusalOf(`${written()}---\n${written()}`)).toMatch(/one list of clusters/);
    expect(refusalOf(written({ item: "- cluster: {}\n" }))).toMatch(/Nothing was sent/);
    expect(refusalOf("")).toMatch(/one list of clusters/);
    expect(refusalOf('{"clusters":[]}')).toMatch(/one list of clusters/);
  });

  test("of a cluster that ARM gives no name fits no server", () => {
    expect(() => serverOf(written(), { ...cluster, fqdn: null })).toThrow(/not a name of aks-prod/);
    expect(() => serverOf(written(), { ...cluster, fqdn: "" })).toThrow(/not a name of aks-prod/);
  });
});
