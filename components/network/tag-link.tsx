import clsx from "clsx";
import Link from "next/link";
import { isAzureMl } from "@/lib/network/tags/azure-ml";

/** Path of a service tag's page. */
export const tagPath = (name: string): string => `/network/tags/${encodeURIComponent(name)}`;

/** Name of the service tag of Azure ML for an ARM location. Its page takes it in any case. */
export const regionTag = (region: string): string => `AzureMachineLearning.${region}`;

/** Leads to the page of a service tag of Azure ML; others have none. `children`: other words than its name; `inText`: it stands in a sentence. */
export function TagLink({ name, children = name, inText = false }: { name: string; children?: string; inText?: boolean }) {
  if (!isAzureMl({ name })) return children;
  return (
    <Link href={tagPath(name)} className={clsx("break-all text-brand-ink hover:underline", inText && "underline")}>
      {children}
    </Link>
  );
}

/** ARM locations, each leading to its tag of Azure ML. */
export function RegionLinks({ regions }: { regions: readonly string[] }) {
  return regions.map((region, at) => (
    <span key={region}>
      {at > 0 && ", "}
      <TagLink name={regionTag(region)}>{region}</TagLink>
    </span>
  ));
}
