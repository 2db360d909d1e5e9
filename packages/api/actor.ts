import type { Actor } from "@trivium/model";
import type { Context } from "hono";

declare module "hono" {
  interface ContextVariableMap {
    readonly actor: Actor;
  }
}

/** Who is at the other end. */
export const currentActor = (c: Context): Actor => c.get("actor");

/** Its id, for what is written down under a name. */
export const actorOf = (c: Context): string => currentActor(c).id;
