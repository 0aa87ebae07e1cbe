import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Names } from "./names";

const drawn = (text: string): string => renderToStaticMarkup(createElement(Names, { text }));
const kept = (name: string): string => `<span class="whitespace-nowrap">${name}</span>`;

describe("a text with names in it", () => {
  test("keeps a name with hyphens on one line, with what stands at it", () => {
    expect(drawn("Take it on aks-ml-prod away: now.")).toBe(`Take it on ${kept("aks-ml-prod")} away: now.`);
    expect(drawn("aks-1, aks-2")).toBe(`${kept("aks-1,")} ${kept("aks-2")}`);
    expect(drawn("a dash - between, -x")).toBe("a dash - between, -x");
  });

  test("breaks a path behind its slashes, and lets a very long name break", () => {
    expect(drawn("the role a/b-c/d.")).toBe("the role a/<wbr/>b-c/<wbr/>d.");
    expect(drawn("/subscriptions/s")).toBe("/subscriptions/<wbr/>s");
    expect(drawn(`on ${"long-".repeat(8)}name`)).toBe(`on ${"long-".repeat(8)}name`);
  });

  test("is as it was, and takes no time, where there is no name", () => {
    const text = `${"x".repeat(100_000)}\n and  two spaces`;
    expect(drawn(text)).toBe(text);
    expect(drawn("")).toBe("");
  });
});
