import type { Route } from "@/lib/http/route";
import {
  AttachedAnswer,
  AttachedQuery,
  CertificateAnswer,
  CertificateBody,
  LintAnswer,
  LintBody,
  PasteAnswer,
  PasteBody,
  ProtectedValueAnswer,
  ProtectedValueBody,
  SettingsAnswer,
} from "./schema";

/** Routes of the form of a deployment. */
export const deploymentFormRoutes = {
  "GET /api/v1/deployments/settings": {
    summary: "Settings and presets that the form of a deployment offers",
    access: ["Requester", "Approver"],
    response: SettingsAnswer,
  },
  "POST /api/v1/deployments/paste": {
    summary: "Read a pasted az command; keeps its protected values sealed for a request, and never gives one back",
    access: ["Requester", "Approver"],
    body: PasteBody,
    response: PasteAnswer,
    perMinute: 60,
  },
  "POST /api/v1/deployments/lint": {
    summary: "Judge the settings of the extension, with fixes and what Bindery adds; stores nothing",
    access: ["Requester", "Approver"],
    body: LintBody,
    response: LintAnswer,
    perMinute: 120,
  },
  "POST /api/v1/deployments/certificates": {
    summary: "Keep a certificate and its key sealed for a request that is yet to be made",
    access: ["Requester", "Approver"],
    body: CertificateBody,
    response: CertificateAnswer,
    status: 201,
    perMinute: 20,
  },
  "POST /api/v1/deployments/protected-values": {
    summary: "Keep the value of a protected setting sealed for a request that is yet to be made",
    access: ["Requester", "Approver"],
    body: ProtectedValueBody,
    response: ProtectedValueAnswer,
    status: 201,
    perMinute: 60,
  },
  "GET /api/v1/deployments/attached": {
    summary: "Computes by which a workspace knows a cluster",
    access: ["Requester", "Approver"],
    query: AttachedQuery,
    response: AttachedAnswer,
  },
} as const satisfies Record<string, Route>;
