import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";

/** How anybody can prove that the record was not altered, without Bindery and without trusting it. */
export function HowToVerify({ headHash, open, onClose }: { headHash: string | null; open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Verify the record offline">
      <ol className="list-decimal space-y-2 pl-4 text-ink-2">
        <li>
          Every event carries a hash over itself and the event before it. Write down the hash of the newest one now and keep it outside
          Bindery: whoever later alters, removes or cuts off anything up to it cannot come to the same hash again.
        </li>
        <li>Export as JSONL. Events that your filter leaves out are in it by their hashes alone, so every export can be verified.</li>
        <li>
          On any machine with a checkout of Bindery, without a connection:
          <CodeBlock
            what="command that verifies an export"
            text={`npm run audit:verify -- audit.jsonl${headHash === null ? "" : ` ${headHash}`}`}
          />
          It says unbroken, or names the first event that is not as it was written.
        </li>
      </ol>
    </Dialog>
  );
}
