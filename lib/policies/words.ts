/** How many must approve, as a clause. */
export function approvalText(approvals: number): string {
  if (approvals === 0) return "nobody else has to approve";
  return `${["", "one person has", "two persons have", "three persons have"][approvals] ?? `${approvals} persons have`} to approve`;
}

/** Hours as people say them: `8 hours`, `3 days`. Days only where they are whole. */
export function hoursText(hours: number): string {
  if (hours === 1) return "1 hour";
  if (hours >= 48 && hours % 24 === 0) return `${hours / 24} days`;
  return `${hours} hours`;
}

/** Minutes as people say them: `30 minutes`, `8 hours`. */
export function minutesText(minutes: number): string {
  if (minutes % 60 === 0) return hoursText(minutes / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
