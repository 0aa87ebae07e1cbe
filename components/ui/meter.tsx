/** Slots in use of a limit, as a bar and in words; null: not readable, which is never drawn as zero. */
export function SlotMeter({ used, limit, after }: { used: number | null; limit: number; after?: number | null }) {
  if (used === null) return <span className="text-ink-3">not readable by you (limit {limit})</span>;
  const full = used >= limit;
  const words =
    after !== undefined && after !== null && after !== used ? `${used} → ${after} of ${limit} slots` : `${used} of ${limit} slots`;
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden className="inline-flex gap-0.5">
        {Array.from({ length: limit }, (_, slot) => (
          <span key={slot} className={`h-2.5 w-2 rounded-xs border ${slotClass(slot, used, after ?? used, full)}`} />
        ))}
      </span>
      <span className={`num text-xs ${full ? "font-semibold text-danger-ink" : "text-ink-2"}`}>{words}</span>
    </span>
  );
}

function slotClass(slot: number, used: number, after: number, full: boolean): string {
  if (slot < Math.min(used, after)) return full ? "border-danger-solid bg-danger-solid" : "border-brand bg-brand";
  if (slot < Math.max(used, after)) return "border-brand-ink border-dashed bg-brand-tint";
  return "border-line bg-sunken";
}
