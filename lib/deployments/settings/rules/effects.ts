import { dropFix } from "../finding";
import { lookUp } from "../table";
import { info, type Rule } from "./rule";

/** What stands here without an effect. */
export const effectRules: Rule = ({ input, inference, training }) => {
  const idle = Object.keys(input.settings).filter((key) => {
    const found = lookUp(key);
    if (found.status !== "known" || found.setting.derived === true || key.startsWith("enable")) return false;
    const { feature } = found.setting;
    if (feature === "inference" || feature === "tls" || feature === "migration") return !inference && training;
    return (feature === "training" || feature === "scheduling") && !training && inference;
  });
  return idle.map((key) => {
    const found = lookUp(key);
    const what =
      found.status === "known" && (found.setting.feature === "training" || found.setting.feature === "scheduling")
        ? "training"
        : "inference";
    return {
      ...info("no-effect", key, `${key} has no effect while ${what} is off.`, `Remove it, or switch ${what} on.`),
      fix: dropFix(key),
    };
  });
};
