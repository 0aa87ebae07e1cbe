import clsx from "clsx";
import { AlertTriangle, XCircle } from "@/components/ui/icons";
import type { ComponentProps, ReactNode } from "react";

type FieldProps = {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  warning?: ReactNode;
  optional?: boolean;
  children: ReactNode;
};

/** Ids of the texts that describe a field; put them into its `aria-describedby`. */
export function describedBy(
  id: string,
  { hint, error, warning }: { hint?: boolean; error?: boolean; warning?: boolean },
): string | undefined {
  const ids = [hint && `${id}-hint`, warning && `${id}-warning`, error && `${id}-error`].filter((each) => typeof each === "string");
  return ids.length === 0 ? undefined : ids.join(" ");
}

/** Label, hint, control, warning and error text, in this order. The control gets `id`, `describedBy(…)` and `aria-invalid`. */
export function Field({ id, label, hint, error, warning, optional = false, children }: FieldProps) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
        {optional && <span className="font-normal text-ink-3"> (optional)</span>}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-3">
          {hint}
        </p>
      )}
      {warning && <FieldWarning id={id}>{warning}</FieldWarning>}
      {error !== undefined && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}

/** What is wrong with a field. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={`${id}-error`} className="mt-1 flex items-start gap-1 text-xs text-danger-ink">
      <XCircle aria-hidden className="mt-px size-3.5 shrink-0" />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  );
}

/** What one should know about a field, though it does not stop the form. */
export function FieldWarning({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={`${id}-warning`} className="mt-1 flex items-start gap-1 text-xs text-warning-ink">
      <AlertTriangle aria-hidden className="mt-px size-3.5 shrink-0" />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  );
}

const control =
  "w-full rounded-md border border-line-strong bg-surface px-2 text-ink disabled:border-line disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-danger-ink";

/** A one-line text field. */
export function Input({ className, type = "text", ...rest }: ComponentProps<"input">) {
  return <input {...rest} type={type} className={clsx(control, "h-8", className)} />;
}

/** A native select. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select {...rest} className={clsx(control, "h-8 pr-1", className)} />;
}

/** A text field of several lines. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} rows={rows} className={clsx(control, "py-1.5", className)} />;
}

/** A group of checkboxes or radio buttons with one label. */
export function FieldGroup({ id, label, hint, error, warning, children }: Omit<FieldProps, "optional">) {
  return (
    <fieldset
      id={id}
      className="min-w-0"
      aria-describedby={describedBy(id, { hint: !!hint, error: error !== undefined, warning: !!warning })}
    >
      <legend className="mb-1 font-medium">{label}</legend>
      {hint && (
        <p id={`${id}-hint`} className="mb-1 text-xs text-ink-3">
          {hint}
        </p>
      )}
      {children}
      {warning && <FieldWarning id={id}>{warning}</FieldWarning>}
      {error !== undefined && <FieldError id={id}>{error}</FieldError>}
    </fieldset>
  );
}

/** A checkbox or radio button with its words and, below, what they mean. */
export function Choice({
  type = "checkbox",
  label,
  hint,
  ...rest
}: Omit<ComponentProps<"input">, "type"> & { type?: "checkbox" | "radio"; label: ReactNode; hint?: ReactNode }) {
  return (
    <label className={clsx("flex items-start gap-2 py-0.5", rest.disabled && "text-ink-3")}>
      <input {...rest} type={type} className="mt-0.5 size-4 shrink-0 accent-brand" />
      <span className="min-w-0">
        <span className="block">{label}</span>
        {hint && <span className="block text-xs text-ink-3">{hint}</span>}
      </span>
    </label>
  );
}
