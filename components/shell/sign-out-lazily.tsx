"use client";
import { lazy, Suspense } from "react";

/** The sign-out dialog, fetched when somebody wants to leave: no page needs it before. */
export function SignOutDialog(props: { open: boolean; onClose: () => void }) {
  return (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  );
}

const Dialog = lazy(() => import("./sign-out").then((module) => ({ default: module.SignOutDialog })));
