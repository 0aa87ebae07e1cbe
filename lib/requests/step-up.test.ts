import { expect, test } from "vitest";
import { missingStepUp, signInAgainUrl } from "./step-up";

const now = new Date("2026-11-24T12:00:00Z");
const signedIn = (minutesAgo: number, acrs: string[] = []) => ({ authTime: new Date(now.getTime() - minutesAgo * 60_000), acrs });

test("a sign-in that meets the policy misses nothing", () => {
  expect(missingStepUp({ authenticationContext: "c1", maxSignInAgeMinutes: 30 }, signedIn(29, ["c1"]), now)).toBeNull();
});

test("an older sign-in has to be made again", () => {
  const missing = missingStepUp({ authenticationContext: null, maxSignInAgeMinutes: 30 }, signedIn(31), now);
  expect(missing?.why).toContain("younger than 30 minutes");
  expect(signInAgainUrl(missing!.want, "/requests/r1")).toBe("/api/auth/step-up?returnTo=%2Frequests%2Fr1&fresh=true");
});

test("a missing authentication context is asked for by its name", () => {
  const missing = missingStepUp({ authenticationContext: "c1", maxSignInAgeMinutes: null }, signedIn(1), now);
  expect(signInAgainUrl(missing!.want, "/requests/r1")).toBe("/api/auth/step-up?returnTo=%2Frequests%2Fr1&context=c1");
});
