#!/usr/bin/env node
// Verifies an exported audit file, or the chain in the database, without the portal.
import { bundled } from "./bundled.mjs";

await bundled("audit-verify");
