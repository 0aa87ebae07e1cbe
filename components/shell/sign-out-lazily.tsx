"use client";
import dynamic from "next/dynamic";

/** The sign-out dialog, fetched when somebody wants to leave: no page needs it before. */
export const SignOutDialog = dynamic(() => import("./sign-out").then((module) => module.SignOutDialog), { ssr: false });
