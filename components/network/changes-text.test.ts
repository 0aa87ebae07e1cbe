import { expect, test } from "vitest";
import { changesText } from "./changes-text";

test("changes are text to paste, a tag with its ranges under it, and what is not shown is counted", () => {
  const tag = { region: null, change: "changed", unchanged: 1, lost: 0, shrinks: false } as const;
  const text = changesText([
    { ...tag, name: "AzureMachineLearning.EastUS", added: ["20.1.0.0/28"], addedCount: 1, removed: ["20.2.0.0/28"], removedCount: 3 },
    { ...tag, name: "Storage", added: [], addedCount: 0, removed: ["20.3.0.0/28"], removedCount: 1 },
  ]);
  expect(text).toBe(
    ["AzureMachineLearning.EastUS", "+ 20.1.0.0/28", "- 20.2.0.0/28", "- and 2 more", "", "Storage", "- 20.3.0.0/28", ""].join("\n"),
  );
});
