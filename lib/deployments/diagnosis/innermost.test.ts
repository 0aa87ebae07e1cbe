import fc from "fast-check";
import { expect, test } from "vitest";
import { innermost } from "./innermost";
import { errorInfoText, notRegistered, operationText, takenBack } from "./testing/texts";

test("the innermost InnerError is the cause, and the advice about policies never is", () => {
  const inner = takenBack("failed pre-install: pod healthcheck failed");
  expect(innermost(operationText(inner))).toBe(inner);
  expect(innermost(errorInfoText(inner))).toBe(inner);
});

test("brackets inside the cause stay", () => {
  const inner = 'unable to recognize [no matches for kind "Job" in version "batch.volcano.sh/v1alpha1"] twice';
  expect(innermost(operationText(inner))).toBe(inner);
});

test("a text that was cut off is read to its end", () => {
  const cut = operationText("release x failed: the rest is").split("]]]")[0] ?? "";
  expect(innermost(cut)).toBe("release x failed: the rest is");
  const [beforeInner = ""] = operationText("x").split(" : InnerError [");
  expect(innermost(beforeInner)).not.toContain("policies");
  expect(innermost(beforeInner)).toContain("Helm installation failed");
});

test("JSON inside a text gives its innermost error", () => {
  expect(innermost(notRegistered)).toMatch(/^AuthorizationFailed: The client /);
  const nested = { error: { code: "DeploymentFailed", message: "see details", details: [{ code: "Conflict", message: "busy" }] } };
  expect(innermost(`Failed: ${JSON.stringify(nested)}`)).toBe("Conflict: busy");
  expect(innermost('{"error":{"code":"X","innererror":{"message":"the very reason"}}}')).toBe("the very reason");
  expect(innermost('{"status":"Failed"}')).toBe('{"status":"Failed"}');
});

test("a plain text is its own cause, in one line", () => {
  expect(innermost("  It   failed.\n Twice. ")).toBe("It failed. Twice.");
  expect(innermost("")).toBe("");
  expect(innermost("a server [b] error [c]")).toBe("a server [b] error [c]");
});

test("any text gives a text, and never a longer one than allowed", () => {
  const part = fc.constantFrom(
    "InnerError",
    "err",
    "[",
    "]",
    "{",
    "}",
    ": ",
    '"',
    "code",
    "Recommendation Please check that there are no policies blocking",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string())), (parts) => {
      expect(innermost(parts.join("")).length).toBeLessThanOrEqual(60_100);
    }),
  );
});
