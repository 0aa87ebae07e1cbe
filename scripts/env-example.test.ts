import { expect, it } from "vitest";
import { SettingsSchema } from "@/lib/kernel/settings";

const head = `# Settings of Bindery for a real tenant: copy to .env, or set them in the environment, which wins.
# The demo (npm run demo) needs none of them. Made from lib/kernel/settings.ts: npx vitest run scripts/env-example.test.ts -u`;

it("says in .env.example what each setting is for, which are needed, and what holds without it", async () => {
  const parts = Object.entries(SettingsSchema.shape).map(([name, shape]) => {
    const absent = shape.safeParse(undefined);
    const standard = absent.success && absent.data !== undefined ? String(absent.data) : undefined;
    // The launcher gives the address of the embedded database when there is no other.
    const needed = !absent.success && name !== "DATABASE_URL";
    const note =
      name === "DATABASE_URL"
        ? " Without it: an embedded database."
        : needed
          ? " Needed."
          : standard === undefined
            ? ""
            : ` Without it: ${standard}.`;
    return `# ${shape.description}.${note}\n${needed ? "" : "#"}${name}=${standard ?? ""}`;
  });
  expect(parts.length).toBeGreaterThan(15);
  await expect(`${[head, ...parts].join("\n\n")}\n`).toMatchFileSnapshot("../.env.example");
});
