import { randomBytes } from 'node:crypto';

export interface Token {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** Text that looks like a token and opens nothing by itself. */
export function opaqueToken(): string {
  return randomBytes(24).toString('base64url');
}

/** The access tokens that one tenant has issued. */
export class Tokens {
  private readonly issued = new Map<string, Token>();

  issue(clientId: string, scopes: readonly string[], lifetimeSeconds: number): string {
    const value = opaqueToken();
    this.issued.set(value, { clientId, scopes, expiresAt: Date.now() + lifetimeSeconds * 1000 });
    return value;
  }

  /** The live token of an Authorization header, or null. */
  find(authorization: string | undefined): Token | null {
    const value = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    const token = value === undefined ? undefined : this.issued.get(value);
    if (!value || !token) return null;
    if (token.expiresAt > Date.now()) return token;
    this.issued.delete(value);
    return null;
  }

  expireAll(): void {
    this.issued.clear();
  }
}
