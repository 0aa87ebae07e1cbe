/** Why a sign-in did not succeed: the code in `/sign-in?error=…`, and what the sign-in page says to it. */
export const signInErrors = {
  state: {
    title: "This sign-in did not finish",
    sentence: "It took longer than ten minutes, was already used, or was begun in another browser.",
    remedy: "Begin again from here.",
  },
  denied: {
    title: "Entra did not let you in",
    sentence: "You cancelled, or your organisation does not let you use Bindery.",
    remedy: "Try again; if it stays, ask your administrator to assign you to the Bindery application.",
  },
  guest: {
    title: "Guest accounts may not sign in",
    sentence: "This installation is for members of the organisation.",
    remedy: "Sign in with your own account of this organisation.",
  },
  tenant: {
    title: "This account belongs to another organisation",
    sentence: "Bindery serves one Entra tenant, and your account is of another.",
    remedy: "Choose an account of this organisation.",
  },
  disabled: {
    title: "This account is disabled",
    sentence: "Entra says that it may not sign in.",
    remedy: "Ask your administrator.",
  },
  person: {
    title: "That was somebody else",
    sentence: "A sign-in of one person was to be renewed, and another person answered.",
    remedy: "Sign in as the person who began, or sign out first.",
  },
  unavailable: {
    title: "Entra does not answer",
    sentence: "Bindery could not reach Entra, or Entra refused Bindery itself.",
    remedy: "Try again in a moment; your administrator finds the reason in the log.",
  },
} as const satisfies Record<string, { title: string; sentence: string; remedy: string }>;

export type SignInErrorCode = keyof typeof signInErrors;
