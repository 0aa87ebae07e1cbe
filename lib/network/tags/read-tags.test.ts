import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { armOf, armTag, azureMl, eastUs, eastUsIpv6, fileOf, fileTag, readWeeklyFile, weeklyFile, westUs } from "../testing";
import { readServiceTags } from "./read-tags";
import { locationOf } from "./region";
import type { TagSnapshot } from "./snapshot";

const read = (text: string) => readServiceTags(text, { cloud: "Public" });
function snapshotOf(text: string): TagSnapshot {
  const reading = read(text);
  if ("faults" in reading) throw new Error(reading.faults.map(({ text }) => text).join("\n"));
  return reading.snapshot;
}
const faultsOf = (text: string) => {
  const reading = read(text);
  return "faults" in reading ? reading.faults : [];
};
const withPrefix = (...prefixes: unknown[]): string =>
  fileOf([fileTag("AzureMachineLearning.EastUS", "eastus", ["20.42.0.240/28", ...prefixes])]);

it("reads the weekly file's shape", () => {
  const snapshot = snapshotOf(fileOf([azureMl.eastUs, azureMl.westUs, fileTag("AzureMachineLearning", "", [...eastUs])]));
  expect(snapshot).toMatchObject({ cloud: "Public", changeNumber: 376, skipped: [] });
  expect(snapshot.tags[0]).toEqual({
    name: "AzureMachineLearning.EastUS",
    service: "AzureMachineLearning",
    region: "eastus",
    changeNumber: 3,
    prefixes: [...eastUs, eastUsIpv6],
  });
  expect(snapshot.tags.map(({ region }) => region)).toEqual(["eastus", "westus", null]);
});

it("gives the same content the same hash, from ARM or the file, in any order and spelling", () => {
  const file = snapshotOf(fileOf([azureMl.eastUs, azureMl.westUs]));
  const arm = snapshotOf(
    armOf([
      armTag("AzureMachineLearning.WestUS", "westus", ["2603:1030:A07:0::300/122", ...westUs.toReversed()]),
      armTag("AzureMachineLearning.EastUS", "eastus", [...eastUs, eastUsIpv6], "4"),
    ]),
  );
  expect(arm.hash).toBe(file.hash);
  expect(arm.changeNumber).toBe(63);
  expect(arm.tags.find(({ region }) => region === "westus")?.prefixes).toEqual([...westUs, "2603:1030:a07::300/122"]);
  expect(snapshotOf(fileOf([azureMl.eastUs])).hash).not.toBe(file.hash);
  expect(snapshotOf(withPrefix("20.42.2.0/24")).hash).not.toBe(snapshotOf(withPrefix("20.42.3.0/24")).hash);
});

it("hashes the same bytes as ever, so that what is stored is known again: a line for the cloud, each tag and each range", () => {
  const { hash } = snapshotOf(fileOf([fileTag("B.EastUS", "eastus", ["20.42.2.0/24", "2603:1030::/40"]), fileTag("A", "", [])]));
  expect(hash).toBe(createHash("sha256").update("public\na\nb.eastus\n20.42.2.0/24\n2603:1030::/40\n").digest("hex"));
});

it("takes the change number from where ARM puts it, and a byte order mark as nothing", () => {
  const { changeNumber: _, ...properties } = azureMl.eastUs.properties;
  const text = armOf([{ ...azureMl.eastUs, serviceTagChangeNumber: "9", properties }]);
  expect(snapshotOf(`\uFEFF${text}`).tags[0]?.changeNumber).toBe(9);
});

it("leaves out what stands for the platform of a host", () => {
  const { tags, skipped } = snapshotOf(fileOf([azureMl.eastUs, fileTag("AzurePlatformIMDS", "", ["169.254.169.254/32"])]));
  expect(tags.length).toBe(1);
  expect(skipped).toEqual(["AzurePlatformIMDS"]);
});

describe("a range that it refuses", () => {
  it.each([
    ["20.42.0.241/28", "Write 20.42.0.240/28"],
    ["10.0.0.0/16", "10.0.0.0/8, Private-Use in IANA's registry"],
    ["fd00::/32", "Unique-Local"],
    ["169.254.169.254/32", "Link Local"],
    ["0.0.0.0/0", "every address there is"],
    ["::/0", "every address there is"],
    ["20.0.0.0/7", "wider than a /8"],
    ["2603::/16", "wider than a /20"],
    ["20.42.0.240/28", "it is in this tag already, as range 1"],
    ["20.42.0.240", "no prefix length"],
    ["AzureCloud", "neither an IPv4 nor an IPv6 address"],
    [7, "it is no text"],
    ["1".repeat(100), "too long"],
  ])("%j", (prefix, says) => {
    const [fault, ...others] = faultsOf(withPrefix(prefix));
    expect(others).toEqual([]);
    expect(fault?.text).toContain("AzureMachineLearning.EastUS, range 2: ");
    expect(fault?.text).toContain(says);
    expect(fault).toMatchObject({ tag: "AzureMachineLearning.EastUS", index: 1, line: 16, column: 11 });
  });

  it("a spelling that it knows otherwise is no fault, and found again when it is there twice", () => {
    expect(snapshotOf(withPrefix("2603:1030:0210:1::2C0/122")).tags[0]?.prefixes.at(-1)).toBe(eastUsIpv6);
    expect(faultsOf(withPrefix(eastUsIpv6, "2603:1030:0210:1::2C0/122"))[0]).toMatchObject({ index: 2 });
  });
});

describe("what a document says of a tag's region and service", () => {
  it("counts for nothing in a tag of Azure ML, whose name says which region it is of", () => {
    const { tags } = snapshotOf(
      fileOf([
        fileTag("AzureMachineLearning.WestEurope", "", ["20.1.0.0/24"]),
        fileTag("AzureMachineLearning", "northeurope", ["20.1.0.0/24", "20.2.0.0/24"]),
      ]),
    );
    expect(tags.map(({ name, region }) => [name, region])).toEqual([
      ["AzureMachineLearning.WestEurope", "westeurope"],
      ["AzureMachineLearning", null],
    ]);
  });

  it("is taken from no other tag where it is no name", () => {
    const odd = fileTag("A", "east\u0000us", ["20.1.0.0/24"]);
    const { tags } = snapshotOf(fileOf([{ ...odd, properties: { ...odd.properties, systemService: "x\u0000\ud800" } }]));
    expect(tags).toMatchObject([{ region: null, service: "" }]);
  });
});

describe("a document that it refuses", () => {
  it.each([
    ["", "empty"],
    ["  \n", "empty"],
    ["[]", "no object"],
    [fileOf([]), "has no tags"],
    ["{}", "no list “values”"],
    [JSON.stringify({ value: [azureMl.eastUs], nextLink: null }), "no list “values”"],
    [fileOf([azureMl.eastUs], { cloud: "AzureGovernment" }), "cloud “AzureGovernment”, and Bindery works in Public"],
    [fileOf([azureMl.eastUs], { cloud: undefined }), "cloud missing"],
    [fileOf([azureMl.eastUs], { changeNumber: undefined }), "changeNumber is missing"],
    [fileOf([azureMl.eastUs], { changeNumber: 1.5 }), "changeNumber is “1.5”"],
    [fileOf([azureMl.eastUs], { changeNumber: "x" }), "changeNumber is “x”"],
    [fileOf([azureMl.eastUs], { nextLink: "https://management.azure.com/next" }), "one page of several"],
    [fileOf([fileTag("A", "", [], null)]), "changeNumber missing"],
    [fileOf([fileTag("A", "", [], -1)]), "changeNumber “-1”"],
    [fileOf([azureMl.eastUs, azureMl.eastUs]), "there twice, as entries 1 and 2"],
    [fileOf([azureMl.eastUs, { ...azureMl.eastUs, name: "azuremachinelearning.eastus" }]), "there twice"],
    [fileOf([7]), "no sound name"],
    [fileOf([{ ...azureMl.eastUs, name: "a\nb" }]), "no sound name"],
    [fileOf([{ name: "A" }]), "no list “addressPrefixes”"],
    [
      fileOf([
        fileTag(
          "AzureMachineLearning.EastUS",
          "eastus",
          Array.from({ length: 5_001 }, (_, at) => `20.${at >> 8}.${at & 255}.0/24`),
        ),
      ]),
      "5001 ranges, and no more than 5000 are taken of a tag of Azure ML",
    ],
    [fileOf([fileTag("A", "", ["20.1.0.0/24\u0000"])]), "characters that no range has"],
    [fileOf([azureMl.eastUs], { changeNumber: [[[7]]] }), "changeNumber is no text and no number"],
    [`${"[".repeat(5_000_000)}${"]".repeat(5_000_000)}`, "far more lists"],
    [`[${"1,".repeat(5_000_000)}1]`, "far more lists, objects or values"],
    [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "no object"],
    [`["${"x".repeat(10_000_000)}"]`, "no object"],
    [`["${"x".repeat(10_000_000)}`, "the text ends in the middle"],
    [fileOf([azureMl.eastUs], { changeNumber: "@" }).replace('"@"', `${"[".repeat(1000)}${"]".repeat(1000)}`), "changeNumber is"],
    ["<html>moved</html>", "line 1, column 1"],
  ])("%#: %.60s", (text, says) => {
    expect(
      faultsOf(text)
        .map((fault) => fault.text)
        .join(),
    ).toContain(says);
  });

  it("for its size, before anything else", () => {
    expect(faultsOf(" ".repeat(33 * 1024 * 1024).concat("x"))[0]?.text).toContain("larger than 32 MB");
  });

  it("for being cut off, with the place where it ends", () => {
    const whole = fileOf([azureMl.eastUs]);
    const cut = whole.slice(0, whole.indexOf("40.71.11.64") + 5);
    const line = cut.split("\n").length;
    expect(faultsOf(cut)).toEqual([
      {
        text: `The document is no sound JSON at line ${line}, column 17: the text ends in the middle of the document. Download it again.`,
        line,
        column: 17,
      },
    ]);
  });

  it("with twenty faults at most, and their number", () => {
    const reading = read(withPrefix(...Array.from({ length: 300 }, (_, at) => `10.0.${at % 250}.0/24`)));
    expect(reading).toMatchObject({ faultCount: 300 });
    expect(faultsOf(withPrefix(...Array.from({ length: 300 }, () => "x")))).toHaveLength(20);
  });
});

it("knows regions by their ARM locations", () => {
  expect(locationOf("centralfrance")).toBe("francecentral");
  expect(locationOf("")).toBeNull();
  const { tags } = snapshotOf(
    fileOf([fileTag("AzureMachineLearning.NorwayEast", "norwaye", []), fileTag("AzureCloud.germanywc", "germanywc", []), azureMl.eastUs]),
  );
  expect(tags.map(({ region }) => region)).toEqual(["norwayeast", "germanywestcentral", "eastus"]);
});

describe.skipIf(weeklyFile === undefined)("a whole weekly file", () => {
  const text = readWeeklyFile();

  it("is taken as it is", () => {
    const { tags, skipped, changeNumber } = snapshotOf(text);
    expect({ tags: tags.length, prefixes: tags.reduce((sum, { prefixes }) => sum + prefixes.length, 0), changeNumber, skipped }).toEqual({
      tags: 3039,
      prefixes: 93_362,
      changeNumber: 375,
      skipped: [],
    });
    expect(tags.find(({ name }) => name === "AzureMachineLearning.EastUS")?.prefixes).toEqual([...eastUs, eastUsIpv6]);
    expect(tags.filter(({ name, region }) => name.startsWith("AzureMachineLearning.") && region !== null).length).toBe(69);
  });

  it("has the same hash with its tags and ranges turned around", () => {
    const document = JSON.parse(text) as { values: { properties: { addressPrefixes: string[] } }[] };
    document.values.reverse();
    for (const { properties } of document.values) properties.addressPrefixes.reverse();
    expect(snapshotOf(JSON.stringify(document)).hash).toBe(snapshotOf(text).hash);
  });

  it("says where one wrong range stands", () => {
    const wrong = text.replace('"20.62.135.208/28"', '"20.62.135.209/28"');
    const [fault] = faultsOf(wrong);
    expect(wrong.split("\n")[(fault?.line ?? 0) - 1]).toContain("20.62.135.209/28");
  });
});
