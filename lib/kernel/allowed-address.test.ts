import { describe, expect, it, test } from "vitest";
import { addressFault, withoutQuery } from "./allowed-address";
import { readSettings } from "./settings";

const hosts = ["download.microsoft.com", "Files.Contoso.com:8443"];

describe("an address of a document", () => {
  it.each(["https://download.microsoft.com/a.json", "https://DOWNLOAD.microsoft.com:443/a.json", "https://files.contoso.com:8443/a"])(
    "is allowed on a listed host: %s",
    (address) => expect(addressFault(address, hosts)).toBeUndefined(),
  );

  it.each([
    ["http://download.microsoft.com/a.json", "does not begin with https://"],
    ["file:///etc/passwd", "does not begin with https://"],
    ["https://download.microsoft.com:8443/a.json", "host download.microsoft.com:8443"],
    ["https://files.contoso.com/a.json", "host files.contoso.com"],
    ["https://127.0.0.1/a.json", "host 127.0.0.1"],
    ["https://169.254.169.254/metadata", "host 169.254.169.254"],
    ["https://download.microsoft.com.evil.example/a", "host download.microsoft.com.evil.example"],
    ["https://download.microsoft.com@evil.example/a", "holds a name or password"],
    ["https://", "is no address"],
  ])("is refused: %s", (address, says) => expect(addressFault(address, hosts)).toContain(says));

  it("is shown without its query, which may be signed", () => {
    expect(withoutQuery("https://a.example/tags.json?sig=x#y")).toBe("https://a.example/tags.json");
    expect(withoutQuery("/srv/a?b.json")).toBe("/srv/a?b.json");
  });
});

const environment = {
  DATABASE_URL: "postgresql://localhost/none",
  BINDERY_TENANT_ID: "11111111-1111-4111-8111-111111111111",
  BINDERY_CLIENT_ID: "22222222-2222-4222-8222-222222222222",
  BINDERY_CLIENT_SECRET: "secret",
  BINDERY_SEALING_KEYS: "a:b",
};

test("a start with service tags on a host that is not listed is refused, and one with a path or a listed host is not", () => {
  const start = (more: Record<string, string>) => readSettings({ ...environment, ...more });
  expect(() => start({ BINDERY_SERVICE_TAGS: "https://intranet/tags.json" })).toThrow("BINDERY_SERVICE_TAGS is wrong: it is on the host");
  expect(() => start({ BINDERY_SERVICE_TAGS: "http://download.microsoft.com/tags.json" })).toThrow("does not begin with https://");
  expect(start({ BINDERY_SERVICE_TAGS: "/srv/tags.json" }).BINDERY_SERVICE_TAGS).toBe("/srv/tags.json");
  const listed = { BINDERY_SERVICE_TAGS: "https://intranet/tags.json", BINDERY_SERVICE_TAGS_HOSTS: "intranet" };
  expect(start(listed)).toMatchObject({ BINDERY_SERVICE_TAGS_HOURS: 24, BINDERY_SERVICE_TAGS_HOSTS: ["intranet"] });
});
