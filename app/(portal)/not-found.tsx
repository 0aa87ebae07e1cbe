import { SearchX } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/section";

/** Absent, or outside what this person may see: both answer alike. */
export default function NotFoundHere() {
  return (
    <>
      <PageHeader title="Not found" />
      <Empty
        icon={SearchX}
        title="Nothing is here, or you may not see it"
        action={
          <LinkButton href="/" kind="primary">
            Go to the overview
          </LinkButton>
        }
      >
        Bindery shows only what Azure lets you read. If you expected something here, check your Azure roles, then reload.
      </Empty>
    </>
  );
}
