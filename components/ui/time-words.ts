const day = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const clockSeconds = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** `24 Nov 2026, 09:53 UTC` of an ISO 8601 time. */
export function absolute(iso: string): string {
  const date = new Date(iso);
  return `${day.format(date)}, ${clock.format(date)} UTC`;
}

/** `09:53` (UTC) of an ISO 8601 time. */
export function hourMinute(iso: string): string {
  return clock.format(new Date(iso));
}

/** `09:53:27` (UTC) of an ISO 8601 time. */
export function hourMinuteSecond(iso: string): string {
  return clockSeconds.format(new Date(iso));
}

const units: [name: string, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** `3 minutes ago`, `in 2 hours`, `just now`: how far a time is from now, both in ms. */
export function relative(time: number, now: number): string {
  const seconds = Math.round((time - now) / 1000);
  const far = Math.abs(seconds);
  if (far < 10) return "just now";
  const [name, size] = units.find(([, unit]) => far >= unit) ?? ["second", 1];
  const count = Math.floor(far / size);
  const words = `${count} ${name}${count === 1 ? "" : "s"}`;
  return seconds < 0 ? `${words} ago` : `in ${words}`;
}

/** `45 s`, `3 min 10 s`, `2 h 5 min`, `3 d 4 h` of seconds. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return joined(Math.floor(whole / 60), "min", whole % 60, "s");
  if (whole < 86_400) return joined(Math.floor(whole / 3600), "h", Math.floor((whole % 3600) / 60), "min");
  return joined(Math.floor(whole / 86_400), "d", Math.floor((whole % 86_400) / 3600), "h");
}

function joined(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}
