import { signInStep } from "@/lib/auth/steps";

/** GET sign-in, step-up and callback: navigations of the browser to Entra and back. */
export async function GET(request: Request, { params }: { params: Promise<{ step: string }> }): Promise<Response> {
  return signInStep((await params).step, request);
}
