import { Users } from "@/components/ui/icons";
import { Section } from "@/components/ui/section";

/** Between whom the four-eyes principle holds in this installation: persons, or only accounts. */
export function FourEyes({ personClaim }: { personClaim: string | null }) {
  return (
    <Section title="Four eyes">
      <div className="flex items-start gap-2">
        <Users aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
        {personClaim === null ? (
          <div className="space-y-1">
            <p className="font-medium">They hold between accounts</p>
            <p className="text-ink-2">
              Nobody approves from the account that asked. Somebody with two accounts could approve from the other one: Bindery cannot tell.
            </p>
            <p className="text-xs text-ink-3">
              To join the accounts of a person, an administrator sets <code className="font-mono">BINDERY_PERSON_CLAIM</code> to a claim
              that both carry, such as an employee number.
            </p>
          </div>
        ) : (
          <div className="space-y-1">
            <p className="font-medium">They hold between persons</p>
            <p className="text-ink-2">
              Accounts with the same <code className="font-mono">{personClaim}</code> count as one person: nobody approves what they asked
              for, from whichever account.
            </p>
          </div>
        )}
      </div>
    </Section>
  );
}
