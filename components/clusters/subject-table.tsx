import { Badge } from "@/components/ui/badge";
import { Fold } from "@/components/ui/fold";
import { Users } from "@/components/ui/icons";
import { RiskBadge } from "@/components/ui/risk-badge";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { Access } from "./words";

type Subject = NonNullable<Access["subjects"]>["items"][number];

/** Kubernetes knows people and groups of Entra by their ids alone. */
const isObjectId = ({ kind, name }: Subject): boolean =>
  kind !== "ServiceAccount" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name);

/** Subjects as rows: who, how dangerous what they hold is and why, and by which roles. */
export function SubjectTable({ items, busy }: { items: Subject[]; busy: boolean }) {
  const head = (
    <>
      <Th>Subject</Th>
      <Th>Risk</Th>
      <Th>Why</Th>
      <Th>Kubernetes roles</Th>
    </>
  );
  return (
    <Table label="Table of subjects" head={head} busy={busy} className="md:min-w-[60rem]">
      {items.map((subject) => (
        <Tr key={`${subject.kind} ${subject.namespace} ${subject.name}`}>
          <Td className="max-w-72">
            <p className="font-medium break-words">{subject.name}</p>
            <p className="text-xs text-ink-3">
              {subject.kind}
              {isObjectId(subject) && ", by its object id in Entra"}
              {subject.namespace !== null && ` in ${subject.namespace}`}
            </p>
            {subject.everyone && (
              <Badge tone="danger" icon={Users}>
                Everybody
              </Badge>
            )}
          </Td>
          <Td>
            <RiskBadge level={subject.risk} />
          </Td>
          <Td className="max-w-xl">
            <Reasons reasons={subject.reasons} />
          </Td>
          <Td className="max-w-96">
            <ul className="space-y-0.5">
              {subject.grants.map(({ role, namespaces, bindings }) => (
                <li key={`${role.kind} ${role.namespace} ${role.name}`} title={`By ${bindings.join(", ")}`} className="break-words">
                  <span className="font-mono text-xs">{role.name}</span>{" "}
                  <span className="text-xs text-ink-3">{namespaces === null ? "everywhere" : `in ${namespaces.join(", ")}`}</span>
                </li>
              ))}
            </ul>
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

function Reasons({ reasons }: { reasons: Subject["reasons"] }) {
  const [first, ...others] = reasons;
  if (first === undefined) return null;
  if (others.length === 0) return <>{first.text}</>;
  return (
    <Fold summary={first.text}>
      <ul className="list-disc space-y-0.5 pl-4 text-ink-2">
        {others.map(({ code, text }) => (
          <li key={`${code} ${text}`}>{text}</li>
        ))}
      </ul>
    </Fold>
  );
}
