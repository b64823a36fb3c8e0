import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { demo } from '../contracts/chift/index.js';
import type { EmulatedRequest, Reply } from '../src/sandbox/emulation.js';
import { inFolder } from './folder.js';
import { type ForeignOptions, foreignTarget } from './foreign-target.js';
import { guarantee } from './guarantee.js';
import { program } from './program.js';
import { isCreate, watchedSandbox } from './sandboxes.js';

const consumer = demo.consumerId;
const another = '1b2d6d3c-8f2e-4b52-9c0f-6a8f3f1d2e4a';
const credentials = {
  CHIFT_CLIENT_ID: demo.credentials.clientId,
  CHIFT_CLIENT_SECRET: demo.credentials.clientSecret,
  CHIFT_ACCOUNT_ID: demo.credentials.accountId,
};

/** One way in which a run differs from the one that may write. */
interface Deviation {
  readonly name: string;
  readonly exit: number;
  readonly argv?: (allowed: readonly string[]) => string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly target?: ForeignOptions;
  /** The provider answers this instead. */
  readonly answer?: (request: EmulatedRequest, reply: Reply) => Reply | undefined;
}

const without = (flag: string) => (argv: readonly string[]) => {
  const at = argv.indexOf(flag);
  return argv.filter((_, index) => index !== at && index !== at + 1);
};
const instead = (flag: string, value: string) => (argv: readonly string[]) =>
  argv.map((each, index) => (argv[index - 1] === flag ? value : each));
const plus =
  (...more: string[]) =>
  (argv: readonly string[]) => [...argv, ...more];

/** The consumer, or its connections, under another name. */
const named = (path: RegExp, from: RegExp, to: string) => (request: EmulatedRequest, reply: Reply) =>
  path.test(request.path)
    ? { ...reply, body: Buffer.from(reply.body).toString().replace(from, `"name":"${to}"`) }
    : undefined;
const consumerNamed = (to: string) => named(/\/consumers\/[^/]+$/, /"name":\s*"[^"]*"/, to);
const connectionNamed = (to: string) => named(/\/connections$/, /"name":\s*"[^"]*"/, to);
const status = (path: RegExp, code: number) => (request: EmulatedRequest, reply: Reply) =>
  path.test(request.path) ? { ...reply, status: code } : undefined;

const deviations: readonly Deviation[] = [
  { name: 'no --allow-writes', exit: 4, argv: without('--allow-writes') },
  { name: '--allow-writes for another', exit: 4, argv: instead('--allow-writes', another) },
  { name: '--consumer for another', exit: 4, argv: instead('--consumer', another) },
  { name: 'no --consumer', exit: 2, argv: without('--consumer') },
  { name: 'both switched to "any"', exit: 2, argv: (argv) => argv.map((each) => (each === consumer ? 'any' : each)) },
  { name: '--dry-run', exit: 0, argv: plus('--dry-run') },
  { name: '--max-creates 0', exit: 3, argv: plus('--max-creates', '0') },
  { name: 'plain http', exit: 4, argv: (argv) => argv.map((each) => each.replace('https://', 'http://')) },
  { name: 'a login in the URL', exit: 4, argv: (argv) => argv.map((each) => each.replace('https://', 'https://u:p@')) },
  { name: 'a secret among the arguments', exit: 4, argv: plus('--client-secret', 'x') },
  { name: 'certificates unchecked', exit: 4, env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
  { name: 'no credentials', exit: 2, env: { CHIFT_CLIENT_ID: '', CHIFT_CLIENT_SECRET: '', CHIFT_ACCOUNT_ID: '' } },
  { name: 'half of the credentials', exit: 2, env: { CHIFT_CLIENT_SECRET: '' } },
  { name: 'an unknown authority', exit: 5, env: { NODE_EXTRA_CA_CERTS: '' } },
  { name: 'a certificate for another host', exit: 5, target: { name: 'elsewhere.example.test' } },
  { name: 'a certificate that has run out', exit: 5, target: { days: -1 } },
  { name: 'a proxy that asks for a login', exit: 5, target: { proxyStatus: '407 Proxy Authentication Required' } },
  { name: 'no token', exit: 5, answer: status(/\/token$/, 401) },
  { name: 'a consumer that is not there', exit: 4, answer: status(/\/consumers\/[^/]+$/, 404) },
  { name: 'a consumer that fails', exit: 4, answer: status(/\/consumers\/[^/]+$/, 500) },
  ...['ACME Production', 'acme-prod', 'LIVE shop'].map((name) => ({
    name: `a consumer named ${name}`,
    exit: 4,
    answer: consumerNamed(name),
  })),
  { name: 'a connection named live', exit: 4, answer: connectionNamed('Odoo (live)') },
];

guarantee(
  {
    id: 'G5',
    promise:
      'Nothing is written beyond loopback unless the operator named the very consumer twice and nothing looks wrong.',
    experiment:
      'The program reaches a provider by name, over TLS, through a proxy. One run that may write does; then each single deviation from it.',
    limit:
      'There is no attestation file and no limit on the contacts that are there already: consumer, connections and count are shown, and names like production refused. A create that is answered 2xx counts against 25 unless a number is given.',
  },
  () =>
    inFolder(async (cwd) => {
      const writing = await attempt(cwd, 0, {});
      expect(writing.creates).toBeGreaterThan(0);
      expect(writing.contacts).toBeLessThanOrEqual(25);
      const seen = [];
      for (const [at, deviation] of deviations.entries()) {
        const { creates, exitCode } = await attempt(cwd, at + 1, deviation);
        seen.push({ name: deviation.name, exit: exitCode, creates });
      }
      expect(seen).toEqual(deviations.map(({ name, exit }) => ({ name, exit, creates: 0 })));
      return {
        sample: `${deviations.length} deviations`,
        result: `0 creates at each; the run that may write made ${writing.contacts} contacts`,
      };
    }),
);

async function attempt(folder: string, number: number, { argv = (all) => [...all], ...deviation }: Partial<Deviation>) {
  const cwd = join(folder, String(number));
  mkdirSync(cwd);
  const seen = { creates: 0, contacts: 0 };
  const sandbox = await watchedSandbox(
    {},
    {
      before: (request) => {
        if (isCreate(request)) seen.creates++;
      },
      after: (request, reply) => {
        if (isCreate(request) && reply.status < 300) seen.contacts++;
        return deviation.answer?.(request, reply);
      },
    },
  );
  const target = await foreignTarget(join(cwd, 'tls'), sandbox.url, deviation.target);
  try {
    const allowed = ['verify', '--url', target.url, '--consumer', consumer, '--allow-writes', consumer];
    const env = { ...target.env, ...credentials, ...deviation.env };
    const { exitCode } = await program(argv([...allowed, '--max-requests', '60', '--timeout', '60s']), { cwd, env });
    return { ...seen, exitCode };
  } finally {
    await target.close();
    await sandbox.close();
  }
}
