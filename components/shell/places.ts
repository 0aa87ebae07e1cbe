import {
  Boxes,
  CloudCog,
  FileText,
  FlaskConical,
  Globe,
  House,
  Link2,
  Play,
  ScrollText,
  Settings,
  ShieldCheck,
  Users,
  type Icon,
} from "@/components/ui/icons";

export type Place = {
  href: string;
  word: string;
  icon: Icon;
  key: string;
  count?: "waitingForMe" | "runsNeedMe";
  auditOnly?: true;
  askOnly?: true;
};

/** The pages of the side navigation; `key` after `g` goes there. */
export const places: readonly Place[] = [
  { href: "/", word: "Overview", icon: House, key: "o" },
  { href: "/requests", word: "Requests", icon: FileText, key: "r", count: "waitingForMe" },
  { href: "/runs", word: "Runs", icon: Play, key: "u", count: "runsNeedMe" },
  { href: "/clusters", word: "Clusters", icon: Boxes, key: "c" },
  { href: "/workspaces", word: "Workspaces", icon: FlaskConical, key: "w" },
  { href: "/deployments/new", word: "Deploy Azure ML", icon: CloudCog, key: "d", askOnly: true },
  { href: "/bindings", word: "Role bindings", icon: Link2, key: "b" },
  { href: "/network", word: "Network", icon: Globe, key: "n" },
  { href: "/roles", word: "Trusted access roles", icon: ShieldCheck, key: "t" },
  { href: "/audit", word: "Audit", icon: ScrollText, key: "a", auditOnly: true },
  { href: "/policies", word: "Policies", icon: Users, key: "p" },
  { href: "/settings", word: "Settings", icon: Settings, key: "s" },
];
