import { expect, test } from "vitest";
import { isRead, isRepeatable } from "./call";
import { type ReadCommand, type ReadCommandId, readCommandOf, textOf } from "./read-commands";

const commands: ReadCommand[] = [
  { id: "workload", parameters: { namespace: "azureml" } },
  { id: "access", parameters: { namespace: "ml-ops-1" } },
  { id: "nodes", parameters: {} },
  { id: "cluster", parameters: {} },
  { id: "cluster-access", parameters: {} },
  { id: "all-pods", parameters: {} },
  { id: "secret", parameters: { namespace: "azureml", name: "tls.azureml" } },
];
const cluster = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks";
const post = (body: unknown, more = "", path = `${cluster}/runCommand`) => ({
  method: "POST" as const,
  url: `https://management.azure.com${path}?api-version=2025-10-01${more}`,
  body: JSON.stringify(body),
});

test("a read command says what it reads, section after section", () => {
  expect(textOf({ id: "access", parameters: { namespace: "azureml" } })).toBe(
    'echo "=== roles"; kubectl get roles -n azureml -o json; echo "=== roleBindings"; kubectl get rolebindings -n azureml -o json; echo "=== serviceAccounts"; kubectl get serviceaccounts -n azureml -o json; echo "=== end"',
  );
  expect(textOf({ id: "secret", parameters: { namespace: "azureml", name: "tls" } })).toContain(
    "kubectl get secrets tls -n azureml -o name;",
  );
});

test("every read command is known again by its text, and is a read that is sent once", () => {
  for (const command of commands) {
    expect(textOf({ ...command, parameters: readCommandOf(textOf(command))?.parameters ?? {} })).toBe(textOf(command));
    expect(readCommandOf(textOf(command))?.id).toBe(command.id);
    for (const token of [{}, { clusterToken: "t" }]) {
      expect(isRead(post({ command: textOf(command), ...token }))).toBe(true);
      expect(isRepeatable(post({ command: textOf(command), ...token }))).toBe(false);
    }
  }
});

test("a name that is missing, or could carry more than a name, makes no command", () => {
  for (const namespace of ["", "Azureml", "a b", "a;reboot", "$(id)", "-A", "a\nb", "x".repeat(64)])
    expect(() => textOf({ id: "workload", parameters: { namespace } })).toThrow(/namespace/);
  expect(() => textOf({ id: "workload", parameters: {} })).toThrow(/namespace/);
  for (const name of ["", "a/b", "a..b", "tls -o yaml", "--all"])
    expect(() => textOf({ id: "secret", parameters: { namespace: "azureml", name } })).toThrow(/name/);
});

test("any other text is no read", () => {
  const whole = textOf({ id: "access", parameters: { namespace: "azureml" } });
  const texts = [
    "kubectl get pods -A -o json",
    "kubectl create namespace ml",
    `${whole}; kubectl delete namespace azureml`,
    `${whole}\n`,
    ` ${whole}`,
    whole.replace("-o json", "-o yaml"),
    whole.replace("roles -n azureml", "secrets -n azureml"),
    whole.replace("rolebindings -n azureml", "rolebindings -n kube-system"),
    whole.replaceAll("azureml", "Azureml"),
    textOf({ id: "secret", parameters: { namespace: "azureml", name: "tls" } }).replace("-o name", "-o json"),
    "",
  ];
  for (const command of texts) {
    expect(readCommandOf(command), command).toBeNull();
    expect(isRead(post({ command })), command).toBe(false);
  }
});

test("a read command with anything beside it, or at another address, is no read", () => {
  const command = textOf({ id: "nodes", parameters: {} });
  expect(isRead(post({ command, context: "UEsDBA==" }))).toBe(false);
  expect(isRead(post({ command, clusterToken: 1 }))).toBe(false);
  expect(isRead(post([command]))).toBe(false);
  expect(isRead({ ...post({ command }), body: command })).toBe(false);
  expect(isRead({ ...post({ command }), body: undefined })).toBe(false);
  expect(isRead(post({ command }, "&x=1"))).toBe(false);
  expect(isRead({ ...post({ command }), method: "PUT" })).toBe(false);
  for (const path of [`${cluster}/start`, `${cluster}/runCommand/x`, `${cluster}/agentPools/a/runCommand`, "/providers/x/runCommand"])
    expect(isRead(post({ command }, "", path)), path).toBe(false);
});

test("of the credentials of a cluster only those that hold none are a read", () => {
  const url = (action: string, query: string) => `https://management.azure.com${cluster}/${action}?api-version=2025-10-01${query}`;
  const isPostRead = (action: string, query: string, body?: string) =>
    isRead({ method: "POST", url: url(action, query), ...(body === undefined ? {} : { body }) });
  expect(isPostRead("listClusterUserCredential", "&format=exec")).toBe(true);
  expect(isPostRead("LISTCLUSTERUSERCREDENTIAL", "&server-fqdn=aks.example&format=exec")).toBe(true);
  for (const query of ["", "&format=azure", "&format=EXEC", "&format=exec&format=azure", "&format=exec&x=1"])
    expect(isPostRead("listClusterUserCredential", query), query).toBe(false);
  expect(isPostRead("listClusterUserCredential", "&format=exec", "{}")).toBe(false);
  for (const action of ["listClusterAdminCredential", "listClusterMonitoringUserCredential", "stop", "rotateClusterCertificates"])
    expect(isPostRead(action, "&format=exec"), action).toBe(false);
});

test("the table's ids are those that are tested here", () => {
  const tested: Record<ReadCommandId, true> = {
    workload: true,
    access: true,
    nodes: true,
    cluster: true,
    "cluster-access": true,
    "all-pods": true,
    secret: true,
  };
  expect(commands.map(({ id }) => id)).toEqual(Object.keys(tested));
});
