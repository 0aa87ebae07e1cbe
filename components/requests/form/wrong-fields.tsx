import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem";
import { ApiError } from "@/lib/http/api";
import { fieldLabel } from "./field-labels";

/** A refused form: every field that is wrong, by its label. To try again unchanged helps only where no field is named. */
export function FormProblem({ error, title, onRetry }: { error: unknown; title?: string; onRetry?: () => void }) {
  const fields = error instanceof ApiError ? Object.entries(error.fields).filter(([path]) => path !== "") : [];
  if (fields.length === 0)
    return <ProblemNotice error={error} {...(title === undefined ? {} : { title })} {...(onRetry === undefined ? {} : { onRetry })} />;
  return (
    <Notice tone="danger" live title={title ?? (fields.length === 1 ? "One field is wrong" : `${fields.length} fields are wrong`)}>
      <ul className="space-y-0.5">
        {fields.map(([path, text]) => (
          <li key={path}>
            <span className="font-medium">{fieldLabel(path)}:</span> {text}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
