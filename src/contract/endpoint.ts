import type { ZodType } from 'zod';

/** The HTTP methods an endpoint may have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of the provider and what it promises. Bodies are JSON; a `null` response promises no body. */
export interface Endpoint {
  /** Stable, used in finding codes, fingerprints and test names: `createContact`. */
  readonly id: string;
  readonly method: Method;
  /** Path template with `{name}` for each path parameter. */
  readonly path: string;
  /** Whether a request may leave something behind; writing endpoints need a permit outside loopback. */
  readonly effect: 'reads' | 'writes';
  readonly auth: 'bearer' | 'none';
  readonly summary: string;
  /** Where the promise was published. */
  readonly source: string;
  readonly request: {
    readonly params?: Readonly<Record<string, ZodType>>;
    /** Query parameters as their wire strings; all optional. */
    readonly query?: Readonly<Record<string, ZodType>>;
    readonly body?: ZodType;
  };
  readonly responses: Readonly<Record<number, ZodType | null>>;
}
