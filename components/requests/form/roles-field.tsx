"use client";
import { armNames, roleFits, roleName } from "@/components/ui/arm-names";
import { Choice, FieldGroup, Textarea } from "@/components/ui/field";
import { Fold } from "@/components/ui/fold";
import { ProblemNotice } from "@/components/ui/problem";
import { RiskBadge } from "@/components/ui/risk-badge";
import { SkeletonRows } from "@/components/ui/skeleton";
import { absolute } from "@/components/ui/time-words";
import type { Answer } from "@/lib/http/contract";
import type { FieldTexts } from "./field-checks";
import { useCatalogue } from "./queries";
import { Warnings } from "./warnings";

type Role = Answer<"GET /api/v1/roles">["roles"][number];
type Props = {
  /** Where the cluster is; null: not chosen, or not readable. */
  cluster: { subscriptionId: string; location: string } | null;
  /** The cluster is being read. */
  reading: boolean;
  clusterUnreadable: boolean;
  sourceId: string;
  value: string[];
  onChange: (roles: string[]) => void;
  texts: FieldTexts;
};

/** The trusted access roles that fit the source, each with its risk and its rules on demand. */
export function RolesField({ cluster, reading, clusterUnreadable, sourceId, value, onChange, texts }: Props) {
  const { data, error, isPending, refetch } = useCatalogue(cluster);
  const type = armNames(sourceId).type;
  const fitting = (data?.roles ?? []).filter((role) => roleFits(role.fullName, type));
  const strange = value.filter((role) => !fitting.some((each) => same(each.fullName, role)));
  return (
    <FieldGroup
      id="roles"
      label="Trusted access roles"
      error={texts.error}
      warning={texts.warnings.length > 0 && <Warnings warnings={texts.warnings} />}
    >
      {clusterUnreadable || data?.source === "none" ? (
        <TypedRoles clusterUnreadable={clusterUnreadable} value={value} onChange={onChange} />
      ) : reading ? (
        <SkeletonRows rows={3} label="Reading the cluster…" />
      ) : cluster === null ? (
        <p className="text-xs text-ink-3">Choose the cluster first: the roles come from its region.</p>
      ) : sourceId === "" ? (
        <p className="text-xs text-ink-3">Choose the source first: roles belong to a type of source.</p>
      ) : error !== null ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <SkeletonRows rows={3} label="Reading the roles of the region…" />
      ) : (
        <>
          {data.source === "snapshot" && (
            <p className="mb-1 text-xs text-warning-ink">
              Not verified: the live catalogue could not be read; this is the one of{" "}
              {data.snapshotAt === null ? "an unknown time" : absolute(data.snapshotAt)}.
            </p>
          )}
          {fitting.length === 0 && <p className="text-xs text-ink-3">This region offers no trusted access role for {type}.</p>}
          <div className="divide-y divide-line rounded-md border border-line empty:hidden">
            {fitting.map((role) => (
              <RoleChoice
                key={role.fullName}
                role={role}
                checked={value.some((each) => same(each, role.fullName))}
                onToggle={(on) => onChange(on ? [...value, role.fullName] : value.filter((each) => !same(each, role.fullName)))}
              />
            ))}
            {strange.map((role) => (
              <div key={role} className="px-2 py-1">
                <Choice
                  checked
                  onChange={() => onChange(value.filter((each) => each !== role))}
                  label={<span className="font-mono text-xs">{role}</span>}
                  hint="The region does not offer this role for this source."
                />
              </div>
            ))}
          </div>
        </>
      )}
    </FieldGroup>
  );
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function RoleChoice({ role, checked, onToggle }: { role: Role; checked: boolean; onToggle: (on: boolean) => void }) {
  return (
    <div className="px-2 py-1">
      <div className="flex items-start justify-between gap-x-3" title={role.fullName}>
        <Choice
          checked={checked}
          onChange={(event) => onToggle(event.target.checked)}
          label={<span className="font-medium">{roleName(role.fullName)}</span>}
        />
        <RiskBadge level={role.risk} />
      </div>
      <Fold summary={`What it allows: ${role.reasons[0]?.text ?? "its rules"}`} className="ml-6 text-xs">
        <ul className="space-y-0.5 font-mono">
          {role.rules.map((rule) => (
            <li key={JSON.stringify(rule)} className="break-words">
              {ruleLine(rule)}
            </li>
          ))}
        </ul>
      </Fold>
    </div>
  );
}

function ruleLine(rule: Role["rules"][number]): string {
  const groups = rule.apiGroups.map((group) => (group === "" ? "core" : group)).join(", ");
  const what = rule.resources.length > 0 ? `${groups}: ${rule.resources.join(", ")}` : rule.nonResourceURLs.join(", ");
  const names = rule.resourceNames.length > 0 ? ` only ${rule.resourceNames.join(", ")}` : "";
  return `${what}${names} [${rule.verbs.join(" ")}]`;
}

/** Without a readable catalogue roles are typed by their full names, one a line. */
function TypedRoles({
  clusterUnreadable,
  value,
  onChange,
}: {
  clusterUnreadable: boolean;
  value: string[];
  onChange: (roles: string[]) => void;
}) {
  return (
    <>
      <p id="roles-typed-hint" className="mb-1 text-xs text-ink-3">
        {clusterUnreadable
          ? "Which roles there are follows from the cluster's region, and the cluster is not shown to you."
          : "The roles of this cluster's region are not readable by you."}{" "}
        Write their full names, one a line, for example Microsoft.MachineLearningServices/workspaces/mlworkload.
      </p>
      <Textarea
        aria-label="Full names of trusted access roles, one a line"
        aria-describedby="roles-typed-hint"
        rows={2}
        spellCheck={false}
        className="font-mono text-xs"
        defaultValue={value.join("\n")}
        onChange={(event) =>
          onChange(
            event.target.value
              .split(/[\n,]/)
              .map((line) => line.trim())
              .filter(Boolean),
          )
        }
      />
    </>
  );
}
