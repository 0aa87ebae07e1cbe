import { createHash } from "node:crypto";
import type { Reply } from "../server/exchange";
import type { Person } from "../state/shapes";

const style = `
:root{color-scheme:light dark;--bg:#f3f2f1;--card:#fff;--ink:#201f1e;--soft:#605e5c;--line:#d2d0ce;--hover:#f3f8fd;--accent:#0f6cbd;--note:#fff4ce;--note-ink:#3b2f00;--bad:#a4262c}
@media (prefers-color-scheme:dark){:root{--bg:#141414;--card:#1f1f1f;--ink:#f3f2f1;--soft:#b3b0ad;--line:#3b3a39;--hover:#252d35;--accent:#62abf5;--note:#433500;--note-ink:#fff4ce;--bad:#f1707b}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.45 "Segoe UI",system-ui,-apple-system,sans-serif}
main{max-width:1180px;margin:4vh auto;padding:0 16px 40px}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:28px;box-shadow:0 2px 8px rgb(0 0 0/.06)}
h1{font-size:24px;line-height:1.2;margin:0 0 6px}
p{margin:0 0 16px;color:var(--soft)}
.note{background:var(--note);color:var(--note-ink);border-radius:6px;padding:10px 14px;margin:0 0 16px}
.bad{color:var(--bad);font-weight:600}
ul{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(340px,1fr));gap:8px}
form{margin:0;height:100%}
button{font:inherit;color:inherit;cursor:pointer}
.person{width:100%;height:100%;display:grid;grid-template-columns:40px 1fr;gap:2px 12px;text-align:left;align-items:center;background:transparent;border:1px solid var(--line);border-radius:6px;padding:10px 12px}
.person:hover{background:var(--hover);border-color:var(--accent)}
.person[aria-current]{border-color:var(--accent);border-width:2px}
button:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.face{grid-row:1/4;width:40px;height:40px;border-radius:50%;display:grid;place-items:center;background:var(--accent);color:var(--card);font-weight:600}
.name{font-weight:600}.upn,.says{color:var(--soft);font-size:13px;overflow-wrap:anywhere}
.main{background:var(--accent);color:var(--card);border:1px solid var(--accent);border-radius:4px;padding:9px 18px;font-weight:600}
.quiet{background:transparent;border:1px solid var(--line);border-radius:4px;padding:9px 18px}
.row form{height:auto}
.row{display:flex;gap:12px;align-items:center;flex-wrap:wrap}
@media (max-width:440px){ul{grid-template-columns:1fr}}
`;
const styleHash = createHash("sha256").update(style).digest("base64");

/** A request of an application, carried through the page unchanged as its query string. */
export type Carried = { action: string; request: string };

/** The list of people to sign in as. `preferred` comes first; `problem` is a sentence about the last try. */
export function pickerPage(carried: Carried, people: Person[], preferred: string | null, problem: string | null, portal: string): Reply {
  const ordered = [...people].sort((a, b) => Number(b.oid === preferred) - Number(a.oid === preferred));
  const items = ordered.map((person) => `<li>${personForm(carried, person, person.oid === preferred)}</li>`).join("");
  return page(
    "Sign in to the local Azure",
    `<h1>Who do you want to be?</h1>
<p>Choose one of the people of the tenant Contoso. There is no password.</p>
${problem === null ? "" : `<p class="bad" role="alert">${escape(problem)}</p>`}
<ul>${items}</ul>`,
    portal,
  );
}

/** The second factor: one button. */
export function confirmPage(carried: Carried, person: Person, acrs: string[], portal: string): Reply {
  return page(
    "Confirm it is you",
    `<h1>Confirm it is you</h1>
<p>${escape(person.name)} (${escape(person.upn)}): what you are about to do asks for a second factor (authentication context ${escape(acrs.join(", "))}).</p>
<div class="row">${form(carried, { choice: "confirm" }, `<button class="main" autofocus>Confirm it is you (multi-factor)</button>`)}
${form(carried, { choice: "cancel" }, `<button class="quiet">Cancel</button>`)}</div>`,
    portal,
  );
}

/** An error that must not be sent to the application, because the application or its address is not known. */
export function errorPage(title: string, sentence: string, portal: string): Reply {
  return { ...page(title, `<h1>${escape(title)}</h1><p class="bad">${escape(sentence)}</p>`, portal), status: 400 };
}

/** Shown after a sign-out that names no place to go. */
export function signedOutPage(portal: string): Reply {
  return page(
    "Signed out",
    `<h1>You are signed out</h1><p>You can close this page, or <a href="${escape(portal)}/">go back to the portal</a>.</p>`,
    portal,
  );
}

/** Hands the answer to the application by a form that the person sends (`response_mode=form_post`). */
export function formPostPage(redirectUri: string, answer: URLSearchParams, portal: string): Reply {
  const fields = [...answer].map(([name, value]) => hidden(name, value)).join("");
  return page(
    "Continue",
    `<h1>You are signed in</h1><form method="post" action="${escape(redirectUri)}">${fields}<button class="main" autofocus>Continue</button></form>`,
    portal,
  );
}

function personForm(carried: Carried, person: Person, preferred: boolean): string {
  const initials = person.name
    .split(" ")
    .map((part) => part[0] ?? "")
    .join("");
  return form(
    carried,
    { choice: "person", oid: person.oid },
    `<button class="person"${preferred ? ' aria-current="true" autofocus' : ""}><span class="face" aria-hidden="true">${escape(initials)}</span>
<span class="name">${escape(person.name)}</span><span class="upn">${escape(person.upn)}</span><span class="says">${escape(person.says)}</span></button>`,
  );
}

function form(carried: Carried, fields: Record<string, string>, inner: string): string {
  const inputs = Object.entries({ request: carried.request, ...fields }).map(([name, value]) => hidden(name, value));
  return `<form method="post" action="${escape(carried.action)}">${inputs.join("")}${inner}</form>`;
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`;
}

function page(title: string, inner: string, portal: string): Reply {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title><style>${style}</style></head>
<body><main><div class="note" role="note"><strong>Local Azure.</strong> This is not Microsoft. Nothing here is real: the people, the tenant and the clusters exist on this machine only.</div><div class="card">${inner}</div></main></body></html>`;
  return {
    status: 200,
    body,
    headers: {
      "content-type": "text/html; charset=utf-8",
      // Browsers hold a redirect after a form against form-action too, so the portal is named.
      "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' ${portal}; frame-ancestors 'none'; base-uri 'none'`,
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    },
  };
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
