"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ToastRegion } from "@/components/ui/toast";
import { makeQueryClient } from "./query";

/** The cache of this tab and the corner for toasts. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <ToastRegion>{children}</ToastRegion>
    </QueryClientProvider>
  );
}
