import { InputError } from "@trivium/model";
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";

/** The district's OpenID Connect provider, and how it knows this server. */
export interface ProviderConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people reach this server: https://trivium.district.org */
  readonly publicUrl: string;
}

/** What must be the same when somebody comes back from the provider; kept by the browser in between. */
export interface SignInState {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export const CALLBACK = "/v1/session/callback";

/** Signing in by the district's identity provider: authorization code with PKCE, state and nonce. Discovered when it is first needed. */
export class Provider {
  readonly #config: ProviderConfig;
  #discovered: Promise<Configuration> | undefined;

  constructor(config: ProviderConfig) {
    this.#config = config;
  }

  get issuer(): string {
    return this.#config.issuer;
  }

  async begin(): Promise<{ readonly url: string; readonly kept: SignInState }> {
    const kept = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: `${this.#config.publicUrl}${CALLBACK}`,
      scope: "openid email",
      code_challenge: await calculatePKCECodeChallenge(kept.verifier),
      code_challenge_method: "S256",
      state: kept.state,
      nonce: kept.nonce,
    });
    return { url: url.href, kept };
  }

  /** Who came back. The login is an e-mail address that the provider has verified. @throws InputError sign-in-refused */
  async end(
    query: string,
    kept: SignInState,
  ): Promise<{ readonly subject: string; readonly login: string | undefined }> {
    const url = new URL(`${this.#config.publicUrl}${CALLBACK}${query}`);
    try {
      const tokens = await authorizationCodeGrant(await this.#configuration(), url, {
        pkceCodeVerifier: kept.verifier,
        expectedState: kept.state,
        expectedNonce: kept.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error("no claims");
      const verified = claims.email_verified === true && typeof claims.email === "string";
      return { subject: claims.sub, login: verified ? String(claims.email) : undefined };
    } catch (cause) {
      throw Object.assign(
        new InputError("sign-in-refused", "the identity provider's answer cannot be used. Maybe sign in again?"),
        {
          cause,
        },
      );
    }
  }

  #configuration(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#config;
    const server = new URL(issuer);
    // A provider on the same machine, as tests have it; any other is reached over TLS.
    const alone = server.protocol === "http:" && ["127.0.0.1", "localhost"].includes(server.hostname);
    this.#discovered ??= discovery(server, clientId, clientSecret, undefined, {
      ...(alone ? { execute: [allowInsecureRequests] } : {}),
      timeout: 10,
    }).catch((error) => {
      this.#discovered = undefined;
      throw error;
    });
    return this.#discovered;
  }
}
