"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/http/api";
import type { RequestBody } from "../shapes";

/** Sends a request, and goes to its page. `forget` drops the draft that it was made from. */
export function useSubmit(forget: () => void) {
  const router = useRouter();
  const say = useToast();
  return useMutation({
    mutationFn: (body: RequestBody) => api("POST /api/v1/requests", { body }),
    onSuccess: ({ id, number }) => {
      forget();
      say("success", `Request ${number} is sent.`);
      router.push(`/requests/${id}`);
    },
  });
}
