#!/usr/bin/env node
// Measures the product against a stack of its own and prints JSON.
import { bundled } from "./bundled.mjs";

await bundled("bench", { production: true, browser: true });
