import { describe, expect, test } from "vitest";
import type { Verdict } from "@/lib/policies/evaluate";
import { mayAct, mayDecide, mayStart, mayWithdraw, type RequestFacts } from "./abilities";

const verdict: Verdict = {
  policyHash: "x",
  rules: [],
  approvals: 1,
  approverRole: "Approver",
  maxHours: null,
  standingAllowed: true,
  reasonRequired: true,
  ticketRequired: false,
  stepUp: { authenticationContext: null, maxSignInAgeMinutes: null },
  executor: "approver",
  requesterMayCarryOn: false,
  acceptDeleteLock: false,
  refusals: [],
};
const waiting: RequestFacts = {
  state: "waiting",
  requesterKey: "rita",
  requesterOid: "rita-oid",
  verdict,
  deciders: [],
  approvals: 0,
  runState: null,
};
const approver = { oid: "arno-oid", personKey: "arno", portalRoles: ["Approver"] };
const requester = { oid: "rita-oid", personKey: "rita", portalRoles: ["Requester", "Approver"] };

describe("deciding", () => {
  test("an approver may decide on somebody else's request", () => {
    expect(mayDecide(approver, waiting)).toEqual({ allowed: true, why: null });
  });

  test("nobody decides on their own request, whatever portal roles they hold", () => {
    expect(mayDecide(requester, waiting).allowed).toBe(false);
    expect(
      mayDecide({ oid: "rita-oid", personKey: "rita", portalRoles: ["Requester", "Approver", "Administrator"] }, waiting).why,
    ).toContain("your own");
  });

  test("the same account stays the requester although the claim that joins accounts has changed", () => {
    expect(mayDecide({ oid: "rita-oid", personKey: "renamed", portalRoles: ["Approver"] }, waiting).why).toContain("your own");
  });

  test("an administrator does not approve by that role", () => {
    expect(mayDecide({ oid: "ada-oid", personKey: "ada", portalRoles: ["Administrator"] }, waiting).allowed).toBe(false);
  });

  test("a scoped approver role counts only where the policy names it", () => {
    const scoped = { oid: "pia-oid", personKey: "pia", portalRoles: ["Approver.Payments"] };
    expect(mayDecide(scoped, waiting).allowed).toBe(false);
    const named = { ...waiting, verdict: { ...verdict, approverRole: "Approver.Payments" } };
    expect(mayDecide(scoped, named).allowed).toBe(true);
    expect(mayDecide(approver, named).allowed).toBe(false);
  });

  test("one person decides once on a plan", () => {
    expect(mayDecide(approver, { ...waiting, deciders: ["arno"], approvals: 1 }).why).toBe("You approved; one more Approver has to.");
    const three = { ...verdict, approvals: 3 };
    expect(mayDecide(approver, { ...waiting, verdict: three, deciders: ["arno"], approvals: 1 }).why).toContain("2 more Approvers have to");
  });

  test("without a plan there is nothing to decide", () => {
    expect(mayDecide(approver, { ...waiting, verdict: null }).allowed).toBe(false);
  });

  test.each(["approved", "rejected", "withdrawn", "expired", "done"])("a request that is %s is closed to decisions", (state) => {
    expect(mayDecide(approver, { ...waiting, state }).allowed).toBe(false);
  });
});

describe("acting on an approved request", () => {
  const approved = { ...waiting, state: "approved" };

  test("an approver may start it, the requester may not", () => {
    expect(mayStart(approver, approved).allowed).toBe(true);
    expect(mayStart(requester, approved).allowed).toBe(false);
  });

  test("the requester carries out what needs no approval, or what the policy gives to the requester", () => {
    expect(mayAct(requester, { ...approved, verdict: { ...verdict, approvals: 0 } }).allowed).toBe(true);
    expect(mayAct(requester, { ...approved, verdict: { ...verdict, executor: "requester" } }).allowed).toBe(true);
    expect(mayAct(requester, { ...approved, verdict: { ...verdict, requesterMayCarryOn: true } }).allowed).toBe(true);
  });

  test("an approver does not start what the policy gives to the requester", () => {
    expect(mayStart(approver, { ...approved, verdict: { ...verdict, executor: "requester" } }).allowed).toBe(false);
  });

  test("a request has one run at a time", () => {
    expect(mayStart(approver, { ...approved, runState: "failed" }).allowed).toBe(false);
  });
});

describe("withdrawing", () => {
  test("only the requester withdraws", () => {
    expect(mayWithdraw(requester, waiting).allowed).toBe(true);
    expect(mayWithdraw(approver, waiting).allowed).toBe(false);
  });

  test("a request whose run has begun is cancelled, not withdrawn", () => {
    expect(mayWithdraw(requester, { ...waiting, state: "approved", runState: "running" }).why).toContain("cancel the run");
  });
});
