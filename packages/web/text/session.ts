export const session = {
  title: "Sign in",
  intro: "Plans, data and what people say about them are for those whom the district has given a way in.",
  login: "Login",
  password: "Password",
  signIn: "Sign in",
  byProvider: "Sign in with the district’s account",
  signOut: "Sign out",
  who: (id: string, roles: readonly string[]) => `${id === "local" ? "This machine’s user" : id}: ${roles.join(", ")}`,
} as const;
