"use client";
import { Link2 } from "lucide-react";
import { useState } from "react";
import { Short } from "@/components/ui/arm-id";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { HowToVerify } from "./how-to-verify";

/** The newest link of the chain, for writing down, and how to verify the record with it. */
export function ChainHead({ head }: { head: { sequence: string; hash: string } | null }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {head !== null && (
        <span className="inline-flex items-center gap-1">
          head {head.sequence} <Short text={head.hash} what="hash of the newest event" />
        </span>
      )}
      <Button size="sm" icon={Link2} onClick={() => setOpen(true)}>
        How to verify
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Verify the record offline">
        <HowToVerify headHash={head?.hash ?? null} />
      </Dialog>
    </>
  );
}
