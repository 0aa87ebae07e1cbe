import { Link2 } from "@/components/ui/icons";
import { Short } from "@/components/ui/arm-id";
import { Button } from "@/components/ui/button";

type Props = { head: { sequence: string; hash: string } | null; onExplain: () => void };

/** The newest link of the chain, for writing down, and the way to learn what it is for. */
export function ChainHead({ head, onExplain }: Props) {
  return (
    <>
      {head !== null && (
        <span className="inline-flex items-center gap-1">
          head {head.sequence} <Short text={head.hash} what="hash of the newest event" />
        </span>
      )}
      <Button size="sm" icon={Link2} onClick={onExplain}>
        How to verify
      </Button>
    </>
  );
}
