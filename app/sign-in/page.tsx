import { LogIn } from "@/components/ui/icons";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PlainPage } from "@/components/shell/plain-page";
import { AnchorButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { safeReturnTo } from "@/lib/auth/return-to";
import { currentActor } from "@/lib/auth/session";
import { signInErrors } from "@/lib/auth/sign-in-errors";
import { cloud } from "@/lib/azure/cloud";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where a person without a session lands: one button, and why the last try did not succeed. */
export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const returnTo = safeReturnTo(typeof query.returnTo === "string" ? query.returnTo : null);
  const failure = Object.entries(signInErrors).find(([code]) => code === query.error)?.[1];
  if (failure === undefined && (await currentActor()) !== null) redirect(returnTo);
  const { notice } = cloud();
  return (
    <PlainPage title="Sign in to Bindery">
      <p>
        Ask for trusted access to AKS clusters and for Azure Machine Learning on them, approve it, apply it, and see what was done. Bindery
        acts in Azure as you, never as itself.
      </p>
      {failure !== undefined && (
        <Notice tone="danger" title={failure.title}>
          {failure.sentence} {failure.remedy}
        </Notice>
      )}
      {notice !== null && <Notice tone="info">{notice}</Notice>}
      <AnchorButton href={`/api/auth/sign-in?returnTo=${encodeURIComponent(returnTo)}`} kind="primary" icon={LogIn} className="w-full">
        Sign in with Microsoft Entra
      </AnchorButton>
    </PlainPage>
  );
}
