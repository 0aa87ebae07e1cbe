/** A part of a run under one heading. */
export type Phase<S> = { title: string; steps: S[] };

const deployment: [title: string, steps: RegExp][] = [
  ["Before", /^(check|register-.*|make-workspace)$/],
  ["Install", /^(put-extension|extension-health)$/],
  ["Detach", /^detach-/],
  ["Remove", /^(delete-extension|namespace-gone|delete-binding.*)$/],
  ["Attach", /^(put-binding|make-namespace|attach-compute)$/],
  ["Proof", /^(attached|settle)$/],
];

/** The steps of a deployment or teardown, parted where another phase begins; of any other kind all together, without a heading. */
export function phasesOf<S extends { stepId: string }>(kind: string, steps: readonly S[]): Phase<S>[] {
  if (!kind.startsWith("ml-")) return [{ title: "", steps: [...steps] }];
  const phases: Phase<S>[] = [];
  for (const step of steps) {
    const last = phases.at(-1);
    const title = deployment.find(([, pattern]) => pattern.test(step.stepId))?.[0] ?? last?.title ?? "Before";
    if (last?.title === title) last.steps.push(step);
    else phases.push({ title, steps: [step] });
  }
  return phases;
}
