import { request as httpRequest } from "node:http";

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

/**
 * A person at the portal without a browser: keeps cookies, follows the sign-in over Entra, and calls the API as the portal's own pages do.
 * For the kill test and the benchmarks, where a browser would only blur the numbers.
 */
export class PortalClient {
  private readonly jar = new Map<string, Map<string, string>>();

  constructor(readonly origin: string) {}

  /** Signs in as the persona whose display name is given, by the same redirects and form that a browser would go through. */
  async signIn(persona: string): Promise<void> {
    let answer = await this.follow(`${this.origin}/api/auth/sign-in?returnTo=/`);
    const form = personaForm(answer.text, persona);
    answer = await this.follow(new URL(form.action, answer.url).href, form.fields);
    if (!answer.url.startsWith(this.origin)) throw new Error(`Signing in as ${persona} ended at ${answer.url}: ${answer.status}`);
    const me = await this.call("GET", "/api/v1/me");
    if (me.status !== 200) throw new Error(`Signing in as ${persona} gave no session: ${me.status} ${me.text}`);
  }

  /** Calls the API; a JSON body is sent with the portal's own Origin. */
  async call(method: string, path: string, body?: unknown): Promise<Answer & { json: () => unknown }> {
    const answer = await this.send(method, `${this.origin}${path}`, body === undefined ? undefined : JSON.stringify(body), {
      accept: "application/json",
      ...(method === "GET" ? {} : { origin: this.origin, "content-type": "application/json" }),
    });
    return { ...answer, json: () => JSON.parse(answer.text) as unknown };
  }

  /** Calls the API and gives the JSON of a good answer; throws with the problem's text for any other. */
  async get<T>(path: string): Promise<T> {
    const answer = await this.call("GET", path);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
    return answer.json() as T;
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const answer = await this.call("POST", path, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
    return answer.json() as T;
  }

  /** The HTML of a page, as a browser with this session gets it; throws when it is not served. */
  async page(path: string): Promise<string> {
    const answer = await this.send("GET", `${this.origin}${path}`, undefined, { accept: "text/html" });
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`);
    return answer.text;
  }

  private async follow(start: string, fields?: Record<string, string>): Promise<Answer & { url: string }> {
    let url = start;
    let answer =
      fields === undefined
        ? await this.send("GET", url, undefined, { accept: "text/html" })
        : await this.send("POST", url, new URLSearchParams(fields).toString(), {
            "content-type": "application/x-www-form-urlencoded",
            origin: new URL(url).origin,
          });
    for (let hops = 0; hops < 10 && answer.status >= 300 && answer.status < 400; hops++) {
      url = new URL(String(answer.headers.location), url).href;
      answer = await this.send("GET", url, undefined, { accept: "text/html" });
    }
    return { ...answer, url };
  }

  private send(method: string, address: string, body: string | undefined, headers: Record<string, string>): Promise<Answer> {
    const url = new URL(address);
    const cookies = [...(this.jar.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(url, { method, headers: { ...headers, ...(cookies === "" ? {} : { cookie: cookies }) } }, (incoming) => {
        let text = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (part: string) => {
          text += part;
        });
        incoming.on("error", reject);
        incoming.on("end", () => {
          this.keep(url.host, incoming.headers["set-cookie"] ?? []);
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        });
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  private keep(host: string, setCookies: string[]): void {
    const cookies = this.jar.get(host) ?? new Map<string, string>();
    this.jar.set(host, cookies);
    for (const line of setCookies) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
      if (value === "" || /max-age=0\b/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
  }
}

/** The form on the sign-in page whose button carries the persona's name. */
function personaForm(html: string, persona: string): { action: string; fields: Record<string, string> } {
  const forms = html.match(/<form[\s\S]*?<\/form>/gi) ?? [];
  const form = forms.find((candidate) => candidate.includes(persona));
  if (form === undefined) throw new Error(`The sign-in page offers no ${persona}.`);
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<(?:input|button)\b[^>]*>/gi)) {
    const name = attribute(tag, "name");
    if (name !== null) fields[name] = attribute(tag, "value") ?? "";
  }
  return { action: attribute(form.match(/<form\b[^>]*>/i)?.[0] ?? "", "action") ?? "", fields };
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function attribute(tag: string, name: string): string | null {
  const found = tag.match(new RegExp(`\\b${name}="([^"]*)"`, "i"))?.[1];
  if (found === undefined) return null;
  return found.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex?: string, decimal?: string, word?: string) => {
    if (word !== undefined) return named[word] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
}
