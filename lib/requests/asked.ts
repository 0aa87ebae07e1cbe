import { z } from "zod";
import { prose } from "@/lib/kernel/shapes";

/** What every request is asked with, whatever its kind. */
export const asked = {
  reason: prose(2000, "A reason").default(""),
  ticket: prose(100, "A ticket").optional(),
};

/** Name of a new role binding. */
export const BindingName = z
  .string()
  .trim()
  .min(1, "Give the binding a name.")
  .max(24, "A binding's name has at most 24 characters.")
  .regex(/^[A-Za-z0-9-]+$/, "A binding's name has letters, digits and hyphens only.");

/** Full name of a trusted access role: `SOURCE-TYPE/ROLE`. */
export const RoleFullName = z
  .string()
  .trim()
  .max(200)
  .regex(
    /^[A-Za-z0-9.]+(\/[A-Za-z0-9]+)+\/[A-Za-z0-9._-]+$/,
    "A trusted access role is written SOURCE-TYPE/ROLE, for example Microsoft.MachineLearningServices/workspaces/mlworkload.",
  );
