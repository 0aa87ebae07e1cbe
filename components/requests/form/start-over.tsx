import { Button } from "@/components/ui/button";
import { RotateCcw } from "@/components/ui/icons";

/** Empties a form, where there is something to empty. */
export function StartOver({ onStart }: { onStart: (() => void) | null }) {
  return (
    onStart !== null && (
      <Button icon={RotateCcw} onClick={onStart}>
        Start over
      </Button>
    )
  );
}
