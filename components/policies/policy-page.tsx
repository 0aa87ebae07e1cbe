"use client";
import { useQuery } from "@tanstack/react-query";
import { Short } from "@/components/ui/arm-id";
import { Json } from "@/components/ui/code-block";
import { Facts } from "@/components/ui/facts";
import { Fold } from "@/components/ui/fold";
import { NoAnswer } from "@/components/ui/no-answer";
import { PageHeader, Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { FourEyes } from "./four-eyes";
import { PolicyRules } from "./policy-rules";
import { policyQuery } from "./queries";

/** The approval policy in force: who must approve what, in sentences, and the document itself. */
export function PolicyPage() {
  const query = useQuery(policyQuery());
  const { data } = query;
  return (
    <>
      <PageHeader
        title="Policies"
        below="What a request needs before it may run. Every plan carries the verdict of the policy that judged it; another verdict voids the approval."
      />
      <NoAnswer query={query} rows={10} />
      {data !== undefined && (
        <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <Section title="Rules" flush aside="every rule that matches counts; the strictest holds">
            <PolicyRules rules={data.rules} />
          </Section>
          <div className="space-y-3">
            <FourEyes personClaim={data.personClaim} />
            <Section title="The document">
              <Facts
                items={[
                  ["Version", <Short key="hash" text={data.hash} what="hash of the policy" />],
                  [
                    "From",
                    <span key="source" className="break-all">
                      {data.source}
                    </span>,
                  ],
                  ["Loaded", <Time key="loaded" iso={data.loadedAt} />],
                ]}
              />
              <Fold summary="As JSON" className="mt-3">
                <Json value={data.document} what="policy document" />
              </Fold>
            </Section>
          </div>
        </div>
      )}
    </>
  );
}
