import { CircleSlash, KeyRound, Lock, type Icon, Unplug } from "@/components/ui/icons";
import type { ReactNode } from "react";
import { AnchorButton } from "./button";
import { ArmId } from "./arm-id";

/** What a read from Azure gave: the value with its age, or why there is none. The browser's shape of `readable(…)`. */
export type Read<T> =
  | { state: "ok"; value: T; at: string }
  | { state: "absent" }
  | { state: "no-permission"; message: string; action?: string | undefined; scope?: string | undefined }
  | { state: "sign-in"; message: string }
  | { state: "unavailable"; message: string; azureCode?: string | undefined };

type Props<T> = { read: Read<T>; what: string; children: (value: T, at: string) => ReactNode; absent?: ReactNode };

/**
 * Shows a read from Azure. A value that nobody could read is never drawn as empty or zero: absent, no permission, sign-in needed and
 * unavailable each say what they are and what to do. `what` names the thing in the plural or with article: "the locks", "this cluster".
 */
export function Readable<T>({ read, what, children, absent }: Props<T>) {
  switch (read.state) {
    case "ok":
      return children(read.value, read.at);
    case "absent":
      return absent ?? <Unread icon={CircleSlash} title="Not in Azure" text={`Azure answered that ${what} does not exist.`} />;
    case "no-permission":
      return <NoPermission read={read} what={what} />;
    case "sign-in":
      return (
        <Unread icon={KeyRound} title="Sign in again to read this" text={read.message}>
          <AnchorButton size="sm" href="/api/auth/step-up?fresh=true">
            Sign in again
          </AnchorButton>
        </Unread>
      );
    case "unavailable":
      return (
        <Unread icon={Unplug} title="Azure did not answer" text={read.message}>
          <span className="text-xs text-ink-3">
            {read.azureCode !== undefined && <code className="font-mono">{read.azureCode}</code>} Bindery tries again when you reload.
          </span>
        </Unread>
      );
  }
}

function NoPermission({
  read: { action, scope, message },
  what,
}: {
  read: { message: string; action?: string; scope?: string };
  what: string;
}) {
  return (
    <Unread icon={Lock} title="Not readable by you" text={message}>
      <div className="text-xs text-ink-3">
        {action !== undefined && (
          <p>
            Needs <code className="font-mono break-all">{action}</code>
            {scope !== undefined && (
              <>
                {" "}
                on <ArmId id={scope} what="scope" />
              </>
            )}
          </p>
        )}
        <p>Ask for an Azure role that reads {what}, or activate the one you are eligible for.</p>
      </div>
    </Unread>
  );
}

function Unread({ icon: Icon, title, text, children }: { icon: Icon; title: string; text: string; children?: ReactNode }) {
  return (
    <div className="flex items-start gap-2 p-3">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
      <div className="min-w-0 space-y-1">
        <p className="font-medium">{title}</p>
        <p className="break-words text-ink-3">{text}</p>
        {children}
      </div>
    </div>
  );
}
