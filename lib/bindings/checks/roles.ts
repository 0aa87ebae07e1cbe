import type { Precondition } from "@/lib/plans/plan";
import { resourceTypeOf } from "@/lib/kernel/resource-id";
import { fitsSource, fullNameOf, rulesHash, sourceTypeOf } from "@/lib/roles/rules";
import { listText } from "../source-words";
import { rolesOnlyIn } from "../same";
import { block, type Check, type CheckInput, clusterOf, notVerified, ok, warn, whyUnread } from "./check";

const exist = { key: "roles", label: "Trusted access roles", field: "roles" } as const;
const fit = { key: "roles-of-source", label: "Roles fit the source", field: "roles" } as const;
const rules = { key: "role-rules", label: "Rules of the roles", field: "roles" } as const;

/** The roles: in the live catalogue of the cluster's subscription and region, and made for the source's type. A revoke gives none. */
export const checkRoles: Check = (input) =>
  input.intent.input.kind === "binding-revoke" ? [] : [...existence(input), ...fitting(input), ...sameRules(input)];

function existence({ intent, facts }: CheckInput): Precondition[] {
  const where = clusterOf(facts)?.location ?? "the cluster's region";
  const stored = facts.snapshot;
  if (facts.catalogue.state !== "ok") {
    const since = stored === null ? "no earlier reading is known" : `the last reading is from ${stored.at.slice(0, 10)}`;
    return [
      notVerified(exist, `Which roles ${where} has cannot be read ${whyUnread(facts.catalogue)}; ${since}. The roles count as critical.`),
    ];
  }
  const missing = rolesOnlyIn(intent.roles, facts.catalogue.value.roles.map(fullNameOf));
  if (missing.length === 0) return [ok(exist, `Azure offers ${intent.roles.length === 1 ? "this role" : "these roles"} in ${where}.`)];
  // The catalogue differs by subscription, region and time (Azure/azure-cli#28171).
  return [
    block(
      exist,
      `Azure does not offer ${listText(missing)} in ${where} for this subscription.`,
      "Choose from the roles that are offered: the list differs by subscription and region, and changes with time.",
    ),
  ];
}

function fitting({ intent }: CheckInput): Precondition[] {
  const source = intent.sourceResourceId;
  if (source === null) return [];
  const wrong = intent.roles.filter((role) => !fitsSource(role, source));
  if (wrong.length === 0) return [ok(fit, "The roles are made for this type of source.")];
  // Azure's own answer is misleading (Azure/azure-cli#27174).
  return [
    block(
      fit,
      `${listText(wrong)} can be given to a ${listText([...new Set(wrong.map(sourceTypeOf))])}, and the source is a ${resourceTypeOf(source)}. Azure would answer “non-exist role”, though the role exists.`,
      "Choose a role of the source's type, or a source of the role's type.",
    ),
  ];
}

/** Only when held against an approved plan whose rules were not verified: what the live catalogue says now. */
function sameRules({ intent, facts }: CheckInput): Precondition[] {
  if (facts.baseline === undefined || facts.catalogue.state !== "ok") return [];
  const live = facts.catalogue.value.roles;
  const other = facts.baseline.roles.filter((role) => {
    const now = live.find((candidate) => fullNameOf(candidate).toLowerCase() === role.fullName.toLowerCase());
    return !role.verified && now !== undefined && rulesHash(now.rules) !== role.rulesHash && intent.roles.length > 0;
  });
  if (other.length === 0) return [];
  return [
    warn(
      rules,
      `The live rules of ${listText(other.map((role) => role.fullName))} are not those that the approver saw, which were not verified.`,
      "Look at the role's rules before starting the run.",
    ),
  ];
}
