import { spawn } from "node:child_process";
import { expect, signIn, test } from "./fixtures";

/** Runs `npm run doctor` with the settings of this stack, some of them changed. Gives its output and how it ended. */
async function doctor(change: Record<string, string> = {}): Promise<{ code: number | null; text: string }> {
  const environment = JSON.parse(process.env.BINDERY_E2E_ENVIRONMENT ?? "{}") as Record<string, string>;
  const child = spawn(process.execPath, ["scripts/doctor.mjs"], {
    env: { ...process.env, ...environment, ...change },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (text += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, text };
}

test("the doctor finds a working set-up well, and names what is wrong with another", async ({ page }) => {
  // The doctor looks at Azure through a sign-in that has read there.
  await signIn(page, "Priya Raghunathan", "/clusters");
  await expect(page.getByRole("link", { name: "aks-ml-prod", exact: true }).first()).toBeVisible();
  const well = await doctor();
  expect(well.text).not.toContain("wrong ");
  for (const name of ["Credential: Entra takes", "Redirect address: ", "Sign-ins: ", "Azure Resource Manager: "])
    expect(well.text).toContain(`ok     ${name}`);
  expect(well.code).toBe(0);

  const ill = await doctor({ BINDERY_CLIENT_SECRET: "not-the-secret", BINDERY_ORIGIN: "http://localhost:1" });
  expect(ill.code).toBe(1);
  expect(ill.text).toContain("wrong  Credential: Entra refuses it (AADSTS7000215)");
  expect(ill.text).toContain("wrong  Redirect address: http://localhost:1/api/auth/callback is not registered");
  expect(ill.text, "a secret is never printed").not.toContain("not-the-secret");
});
