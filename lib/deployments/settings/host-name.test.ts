import { expect, test } from "vitest";
import { hostNameIn, isHostName, isNameFor } from "./host-name";

test("a host name has two labels or more, and nothing else in it", () => {
  for (const text of ["ml.contoso.com", "A-b.c1", "xn--bcher-kva.example"]) expect(isHostName(text), text).toBe(true);
  for (const text of [
    "",
    "contoso",
    "*.contoso.com",
    "ml..com",
    "-a.com",
    "a-.com",
    "10.0.0.1",
    "a_b.com",
    "ml.contoso.com.",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(130)}com`,
  ])
    expect(isHostName(text), text).toBe(false);
});

test("the host is found in what people paste", () => {
  expect(hostNameIn("https://ML.contoso.com:443/score?x=1")).toBe("ml.contoso.com");
  expect(hostNameIn("ml.contoso.com.")).toBe("ml.contoso.com");
  expect(hostNameIn("*.contoso.com")).toBeNull();
  expect(hostNameIn("https://localhost/")).toBeNull();
});

test("a wildcard stands for one label, the first", () => {
  expect(isNameFor("ML.contoso.com", "ml.Contoso.com")).toBe(true);
  expect(isNameFor("*.contoso.com", "ml.contoso.com")).toBe(true);
  expect(isNameFor("*.contoso.com", "contoso.com")).toBe(false);
  expect(isNameFor("*.contoso.com", "a.ml.contoso.com")).toBe(false);
  expect(isNameFor("*.contoso.com", ".contoso.com")).toBe(false);
  expect(isNameFor("m*.contoso.com", "ml.contoso.com")).toBe(false);
});
