import type { Actor } from "../actor";
import { actorFromRequest } from "../session";
import { signInStep } from "../steps";
import type { TestIssuer } from "./issuer";

/** For tests: a browser at http://localhost:3000 that keeps our cookies, follows nothing, and insists that they are safe. */
export class TestBrowser {
  readonly jar = new Map<string, string>();
  private readonly issuer: TestIssuer;
  constructor(issuer: TestIssuer) {
    this.issuer = issuer;
  }

  /** Takes one step of signing in; gives where it leads. */
  async go(step: string, query: Record<string, string> | URLSearchParams = {}): Promise<string> {
    const url = `http://localhost:3000/api/auth/${step}?${new URLSearchParams(query)}`;
    const headers = { cookie: this.cookies(), host: "localhost:3000", "user-agent": "a test" };
    const response = await signInStep(step, new Request(url, { headers }));
    if (response.status !== 303) throw new Error(`${step} answered ${response.status} and not a redirect.`);
    for (const text of response.headers.getSetCookie()) this.keep(text);
    return response.headers.get("location") ?? "";
  }

  /** Signs in as the person of those claims; gives where that leads. */
  async signIn(claims: Record<string, unknown>, query: Record<string, string> = {}): Promise<string> {
    return this.go("callback", this.issuer.answer(await this.go("sign-in", query), claims));
  }

  /** The person whom the kept cookies prove. */
  async actor(): Promise<Actor | null> {
    return actorFromRequest(new Request("http://localhost:3000/", { headers: { cookie: this.cookies() } }));
  }

  private cookies(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  private keep(text: string): void {
    if (!/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/.test(text)) throw new Error(`This cookie is not safe: ${text}`);
    const [name = "", value = ""] = (text.split(";")[0] ?? "").split("=");
    this.jar.set(name, value);
  }
}
