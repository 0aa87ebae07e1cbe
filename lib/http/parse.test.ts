import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { bodyLimit, parseBody, parseParams, parseQuery } from "./parse";

const Body = z.object({
  name: z.string().min(2, "A name has at least 2 characters."),
  roles: z.array(z.object({ id: z.string() })).default([]),
});

async function failure(work: () => unknown): Promise<BinderyError> {
  try {
    await work();
  } catch (error) {
    if (isBinderyError(error)) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

function posted(body: BodyInit, type = "application/json"): Request {
  return new Request("http://localhost/x", { method: "POST", body, headers: { "content-type": type }, duplex: "half" } as RequestInit);
}

describe("a body", () => {
  test("is parsed with its defaults", async () => {
    expect(await parseBody(Body, posted('{"name":"ab"}', "application/json; charset=utf-8"))).toEqual({ name: "ab", roles: [] });
  });

  test("of another content type is refused", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"]) {
      expect((await failure(() => parseBody(Body, posted('{"name":"ab"}', type)))).code).toBe("invalid_input");
    }
  });

  test("that is not JSON is refused", async () => {
    for (const text of ["", "{", "undefined"]) expect((await failure(() => parseBody(Body, posted(text)))).code).toBe("invalid_input");
  });

  test("names every bad field with a sentence of its own", async () => {
    const error = await failure(() => parseBody(Body, posted('{"roles":[{"id":1}],"admin":true}')));
    expect(error.facts.fields).toEqual({
      name: "This is needed.",
      "roles.0.id": expect.stringContaining("string"),
      admin: "Bindery does not know this field.",
    });
    expect(error.facts.field).toBe("name");
    expect((await failure(() => parseBody(Body, posted('{"name":"a"}')))).message).toContain("A name has at least 2 characters.");
  });

  test("is counted while it is read: a stream that lies about its length is cut off and cancelled", async () => {
    let cancelled = false;
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16_384;
        controller.enqueue(new Uint8Array(16_384).fill(32));
      },
      cancel() {
        cancelled = true;
      },
    });
    expect((await failure(() => parseBody(Body, posted(endless)))).code).toBe("too_large");
    expect(cancelled).toBe(true);
    expect(sent).toBeLessThan(bodyLimit * 2);
  });

  test("of exactly the limit is read, one byte more is not", async () => {
    const padded = (size: number): string => `{"name":"${"a".repeat(size - 11)}"}`;
    expect(padded(bodyLimit)).toHaveLength(bodyLimit);
    expect(await parseBody(Body, posted(padded(bodyLimit)))).toMatchObject({ roles: [] });
    expect((await failure(() => parseBody(Body, posted(padded(bodyLimit + 1))))).code).toBe("too_large");
  });

  test.each(["a\\u0000b", "a\\ud800b", "\\udc00"])(
    "with %s, which no database keeps, is the caller's mistake and names the field",
    async (text) => {
      const { code, facts } = await failure(() => parseBody(Body, posted(`{"name":"ab","roles":[{"id":"${text}"}]}`)));
      expect([code, facts.field]).toEqual(["invalid_input", "roles.0.id"]);
      const Map = z.object({ map: z.record(z.string(), z.string()) });
      expect((await failure(() => parseBody(Map, posted(`{"map":{"${text}":"x"}}`)))).code).toBe("invalid_input");
      expect(await parseBody(Body, posted('{"name":"\\ud83d\\ude00!"}'))).toMatchObject({ name: "😀!" });
    },
  );

  test("cannot smuggle a prototype", async () => {
    const error = await failure(() => parseBody(Body, posted('{"name":"ab","__proto__":{"admin":true}}')));
    expect(error.code).toBe("invalid_input");
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe("a query", () => {
  const Query = z.object({ limit: z.coerce.number().int().max(200).default(50) });

  test("is parsed with its defaults", () => {
    expect(parseQuery(Query, new URLSearchParams("limit=7"))).toEqual({ limit: 7 });
    expect(parseQuery(Query, new URLSearchParams(""))).toEqual({ limit: 50 });
    expect(parseQuery(undefined, new URLSearchParams(""))).toEqual({});
  });

  test("with a NUL is refused and names its key", async () => {
    const Search = z.object({ search: z.string() });
    expect((await failure(() => parseQuery(Search, new URLSearchParams("search=%00")))).facts.field).toBe("search");
    expect((await failure(() => parseParams(Search, { search: "%00" }))).facts.field).toBe("search");
  });

  test("with an unknown key, a key given twice, or any key where none is known is refused", async () => {
    expect((await failure(() => parseQuery(Query, new URLSearchParams("limit=7&offset=2")))).facts.field).toBe("offset");
    expect((await failure(() => parseQuery(Query, new URLSearchParams("limit=7&limit=8")))).facts.field).toBe("limit");
    expect((await failure(() => parseQuery(undefined, new URLSearchParams("a=1")))).code).toBe("invalid_input");
    expect((await failure(() => parseQuery(Query, new URLSearchParams("__proto__=1")))).code).toBe("invalid_input");
  });
});

describe("path parameters", () => {
  const Params = z.object({ name: z.string().max(20) });

  test("are decoded", () => {
    expect(parseParams(Params, { name: "rg%20one" })).toEqual({ name: "rg one" });
  });

  test("that are not proper percent-encoding are the caller's mistake", async () => {
    for (const name of ["%", "%zz", "%e0%a4", "a%c3"]) {
      expect((await failure(() => parseParams(Params, { name }))).code).toBe("invalid_input");
    }
  });
});
