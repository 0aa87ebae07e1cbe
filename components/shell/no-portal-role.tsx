"use client";
import { LogOut } from "@/components/ui/icons";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Me } from "./me";
import { PlainPage } from "./plain-page";
import { SignOutDialog } from "./sign-out-lazily";

/** For somebody who is signed in but holds no portal role: what that means and whom to ask. */
export function NoPortalRole({ me }: { me: Me }) {
  const [leaving, setLeaving] = useState(false);
  return (
    <PlainPage title="You have no portal role yet">
      <p>
        You are signed in as <strong className="font-semibold text-ink">{me.name}</strong> ({me.upn}), but nobody has given you a portal
        role of Bindery.
      </p>
      <p>
        Ask your administrator to assign you to the Bindery application in Entra as Requester, Approver, Auditor or Administrator. Then sign
        out and in again: portal roles come with the sign-in.
      </p>
      <Button icon={LogOut} onClick={() => setLeaving(true)}>
        Sign out…
      </Button>
      {leaving && <SignOutDialog open onClose={() => setLeaving(false)} />}
    </PlainPage>
  );
}
