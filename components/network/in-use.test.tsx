import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { InUse } from "./in-use";

const shown = (notBefore: string | null): string =>
  renderToStaticMarkup(<InUse notBefore={notBefore} />)
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

test("a server, which does not know the reader's time, says the date and not that it is still to come", () => {
  expect(shown("2020-03-02T00:00:00.000Z")).toBe("not before 2 Mar 2020, 00:00 UTC");
  expect(shown("2120-03-02T00:00:00.000Z")).toBe("not before 2 Mar 2120, 00:00 UTC");
  expect(shown(null)).toBe("at any time");
});
