"use client";
import { useQuery } from "@tanstack/react-query";
import { MonitorSmartphone } from "@/components/ui/icons";
import { useState } from "react";
import { SignOutDialog } from "@/components/shell/sign-out";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { NoAnswer } from "@/components/ui/no-answer";
import { Section } from "@/components/ui/section";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { EndSessionDialog } from "./end-session";
import { sessionsQuery, type SessionRow } from "./queries";
import { browserOf } from "./user-agent";

/** Living sessions, each with a way to end it: one's own, or everybody's for an Administrator. */
export function Sessions({ everybody }: { everybody: boolean }) {
  const query = useQuery(sessionsQuery());
  const { data } = query;
  const [ending, setEnding] = useState<SessionRow | null>(null);
  const [leaving, setLeaving] = useState(false);
  const head = (
    <>
      {everybody && <Th>Person</Th>}
      <Th>Browser</Th>
      <Th>Address</Th>
      <Th>Signed in</Th>
      <Th>Last seen</Th>
      <Th>
        <span className="sr-only">End it</span>
      </Th>
    </>
  );
  return (
    <Section title={everybody ? "Sessions of everybody" : "Your sessions"} flush>
      <NoAnswer query={query} rows={2} />
      {data !== undefined && (
        <Table label="Table of sessions" head={head} className="md:min-w-[44rem]">
          {data.items.map((session) => (
            <Tr key={session.id}>
              {everybody && (
                <Td>
                  {session.name}
                  <p className="text-xs text-ink-3">{session.upn}</p>
                </Td>
              )}
              <Td title={session.userAgent ?? undefined}>
                <span className="flex flex-wrap items-center gap-2">
                  {browserOf(session.userAgent)}
                  {session.current && (
                    <Badge tone="info" icon={MonitorSmartphone}>
                      This one
                    </Badge>
                  )}
                </span>
              </Td>
              <Td label="Address" beside className="font-mono text-xs leading-5">
                {session.ip ?? "not known"}
              </Td>
              <Td beside label="Signed in" className="text-ink-3">
                <Time iso={session.createdAt} />
              </Td>
              <Td beside label="Last seen" className="text-ink-3">
                <Time iso={session.seenAt} />
              </Td>
              <Td className="text-right">
                <Button size="sm" onClick={() => (session.current ? setLeaving(true) : setEnding(session))}>
                  {session.current ? "Sign out…" : "End…"}
                  {everybody && <span className="sr-only"> {session.name}</span>}
                </Button>
              </Td>
            </Tr>
          ))}
        </Table>
      )}
      <EndSessionDialog session={ending} onClose={() => setEnding(null)} />
      <SignOutDialog open={leaving} onClose={() => setLeaving(false)} />
    </Section>
  );
}
