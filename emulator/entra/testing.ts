import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { armAudience, clientId, tenantId } from "../tenant/ids";
import { type Answer, send, type TestAzure } from "../testing";

/** A browser as far as the sign-in page needs one: cookies, pages, forms; and the application's side of the token endpoint. */
export class Browser {
  readonly redirectUri = "http://localhost:3000/api/auth/callback";
  readonly #azure: TestAzure;
  readonly #agent: Agent;
  #cookie = "";

  constructor(azure: TestAzure) {
    this.#azure = azure;
    this.#agent = new Agent({ ca: readFileSync(azure.caFile) });
  }

  /** One request with the browser's cookie, and a bearer token where one is given. */
  async get(url: string, method = "GET", token?: string, form?: string): Promise<Answer> {
    const headers = {
      ...(this.#cookie === "" ? {} : { cookie: this.#cookie }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const answer = await send(url, method, headers, form, url.startsWith("https:") ? this.#agent : undefined);
    const [set] = answer.headers["set-cookie"] ?? [];
    if (set !== undefined) this.#cookie = set.includes("Max-Age=0") ? "" : (set.split(";")[0] ?? "");
    return answer;
  }

  /** Opens the sign-in page with an ordinary request, changed by `more`. */
  open(more: Record<string, string> = {}): Promise<Answer> {
    return this.get(`${this.#authorize()}?${this.#request(more)}`);
  }

  /** Chooses a person on the page. */
  async choose(person: string, more: Record<string, string> = {}): Promise<Answer> {
    const page = await this.open(more);
    const oid = new RegExp(`name="oid" value="([^"]+)"><button(?:(?!</form>)[\\s\\S])*class="name">${person}<`).exec(page.text)?.[1];
    if (oid === undefined) return page;
    return this.#submit({ choice: "person", oid }, more);
  }

  /** The whole way: person, second factor where asked, back to the application. Gives the code and its verifier. */
  async signIn(person: string, more: Record<string, string> = {}): Promise<{ code: string; verifier: string; location: URL }> {
    const verifier = randomBytes(32).toString("base64url");
    const request = { ...more, code_challenge: createHash("sha256").update(verifier).digest("base64url"), code_challenge_method: "S256" };
    let answer = await this.choose(person, request);
    if (answer.status === 200 && answer.text.includes("Confirm it is you")) answer = await this.#submit({ choice: "confirm" }, request);
    const location = new URL(answer.headers.location ?? "about:blank");
    const code = location.searchParams.get("code");
    if (code === null) throw new Error(`No code came: ${answer.status} ${answer.text.slice(0, 300)}`);
    return { code, verifier, location };
  }

  /** The token endpoint with the application's id and secret, unless `form` brings its own. */
  token(form: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams({ client_id: clientId, client_secret: this.#azure.environment.BINDERY_CLIENT_SECRET ?? "", ...form });
    return this.get(`https://localhost:${this.#azure.port}/${tenantId}/oauth2/v2.0/token`, "POST", undefined, body.toString());
  }

  #submit(fields: Record<string, string>, more: Record<string, string>): Promise<Answer> {
    return this.get(this.#authorize(), "POST", undefined, new URLSearchParams({ request: this.#request(more), ...fields }).toString());
  }

  #authorize(): string {
    return `http://127.0.0.1:${this.#azure.authorizePort}/${tenantId}/oauth2/v2.0/authorize`;
  }

  #request(more: Record<string, string>): string {
    const usual = {
      client_id: clientId,
      response_type: "code",
      redirect_uri: this.redirectUri,
      scope: `${armAudience}/.default openid profile offline_access`,
      state: "s-1",
      client_info: "1",
    };
    return new URLSearchParams({ ...usual, ...more }).toString();
  }
}
