import { defineConfig } from "prisma/config";

// The CLI is used for `generate` alone; migrations run in-process (lib/db/migrate.ts). The address below is never dialled.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://unused:unused@localhost/unused" },
});
