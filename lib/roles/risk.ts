/** How dangerous the rules of a role are. */
export type RiskLevel = "low" | "medium" | "critical";
/** One reason for the level: what the rules allow, and why that matters, in words for people. */
export type RiskReason = { level: RiskLevel; code: string; text: string };
