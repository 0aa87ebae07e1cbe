"use client";
import { useQuery } from "@tanstack/react-query";
import { armNames } from "@/components/ui/arm-names";
import { Notice } from "@/components/ui/notice";
import { queryOf } from "@/components/shell/query";

/** That the run would act as this person, who lacks Azure rights for it, as far as they can be read. A hint: Azure decides. `instead`: what else to do here. */
export function MissingRights({ requestId, instead }: { requestId: string; instead: string }) {
  const { data } = useQuery({ ...queryOf("GET /api/v1/requests/{id}/rights", { params: { id: requestId } }), retry: false });
  if (data === undefined || data.missing.length === 0) return null;
  return (
    <Notice tone="warning" live title="You lack Azure rights for this run">
      <ul>
        {data.missing.map(({ action, scope }) => (
          <li key={action + scope}>
            You do not hold <code className="font-mono text-xs break-all">{action}</code> on {armNames(scope).name}.
          </li>
        ))}
      </ul>
      <p>{instead} Otherwise the run waits at that step until somebody who has the right carries it on.</p>
    </Notice>
  );
}
