import { HarnessError } from '../errors.js';

declare const granted: unique symbol;

/** Proof that this run may write at this target; only {@link grantWrites} makes one. */
export interface WritePermit {
  readonly [granted]: true;
  readonly maxCreates: number;
}

export interface Target {
  readonly origin: string;
  /** Path before the endpoint paths, without a trailing slash. */
  readonly basePath: string;
  readonly loopback: boolean;
}

/** At a foreign target more than this many creates need an explicit number: there is no way to delete a contact. */
export const foreignCreates = 25;

/** Reads a base URL and refuses what would leak a token: credentials in it, plain http beyond loopback. */
export function targetOf(url: string): Target {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['http:', 'https:'].includes(parsed.protocol))
    throw new HarnessError('usage', '--url is not an http or https URL', {
      hint: 'Give it as https://host[:port][/path].',
    });
  if (parsed.username !== '' || parsed.password !== '')
    throw new HarnessError('refused', 'the URL carries credentials', {
      hint: 'Put them into CHIFT_CLIENT_ID, CHIFT_CLIENT_SECRET and CHIFT_ACCOUNT_ID.',
    });
  if (parsed.search !== '' || parsed.hash !== '')
    throw new HarnessError('usage', '--url has a query or a fragment; it is the base that endpoint paths are added to');
  const loopback = isLoopback(parsed.hostname);
  if (parsed.protocol === 'http:' && !loopback)
    throw new HarnessError('refused', `plain http to ${parsed.host} would send the token in clear text`, {
      hint: 'Use https; http is only for loopback.',
    });
  return { origin: parsed.origin, basePath: parsed.pathname.replace(/\/+$/, ''), loopback };
}

/** 127.0.0.0/8, ::1 and localhost; a name that merely resolves there is not trusted. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

export interface WriteRequest {
  readonly target: Target;
  readonly consumer: string;
  /** The consumer that `--allow-writes` names. */
  readonly allowWrites: string | undefined;
  readonly maxCreates: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Refuses (exit 4) unless the target is loopback or the operator named the very consumer that will be written to. */
export function grantWrites(request: WriteRequest): WritePermit {
  const { target, consumer, allowWrites, maxCreates } = request;
  if (request.environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    throw new HarnessError('refused', 'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check of certificates', {
      hint: 'Unset it; give a private CA with NODE_EXTRA_CA_CERTS.',
    });
  if (target.loopback) return permit(maxCreates ?? Number.POSITIVE_INFINITY);
  if (allowWrites === undefined)
    throw new HarnessError(
      'refused',
      `${target.origin} is not loopback, and contacts created there cannot be deleted`,
      {
        hint: `Add --allow-writes ${consumer} if this consumer is a sandbox of yours, or --dry-run to see what would be sent.`,
      },
    );
  if (allowWrites.toLowerCase() !== consumer.toLowerCase())
    throw new HarnessError('refused', '--allow-writes names another consumer than --consumer', {
      hint: 'Both must be the UUID of the sandbox consumer that may be written to.',
    });
  return permit(maxCreates ?? foreignCreates);
}

function permit(maxCreates: number): WritePermit {
  return { maxCreates } as WritePermit;
}
