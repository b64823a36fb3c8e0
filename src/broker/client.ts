import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { HarnessError } from '../errors.js';

/** How to reach a broker; a token or a name with a password. They go by environment, never by command line. */
export interface BrokerAccess {
  readonly url: string;
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** For all that is asked; default 15,000. A broker that is down would cost over a minute of silence. */
  readonly deadlineMs?: number;
  /** From when on the deadline counts, by `performance.now()`; each question by itself when left out. */
  readonly since?: number;
}

export interface BrokerAnswer {
  readonly code: number;
  readonly stdout: string;
  /** Both streams without colours and signs. */
  readonly words: string;
}

/** Runs Pact's own broker client. Throws `infrastructure` for a broker that is out of reach or refuses the credentials. */
export async function askBroker(access: BrokerAccess, args: readonly string[]): Promise<BrokerAnswer> {
  const answer = await spawned(access, args);
  if (answer.code === 0) return answer;
  if (/\b40[13]\b|Unauthorized|Forbidden/i.test(answer.words))
    throw new HarnessError('infrastructure', `the broker at ${hostOf(access)} refuses the credentials`, {
      hint: 'Set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD.',
    });
  if (unreachable.test(answer.words)) throw outOfReach(access, firstLine(answer.words));
  return answer;
}

const unreachable =
  /error sending request|connection refused|tcp connect|dns error|timed out|failed to (connect|lookup)|IO Error|\b50[234]\b/i;

function spawned(access: BrokerAccess, args: readonly string[]): Promise<BrokerAnswer> {
  const limit = access.deadlineMs ?? 15_000;
  const left = limit - (access.since === undefined ? 0 : performance.now() - access.since);
  return new Promise((resolve, reject) => {
    const child = spawn(binary(), ['broker', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: environment(access) });
    let stdout = '';
    let all = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
      all += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      all += chunk;
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(outOfReach(access, `no answer within ${limit} ms`));
    }, left);
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new HarnessError('infrastructure', `Pact's broker client cannot be started: ${cause.message}`, { cause }));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, stdout, words: plain(all) });
    });
  });
}

function environment({ url, token, username, password }: BrokerAccess): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PACT_BROKER_'));
  return {
    ...Object.fromEntries(own),
    PACT_BROKER_BASE_URL: url,
    ...(token === undefined ? {} : { PACT_BROKER_TOKEN: token }),
    ...(token === undefined && username !== undefined ? { PACT_BROKER_USERNAME: username } : {}),
    ...(token === undefined && password !== undefined ? { PACT_BROKER_PASSWORD: password } : {}),
    PACT_BROKER_HTTP_RETRIES: '0',
    PACT_DO_NOT_TRACK: '1',
    NO_COLOR: '1',
  };
}

/** The program itself: the script around it would live on when it is killed. */
function binary(): string {
  const require = createRequire(import.meta.url);
  try {
    const { standalone } = require('@pact-foundation/pact-cli/src/pact-standalone') as {
      standalone(): { pactFullPath: string };
    };
    return standalone().pactFullPath;
  } catch (cause) {
    throw new HarnessError('infrastructure', `Pact's broker client is not installed: ${(cause as Error).message}`, {
      hint: 'Check that @pact-foundation/pact-cli has a build for this platform, and that optional dependencies are installed.',
      cause,
    });
  }
}

function outOfReach(access: BrokerAccess, why: string): HarnessError {
  return new HarnessError('infrastructure', `the broker at ${hostOf(access)} is out of reach: ${why}`, {
    hint: 'Check PACT_BROKER_BASE_URL and the network.',
  });
}

/** Without credentials that somebody put into the URL. */
function hostOf({ url }: BrokerAccess): string {
  return URL.canParse(url) ? new URL(url).host : 'that address';
}

function plain(text: string): string {
  const control = String.fromCharCode(27);
  return text
    .replaceAll(new RegExp(`${control}\\[[0-9;]*m`, 'g'), '')
    .replace(/[^\P{So}]\s*/gu, '')
    .trim();
}

export function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? 'no reason given';
}
