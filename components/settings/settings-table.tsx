import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { SettingsAnswer } from "./queries";

/** Every setting with its value and where it comes from. They are changed where Bindery is started, not here. */
export function SettingsTable({ items }: { items: SettingsAnswer["items"] }) {
  const head = (
    <>
      <Th>Setting</Th>
      <Th>Value</Th>
      <Th>From</Th>
    </>
  );
  return (
    <>
      <Table label="Table of settings" head={head} className="md:min-w-[44rem]">
        {items.map(({ key, label, value, from }) => (
          <Tr key={key}>
            <Td className="w-1/2">
              <code className="font-mono text-xs font-medium break-all">{key}</code>
              <p className="text-xs text-ink-3">{label}</p>
            </Td>
            <Td beside className={value === "not set" ? "text-ink-3" : "break-all"}>
              {value}
            </Td>
            <Td beside className="whitespace-nowrap text-ink-3">
              {from}
            </Td>
          </Tr>
        ))}
      </Table>
      <p className="border-t border-line px-3 py-2 text-xs text-ink-3">
        Settings are read once, when Bindery starts. To change one, change the environment and start it again.
      </p>
    </>
  );
}
