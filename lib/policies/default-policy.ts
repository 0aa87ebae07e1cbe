import type { PolicyDocument } from "./schema";

/** The policy that holds when the installation configures none: four eyes for everything that adds access, six for what is dangerous. */
export const defaultPolicy: PolicyDocument = {
  version: 1,
  defaults: {
    approvals: 1,
    approverRole: "Approver",
    standing: true,
    reasonRequired: true,
    ticketRequired: false,
    executor: "approver",
    requesterMayCarryOn: false,
    acceptDeleteLock: false,
  },
  rules: [
    {
      id: "everything",
      description: "Every change says why, needs another person, and an approver who signed in within the last eight hours.",
      match: {},
      set: { approvals: 1, approverRole: "Approver", reasonRequired: true, stepUp: { maxSignInAgeMinutes: 480 } },
    },
    {
      id: "critical-roles",
      description:
        "Roles that can read secrets, run code or change permissions, and lists of authorized ranges that may lock people or nodes out, need two persons.",
      match: { risk: ["critical"], reducing: false },
      set: { approvals: 2 },
    },
    {
      id: "production",
      description: "On production clusters, more access needs two persons.",
      match: { production: true, reducing: false },
      set: { approvals: 2 },
    },
    {
      id: "reducing",
      description: "An approver may take access away without waiting for a second person.",
      match: { reducing: true },
      set: { approvals: 0 },
    },
  ],
};
