import clsx from "clsx";
import type { ReactElement } from "react";

/** A picture of 24 × 24 in the colour of the text around it. Says nothing to a screen reader: the word beside it does. */
export type Icon = (props: { className?: string; "aria-hidden"?: boolean }) => ReactElement;

/**
 * An icon of Lucide by its name there. Its shape is a mask in app/icons.css, which `scripts/icons.mjs` draws from the names below: neither
 * pages nor scripts carry shapes, and nothing has to be fetched for it.
 */
function icon(name: string): Icon {
  return ({ className }) => <span aria-hidden="true" className={clsx("icon", `icon-${name}`, className)} />;
}

export const AlertTriangle = icon("triangle-exclamation-point");
export const ArrowRight = icon("arrow-right");
export const Ban = icon("ban");
export const Bell = icon("bell");
export const BellRing = icon("bell-ring");
export const Boxes = icon("boxes");
export const Bug = icon("bug");
export const Check = icon("check");
export const CheckCheck = icon("check-check");
export const CheckCircle2 = icon("circle-check");
export const ChevronDown = icon("chevron-down");
export const ChevronRight = icon("chevron-right");
export const ChevronsLeft = icon("chevrons-left");
export const Circle = icon("circle");
export const CircleCheck = icon("circle-check");
export const CircleDashed = icon("circle-dashed");
export const CircleDot = icon("circle-dot");
export const CircleOff = icon("circle-off");
export const CirclePause = icon("circle-pause");
export const CirclePlay = icon("circle-play");
export const CircleSlash = icon("circle-slash");
export const CircleX = icon("circle-x");
export const CloudCog = icon("cloud-cog");
export const Copy = icon("copy");
export const Download = icon("download");
export const Equal = icon("equal");
export const Eye = icon("eye");
export const EyeOff = icon("eye-off");
export const Factory = icon("factory");
export const FilePen = icon("file-pen");
export const FileText = icon("file-text");
export const FlaskConical = icon("flask-conical");
export const GitCompareArrows = icon("git-compare-arrows");
export const Globe = icon("globe");
export const HelpCircle = icon("circle-question-mark");
export const History = icon("rotate-ccw-clock");
export const Hourglass = icon("hourglass");
export const House = icon("house");
export const Info = icon("info");
export const KeyRound = icon("key-round");
export const Link2 = icon("link-2");
export const ListStart = icon("list-start");
export const LoaderCircle = icon("loader-circle");
export const Lock = icon("lock");
export const LogIn = icon("log-in");
export const LogOut = icon("log-out");
export const Menu = icon("menu");
export const MessageSquare = icon("message-square");
export const Minus = icon("minus");
export const Monitor = icon("monitor");
export const MonitorSmartphone = icon("monitor-smartphone");
export const Moon = icon("moon");
export const PauseCircle = icon("circle-pause");
export const PenLine = icon("pen-line");
export const Play = icon("play");
export const Plus = icon("plus");
export const RefreshCw = icon("refresh-cw");
export const RotateCcw = icon("rotate-ccw");
export const Scale = icon("scale");
export const ScanSearch = icon("scan-search");
export const ScrollText = icon("scroll-text");
export const Search = icon("search");
export const SearchX = icon("search-x");
export const Send = icon("send");
export const Settings = icon("settings");
export const ShieldAlert = icon("shield-exclamation-point");
export const ShieldCheck = icon("shield-check");
export const ShieldQuestion = icon("shield-question-mark");
export const ShieldX = icon("shield-x");
export const Snail = icon("snail");
export const StepForward = icon("step-forward");
export const Sun = icon("sun");
export const TimerOff = icon("timer-off");
export const Undo2 = icon("undo-2");
export const Unlink = icon("unlink");
export const Unplug = icon("unplug");
export const UserCheck = icon("user-check");
export const Users = icon("users");
export const WifiOff = icon("wifi-off");
export const X = icon("x");
export const XCircle = icon("circle-x");
