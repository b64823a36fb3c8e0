import { createHash } from 'node:crypto';

/** A contact as the sandbox keeps it: every documented field, null where nothing is known. */
export interface Contact {
  readonly id: string;
  readonly [field: string]: unknown;
}

export interface Transaction {
  readonly created_on: string;
  readonly method: string;
  readonly route: string;
  readonly status_code: number;
  readonly created_entity_id: string | null;
}

/** What one consumer has: contacts in the order they came, and the client request ids that succeeded. */
export interface Tenant {
  readonly contacts: Contact[];
  /** By connection and client request id. */
  readonly transactions: Map<string, Transaction>;
}

/** Everything a running sandbox remembers; nothing outlives it. */
export class State {
  private readonly tenants = new Map<string, Tenant>();
  private readonly tokens = new Map<string, number>();
  private created = 0;
  private issued = 0;

  constructor(private readonly lasting: readonly string[]) {}

  tenant(consumer: string): Tenant {
    const key = consumer.toLowerCase();
    let tenant = this.tenants.get(key);
    if (tenant === undefined) {
      tenant = { contacts: [], transactions: new Map() };
      this.tenants.set(key, tenant);
    }
    return tenant;
  }

  /** Consumers that were spoken to, in the order of their first request. */
  consumers(): readonly string[] {
    return [...this.tenants.keys()];
  }

  /** Unique over all consumers of the sandbox. */
  nextNumber(): number {
    return ++this.created;
  }

  /** A token of the shape of a JWT; good until `until`, in Unix milliseconds. */
  issue(subject: string, until: number): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: subject, exp: Math.floor(until / 1000), jti: ++this.issued })}`;
    const token = `${claims}.${createHash('sha256').update(`sandbox ${claims} ${until}`).digest('base64url')}`;
    this.tokens.set(token, until);
    return token;
  }

  isGood(token: string, now: number): boolean {
    if (this.lasting.includes(token)) return true;
    const until = this.tokens.get(token);
    return until !== undefined && now < until;
  }
}
