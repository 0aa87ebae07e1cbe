import { ArmId, Short } from "@/components/ui/arm-id";
import { Facts, Nothing } from "@/components/ui/facts";
import { NetworkChanges } from "@/components/network/network-changes";
import { Fold } from "@/components/ui/fold";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { DeploymentPlanView } from "@/components/requests/shapes";

/** What a deployment or teardown changes. */
export function DeploymentChanges({ plan }: { plan: DeploymentPlanView }) {
  const { target, bindings } = plan;
  const gives = plan.kind === "ml-deploy";
  return (
    <Facts
      items={[
        ["Cluster", <ArmId key="cluster" id={target.clusterId} what="cluster id" />],
        ["Workspace", target.workspaceId === null ? undefined : <ArmId key="workspace" id={target.workspaceId} what="workspace id" />],
        ["Extension", target.extensionName ?? <Nothing>{gives ? "the one that is there" : "stays"}</Nothing>],
        [gives ? "Compute" : "Detaches", target.computeName ?? <Nothing />],
        ["Namespace", target.namespace ?? undefined],
        [
          "Role binding",
          bindings.length === 0 ? (
            <Nothing key="bindings">{gives ? "made by the attachment itself" : "none goes"}</Nothing>
          ) : (
            bindings
              .map(({ name, before, after }) => `${name}${before === null ? " (new)" : after === null ? " (goes)" : " (there already)"}`)
              .join(", ")
          ),
        ],
      ]}
    />
  );
}

/** Each as it is sent; of one that was derived, why it is so. */
function SettingLines({ settings }: { settings: DeploymentPlanView["settings"] }) {
  return (
    <ul className="space-y-0.5 font-mono text-xs break-all">
      {settings.map(({ key, value, reason }) => (
        <li key={key}>
          {key}={value} {reason !== null && <span className="font-sans break-normal text-ink-3">{reason}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The settings as they are sent, the certificate, and what stays. */
export function DeploymentCards({ plan }: { plan: DeploymentPlanView }) {
  const { settings, protectedSettings, certificate, stays } = plan;
  const derived = settings.filter((setting) => setting.derived);
  return (
    <>
      {settings.length > 0 && (
        <Section title="Settings of the extension">
          <SettingLines settings={settings.filter((setting) => !setting.derived)} />
          {derived.length > 0 && (
            <Fold summary={`${derived.length} more that follow from these and from the cluster`} className="mt-2">
              <SettingLines settings={derived} />
            </Fold>
          )}
        </Section>
      )}
      {protectedSettings.length > 0 && (
        <Section title="Protected settings" aside="sealed, wiped when the request ends">
          <ul className="space-y-0.5 text-xs">
            {protectedSettings.map(({ key, hash, meaning }) => (
              <li key={key}>
                <code className="font-mono break-all">{key}</code>{" "}
                <span className="text-ink-3">
                  {meaning ?? "Not known to Bindery; it is passed on as it is."} Keyed hash <Short text={hash} what="keyed hash" />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {certificate !== null && (
        <Section title="Certificate">
          <Facts
            items={[
              ["Names", certificate.names.join(", ")],
              ["Subject", certificate.subject],
              ["Issuer", certificate.issuer],
              ["Ends", <Time key="ends" iso={certificate.notAfter} />],
              [
                "SHA-256",
                <code key="fingerprint" className="font-mono text-xs break-all">
                  {certificate.fingerprint}
                </code>,
              ],
            ]}
          />
        </Section>
      )}
      {plan.network != null && (
        <Section title="Authorized ranges">
          <NetworkChanges clusterId={plan.target.clusterId} network={plan.network} />
        </Section>
      )}
      <Section title="What stays">
        <ul className="list-disc pl-4">
          {stays.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Section>
    </>
  );
}
