"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useToast } from "@/components/ui/toast";
import type { Tone } from "@/components/ui/tone";
import { requestQuery } from "../queries";

/** A write on a request: says what was done, and reads the request again whether it succeeded or not, since a refusal means that it moved on. */
export function useRequestWrite<V, T>(
  id: string,
  write: (variables: V) => Promise<T>,
  said: (answer: T) => string,
  tone: (answer: T) => Tone = () => "success",
) {
  const client = useQueryClient();
  const say = useToast();
  return useMutation({
    mutationFn: write,
    onSuccess: (answer) => say(tone(answer), said(answer)),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: requestQuery(id).queryKey }),
        client.invalidateQueries({ queryKey: ["GET /api/v1/requests"] }),
        client.invalidateQueries({ queryKey: ["GET /api/v1/me"] }),
      ]),
  });
}
