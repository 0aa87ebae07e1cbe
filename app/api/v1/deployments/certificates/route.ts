import { keepCertificate } from "@/lib/deployments/form/keep-certificate";
import { handle } from "@/lib/http/handle";

export const POST = handle("POST /api/v1/deployments/certificates", ({ actor, body }) => keepCertificate(actor, body));
