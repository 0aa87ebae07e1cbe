import { expect, test } from "vitest";
import { lintSettings } from "./lint";
import { inputOf, parsePaste, pasteLimit } from "./paste";

const rulesOf = (text: string): string[] => parsePaste(text).findings.map(({ rule }) => rule);
const head = "az k8s-extension create";

/** The commands of the field report, in its spelling. */
const report = {
  create:
    "az k8s-extension create --name AzureML --extension-type Microsoft.AzureML.Kubernetes --config enableTraining=True enableInference=True inferenceRouterServiceType=LoadBalancer allowInsecureConnections=True InferenceRouterHA=False --cluster-type managedClusters --cluster-name aks-chaos-mesh-aks --resource-group aks-chaos-mesh-rg --scope cluster",
  protect: "–config-protected sslCertPemfile=<file-path-to-cert-PEM> sslKeyPemFile=<file-path-to-cert-Key>.",
  others: [
    "az login",
    "az extension add --name aks-preview",
    "az extension update --name aks-preview",
    'az feature register --namespace "Microsoft.ContainerService" --name "TrustedAccessPreview"',
    'az feature show --namespace "Microsoft.ContainerService" --name "TrustedAccessPreview"',
    "az provider register --namespace Microsoft.ContainerService",
    "kubectl get pods -A",
    "kubectl get roles -n azureml",
    "az aks trustedaccess rolebinding create -g aks-chaos-mesh-rg --cluster-name aks-chaos-mesh-aks -n ml-binding --roles Microsoft.MachineLearningServices/workspaces/mlworkload",
  ],
};

test("the report's command is read as it stands, its slip and all", () => {
  expect(parsePaste(report.create)).toEqual({
    name: "AzureML",
    clusterType: "managedClusters",
    cluster: "aks-chaos-mesh-aks",
    resourceGroup: "aks-chaos-mesh-rg",
    subscription: null,
    scope: "cluster",
    version: null,
    releaseTrain: null,
    autoUpgrade: null,
    settings: {
      enableTraining: "True",
      enableInference: "True",
      inferenceRouterServiceType: "LoadBalancer",
      allowInsecureConnections: "True",
      InferenceRouterHA: "False",
    },
    protected: {},
    findings: [],
  });
  expect(lintSettings(inputOf(parsePaste(report.create))).map(({ rule }) => rule)).toEqual(["misspelt-key", "public-http", "name-case"]);
});

test("its switch to production is read through the dash that is none", () => {
  const paste = parsePaste(report.protect);
  expect(Object.keys(paste.protected)).toEqual(["sslCertPemfile", "sslKeyPemFile"]);
  expect(paste.settings).toEqual({});
  expect(paste.findings.map(({ rule }) => rule)).toEqual(["paste-no-command", "paste-dashes"]);
});

test("both together say what is wrong with them", () => {
  const paste = parsePaste(`${report.create} ${report.protect}`);
  expect(lintSettings(inputOf(paste)).flatMap(({ rule, level }) => (level === "error" ? [rule] : []))).toEqual([
    "insecure-with-tls",
    "half-pair",
    "not-uploaded",
    "misspelt-key",
    "misspelt-key",
    "not-sealed",
  ]);
});

test.each(report.others)("another command is not taken for this one: %s", (text) => {
  const paste = parsePaste(text);
  expect(paste).toMatchObject({ name: null, settings: {}, protected: {} });
  expect(paste.findings).toMatchObject([{ rule: "paste-other-command", level: "error" }]);
});

test("the command is found among others, and ends where it ends", () => {
  const text = [...report.others, report.create, "", "Now once we run this, look at --config a=b.", "kubectl get pods -A", "az login"].join(
    "\n",
  );
  expect(parsePaste(text)).toEqual(parsePaste(report.create));
  expect(parsePaste(`$ ${report.create}; echo x=y`).settings).toEqual(parsePaste(report.create).settings);
  expect(parsePaste(`PS C:\\> ${report.create} | Out-Null`).settings).toEqual(parsePaste(report.create).settings);
  expect(rulesOf(`${report.create}\n${report.create}`)).toEqual(["paste-several"]);
  expect(parsePaste(`# az k8s-extension create --name old\n${report.create}`).name).toBe("AzureML");
});

const wanted = { enableTraining: "True", enableInference: "True", sslCname: "ml.contoso.com" };

test.each([
  [
    "bash",
    `${head} --name azureml \\\n  --config enableTraining=True \\\n    enableInference=True \\\n sslCname=ml.contoso.com \\\n -g rg`,
  ],
  [
    "PowerShell",
    `${head} --name azureml \`\r\n  --config enableTraining=True \`\r\n enableInference=True \`\r\n sslCname=ml.contoso.com \`\r\n -g rg`,
  ],
  [
    "cmd",
    `${head} --name azureml ^\r\n  --config enableTraining=True ^\r\n enableInference=True ^\r\n sslCname=ml.contoso.com ^\r\n -g rg`,
  ],
  [
    "bash with spaces behind the backslash",
    `${head} --name azureml \\  \n --config enableTraining=True enableInference=True \\\t\nsslCname=ml.contoso.com -g rg`,
  ],
  [
    "lines that nothing joins",
    `${head} --name azureml\n  --config enableTraining=True\n    enableInference=True\n\n  # the name\n  sslCname=ml.contoso.com\n  –g rg`,
  ],
  [
    "repeated options",
    `${head} -n azureml --config enableTraining=True --config enableInference=True --configuration-settings sslCname=ml.contoso.com -g rg`,
  ],
  [
    "options with an equals sign",
    `${head} --name=azureml --config=enableTraining=True enableInference=True sslCname=ml.contoso.com --resource-group=rg`,
  ],
  ["quotes", `${head} --name "azureml" --config "enableTraining=True" 'enableInference=True' sslCname="ml.contoso.com" -g 'rg'`],
  ["curly quotes", `${head} —name “azureml” ––config “enableTraining=True” ‘enableInference=True’ sslCname=“ml.contoso.com” −g rg`],
  [
    "odd spaces",
    `az\u00a0k8s-extension\u00a0create --name\u200b azureml --config enableTraining=True\u00a0enableInference=True sslCname=ml.contoso.com -g rg`,
  ],
  [
    "equals signs that stand apart",
    `${head} --name azureml --config enableTraining = True enableInference= True sslCname =ml.contoso.com -g rg`,
  ],
  ["options in capitals", `${head} --Name azureml --Config enableTraining=True enableInference=True sslCname=ml.contoso.com -G rg`],
  [
    "a command on two lines",
    `az \\\n k8s-extension \\\n create --name azureml --config enableTraining=True enableInference=True sslCname=ml.contoso.com -g rg`,
  ],
])("%s", (_, text) => {
  expect(parsePaste(text)).toMatchObject({ name: "azureml", resourceGroup: "rg", settings: wanted, protected: {} });
});

test("marks of a web page are mended, and spoken of", () => {
  expect(rulesOf(`${head} —name “azureml” –g rg`)).toEqual(["paste-typographic", "paste-dashes"]);
  expect(rulesOf(`${head} --name azureml -g rg`)).toEqual([]);
});

test("pairs outside --config are settings all the same", () => {
  const paste = parsePaste(`${head} --name azureml openshift=True --no-wait --scope cluster enableTraining=True --debug foo=1`);
  expect(paste).toMatchObject({ name: "azureml", scope: "cluster", settings: { openshift: "True", enableTraining: "True", foo: "1" } });
  expect(paste.findings.map(({ rule, key }) => `${rule} ${key}`)).toEqual([
    "paste-reattached openshift",
    "paste-reattached enableTraining",
    "paste-reattached foo",
  ]);
});

test("options that do not matter here take their own words along", () => {
  const paste = parsePaste(`${head} -o table --query provisioningState --yes --output a=b --config enableTraining=True`);
  expect(paste).toMatchObject({ settings: { enableTraining: "True" }, findings: [] });
});

test("an equals sign that stands apart is found behind any key that may be meant", () => {
  expect(parsePaste(`${head} --config EnableTraining = True privateEndpointILB = False`).settings).toEqual({
    EnableTraining: "True",
    privateEndpointILB: "False",
  });
  expect(parsePaste(`${head} --config unheardOf = 1 enableTraining =True`)).toMatchObject({
    settings: { unheardOf: "1", enableTraining: "True" },
    findings: [],
  });
  expect(rulesOf(`${head} --config enableTraining=True unheardOf =1`)).toEqual(["paste-strays"]);
});

test("an option without its value does not swallow a setting", () => {
  const paste = parsePaste(`${head} --name --cluster-name enableTraining=True --scope cluster`);
  expect(paste).toMatchObject({ name: null, cluster: null, scope: "cluster", settings: { enableTraining: "True" } });
  expect(paste.findings.map(({ rule }) => rule)).toContain("paste-no-value");
});

test("pairs alone are read, prose and all", () => {
  expect(parsePaste("enableTraining=True\nenableInference=True sslCname=ml.contoso.com").settings).toEqual(wanted);
  const prose = parsePaste("Don't forget: set enableTraining=True, and that's it (see https://x.example/?a=b).");
  expect(prose.settings).toHaveProperty("enableTraining");
  expect(Object.keys(prose.settings)).toHaveLength(1);
});

test("secrets are kept apart, by their option or by their key", () => {
  const paste = parsePaste(
    `${head} --config enableTraining=True sslKeyPemFile=./key.pem azure_log_analytics.connection_string=abc --config-protected sslCertPemFile=./cert.pem own=1 --scope cluster sslkeypemfile=x myToken=y`,
  );
  expect(paste.settings).toEqual({ enableTraining: "True" });
  expect(Object.keys(paste.protected)).toEqual([
    "sslKeyPemFile",
    "azure_log_analytics.connection_string",
    "sslCertPemFile",
    "own",
    "sslkeypemfile",
    "myToken",
  ]);
  expect(paste.findings.filter(({ rule }) => rule === "paste-moved").map(({ key }) => key)).toEqual([
    "sslKeyPemFile",
    "azure_log_analytics.connection_string",
  ]);
  expect(JSON.stringify(paste.findings)).not.toMatch(/key\.pem|abc|"y"/);
});

test("a private key in the text is left out and never repeated", () => {
  const key = `-----BEGIN PRIVATE KEY-----\n${"QUJD".repeat(16)}\nQUJD==\n-----END PRIVATE KEY-----`;
  for (const text of [
    `${head} --config enableTraining=True --config-protected sslKeyPemFile="${key}" --scope cluster`,
    `${head} --config enableTraining=True --scope cluster --config-protected sslKeyPemFile=${key}`,
    `${head} --config enableTraining=True --scope cluster --config-protected sslKeyPemFile=${key.slice(0, 60)}`,
  ]) {
    const paste = parsePaste(text);
    expect(paste).toMatchObject({ scope: "cluster", settings: { enableTraining: "True" } });
    expect(Object.keys(paste.protected)).toEqual(["sslKeyPemFile"]);
    expect(paste.findings).toMatchObject([{ rule: "paste-secret", level: "error" }]);
    expect(JSON.stringify(paste)).not.toContain("QUJD");
  }
});

test("Base64 and other words that are no pairs are counted, not repeated", () => {
  const paste = parsePaste(`${head} --config-protected sslCertPemFile=a ${"QUJD".repeat(20)}== s3cret --config enableTraining=True`);
  expect(Object.keys(paste.protected)).toEqual(["sslCertPemFile"]);
  expect(paste.findings).toMatchObject([{ rule: "paste-strays", message: expect.stringContaining("2 words") }]);
  expect(JSON.stringify(paste)).not.toMatch(/QUJD|s3cret/);
});

test("nothing is run or read: files, variables and substitutions are spoken of", () => {
  const paste = parsePaste(
    `${head} --name $NAME -g $(az group list -o tsv) --cluster-name <cluster name> --config-settings-file ./a.json --config-protected-file b.json --config sslCname=$CNAME`,
  );
  expect(paste).toMatchObject({ name: null, resourceGroup: null, cluster: null, settings: { sslCname: "$CNAME" } });
  expect(paste.findings.map(({ rule }) => rule)).toEqual([
    "paste-file",
    "paste-file",
    "paste-placeholder",
    "paste-placeholder",
    "paste-placeholder",
  ]);
  expect(lintSettings(inputOf(paste)).map(({ rule }) => rule)).toContain("placeholder");
});

test("version, train and upgrade are read", () => {
  const paste = parsePaste(
    `${head} --version 1.1.60 --release-train Preview --auto-upgrade-minor-version False --subscription s1 --config enableTraining=True`,
  );
  expect(paste).toMatchObject({ version: "1.1.60", releaseTrain: "Preview", autoUpgrade: false, subscription: "s1" });
  expect(inputOf(paste)).toMatchObject({ version: "1.1.60", releaseTrain: "Preview", autoUpgrade: false });
  expect(parsePaste(`${head} --auto-upgrade --scope cluster`).autoUpgrade).toBe(true);
  expect(rulesOf(`${head} --auto-upgrade maybe --scope cluster`)).toEqual(["paste-auto-upgrade"]);
});

test.each([
  ["another extension", "--extension-type Microsoft.Dapr", "paste-extension-type", "error"],
  ["an Arc cluster", "--cluster-type connectedClusters", "paste-arc", "error"],
  ["one namespace", "--scope namespace", "paste-scope", "error"],
  ["a target namespace", "--target-namespace ml", "paste-scope", "error"],
  ["another release namespace", "--release-namespace ml", "paste-namespace", "info"],
  ["an unknown option", "--replicas 3", "paste-unknown-option", "warning"],
  ["a quote that is not closed", "--cluster-name 'x", "paste-unclosed-quote", "warning"],
  ["a key given twice", "--config enableTraining=False", "paste-twice", "warning"],
])("%s is spoken of", (_, more, rule, level) => {
  expect(parsePaste(`${head} --config enableTraining=True ${more}`).findings).toMatchObject([{ rule, level }]);
});

test("an update is read as if it were new, and says so", () => {
  expect(parsePaste("az k8s-extension update -n azureml --config enableTraining=False")).toMatchObject({
    settings: { enableTraining: "False" },
    findings: [{ rule: "paste-update" }],
  });
});

test("quoting is a shell's", () => {
  const value = (text: string) => parsePaste(`${head} --config a=${text} --scope cluster`).settings.a;
  expect(value(`'it'\\''s'`)).toBe("it's");
  expect(value(`"a \\"b\\" \\$c"`)).toBe('a "b" $c');
  expect(value(`"C:\\certs\\x"`)).toBe("C:\\certs\\x");
  expect(value(`kubernetes\\.io/os`)).toBe("kubernetes.io/os");
  expect(value(`x=y=z`)).toBe("x=y=z");
  expect(value(`""`)).toBe("");
  expect(value(`it's`)).toBe("it's");
  const powershell = (text: string) => parsePaste(`${head} \`\n--config a=${text} \`\n--scope cluster`).settings.a;
  expect(powershell(`C:\\certs\\key.pem`)).toBe("C:\\certs\\key.pem");
  expect(powershell("'it''s'")).toBe("it's");
  expect(powershell('"say `"x`""')).toBe('say "x"');
});

test("long texts are refused and empty ones answered, and none makes the reader run away", () => {
  expect(parsePaste("x".repeat(pasteLimit + 1)).findings).toMatchObject([{ rule: "paste-too-long", level: "error" }]);
  expect(rulesOf("")).toEqual(["paste-no-command", "paste-empty"]);
  // Each would take minutes if reading it grew with the square of its length.
  const answers: unknown[] = [];
  for (const piece of ["\n", "'", '"', "`\n", "<", "$(", "-", "az ", `${head} `, "#\n", "a=", "= ", "\\ ", '\\"', "-----BEGIN A-----"])
    answers.push(parsePaste(piece.repeat(pasteLimit / piece.length)).findings);
  for (const piece of ["\n", "'", "#\n", "$(", '"\\', "< "])
    answers.push(parsePaste(`${head} ${piece.repeat((pasteLimit - 30) / piece.length)}`).findings);
  expect(answers).toEqual(answers.map(() => expect.arrayContaining([expect.objectContaining({ rule: expect.any(String) })])));
});
