"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { queryOf } from "@/components/shell/query";
import { Button } from "@/components/ui/button";
import { describedBy, Field, Input, Select } from "@/components/ui/field";
import { CloudCog } from "@/components/ui/icons";
import { api, ApiError } from "@/lib/http/api";
import { ImportDone, ImportRefused } from "./import-outcome";

/** Any page of clusters names every subscription that the person reads. */
const subscriptionsQuery = () => queryOf("GET /api/v1/clusters", { query: { limit: 1 } });

/** Imports what Azure answers for one of the person's subscriptions. `inUse`: id of the snapshot in use; `regions`: ARM locations to offer. */
export function ImportFromAzure({ inUse, regions }: { inUse: string | undefined; regions: readonly string[] }) {
  const [picked, setPicked] = useState<string | undefined>();
  const [location, setLocation] = useState("");
  const client = useQueryClient();
  const known = useQuery(subscriptionsQuery());
  const subscriptions = known.data?.subscriptions ?? [];
  const subscription = picked ?? subscriptions[0]?.id ?? "";
  const read = useMutation({
    mutationFn: async () => ({
      result: await api("POST /api/v1/network/snapshots/from-azure", { body: { subscription, location } }),
      before: inUse,
    }),
    onSuccess: () => client.invalidateQueries(),
  });
  const fields = read.error instanceof ApiError ? read.error.fields : {};
  const isOfForm = fields.subscription !== undefined || fields.location !== undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        read.mutate();
      }}
      className="min-w-0 space-y-3"
    >
      <div>
        <h3 className="mb-1 font-medium">Or what Azure answers you</h3>
        <p className="text-ink-3">
          A part of the weekly file, up to four weeks old. It needs the Azure action{" "}
          <code className="font-mono text-xs break-all">Microsoft.Network/locations/serviceTags/read</code> on the subscription.
        </p>
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field id="subscription" label="Subscription" error={fields.subscription}>
          <Select
            id="subscription"
            value={subscription}
            disabled={subscriptions.length === 0}
            aria-invalid={fields.subscription !== undefined}
            aria-describedby={describedBy("subscription", { error: fields.subscription !== undefined })}
            onChange={(event) => setPicked(event.target.value)}
          >
            {subscriptions.length === 0 && <option value="">{known.isPending ? "Reading…" : "Azure shows you none"}</option>}
            {subscriptions.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field id="location" label="Region" hint="Any: the tags of all regions come back." error={fields.location}>
          <Input
            id="location"
            list="location-names"
            value={location}
            maxLength={60}
            spellCheck={false}
            autoCapitalize="none"
            aria-invalid={fields.location !== undefined}
            aria-describedby={describedBy("location", { hint: true, error: fields.location !== undefined })}
            onChange={(event) => setLocation(event.target.value)}
          />
          <datalist id="location-names">
            {regions.map((region) => (
              <option key={region} value={region}>
                {region}
              </option>
            ))}
          </datalist>
        </Field>
      </div>
      <Button type="submit" icon={CloudCog} busy={read.isPending} disabled={subscription === "" || location.trim() === ""}>
        Read from Azure
      </Button>
      {read.isError && !isOfForm && <ImportRefused error={read.error} />}
      {read.isSuccess && <ImportDone {...read.data} from="azure" />}
    </form>
  );
}
