import { commentText } from "@/lib/plans/quote";
import type { NetworkPlan } from "@/lib/plans/plan";
import { renderRangesAz, renderRangesTerraform } from "../render-ranges";
import { renderRangesBicep } from "./render-bicep";

/** The plan as a command of the az CLI, and as the part of a cluster's own template that it changes. */
export function networkExports({ sentence, target, network }: NetworkPlan): { az: string; terraform: string; bicep: string } {
  const { after, added, removed } = network.list;
  if (added.length + removed.length === 0) {
    const text = commentText(`${sentence} There is nothing to run.`);
    return { az: `# ${text}\n`, terraform: `# ${text}\n`, bicep: `// ${text}\n` };
  }
  return {
    az: [
      `# ${commentText(sentence)}`,
      "# The command replaces the whole list: run it only while the list is as this plan found it. It waits until Azure is done.",
      "set -eu",
      renderRangesAz(target.clusterId, after),
    ].join("\n"),
    terraform: [
      `# ${commentText(sentence)}`,
      "# This is no resource of its own: put the block into the azurerm_kubernetes_cluster that you have, in the place of the one there.",
      renderRangesTerraform(after),
    ].join("\n"),
    bicep: `// ${commentText(sentence)}\n${renderRangesBicep(after)}`,
  };
}
