import { createHmac, randomBytes } from "node:crypto";

/** A new secret, shown once to whoever makes the webhook. @see Standard Webhooks, “Signature scheme” (standard-webhooks/spec) */
export const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/**
 * Headers by which the receiver knows that a delivery is ours, whole, and not an old one sent again:
 * HMAC-SHA256 of `id.timestamp.body` under the secret, base64. The id stays the same over retries.
 */
export function signedHeaders(secret: string, id: string, body: string, now: Date): Record<string, string> {
  const timestamp = Math.floor(now.getTime() / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${signature}`,
  };
}
