import fc from 'fast-check';
import { Pool } from 'undici';
import { contactIn, contactOut, demo, validContact } from '../contracts/chift/index.js';
import { verifyProvider } from '../src/cli/verify-provider.js';
import { valueAt } from '../src/derive/arbitrary.js';
import { atSandbox } from './at-sandbox.js';
import { peers } from './peers.js';
import { report } from './report.js';

interface Autocannon {
  default(options: object): Promise<{ readonly '2xx': number; readonly duration: number }>;
}

/**
 * Requests per second of `verify` end to end (generate, journal, send, judge, tally), beside what a careful user writes
 * by hand (fetch, fast-check, zod), a bare loop of undici that only sends and reads, and a load generator: ratios of one
 * run, on one sandbox in a process of its own.
 */
const requests = Number(process.argv[2] ?? 4000);
const rounds = 3;
const concurrency = 8;
/** The same bodies for both that do not make their own. */
const bodies = Array.from({ length: 500 }, (_, at) => JSON.stringify(valueAt(validContact(), 1, 'bench', at)));

const rest =
  'both processes share two processors. By profile of 5,000 requests a third of the client’s time is writing to and reading from the socket, a sixth garbage collection, and the rest the judging of bodies that are a few kilobytes on average (a tenth have texts of 65,536 characters), the journal and the plan.';

await atSandbox([], race);

async function race(url: string): Promise<void> {
  const contestants = {
    'autocannon, as many connections': cannon,
    'undici alone: sends and reads': bare,
    'verify, end to end': verify,
    'by hand: fetch, fast-check, zod': byHand,
  };
  const best = new Map<string, number>();
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(contestants)) {
      const began = performance.now();
      const sent = await run(url, round);
      const rate = (sent / (performance.now() - began)) * 1000;
      best.set(name, Math.max(best.get(name) ?? 0, rate));
    }
  const limit = best.get('autocannon, as many connections')!;
  const rows = [...best].map(([name, rate]) => ({
    name,
    ratio: rate / limit,
    detail: `${rate.toFixed(0)} requests/s`,
  }));
  const ours = best.get('verify, end to end')!;
  const byHandRate = best.get('by hand: fetch, fast-check, zod')!;
  report('Requests per second of verify on loopback', '× the speed of autocannon', rows, [
    { name: 'verify over autocannon', found: ours / limit, limit: 0.4, atLeast: true, rest },
    { name: 'verify over by hand', found: ours / byHandRate, limit: 5, atLeast: true, rest },
  ]);
}

/** A consumer for each round, so that no list grows for the next. */
function consumer(round: number): string {
  return `${String(round).padStart(8, '0')}-1111-4111-8111-111111111111`;
}

async function verify(url: string, round: number): Promise<number> {
  const result = await verifyProvider({ url, consumer: consumer(round), seed: 1, maxRequests: requests, concurrency });
  if (result.exitCode !== 0)
    throw new Error(
      `verify gave ${result.exitCode}: ${result.notes.join('; ')} ${result.findings.map(({ message }) => message).join('; ')}`,
    );
  return result.totals.requests;
}

async function tokenAt(url: string): Promise<string> {
  const answer = await fetch(`${url}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(demo.credentials),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function byHand(url: string, round: number): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await tokenAt(url)}` };
  const path = `${url}/consumers/${consumer(round + 100)}/invoicing/contacts`;
  const text = fc.option(fc.string());
  const body = fc.record(
    {
      first_name: text,
      last_name: text,
      email: text,
      phone: text,
      comment: text,
      vat: text,
      is_company: fc.option(fc.boolean()),
    },
    { requiredKeys: [] },
  );
  const property = fc.asyncProperty(body, async (contact) => {
    contactIn.parse(contact);
    const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(contact) });
    contactOut.parse(await answer.json());
  });
  await fc.assert(property, { numRuns: requests / 4, seed: 1 });
  return requests / 4;
}

async function cannon(url: string, round: number): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await tokenAt(url)}` };
  const path = `/consumers/${consumer(round + 300)}/invoicing/contacts`;
  const { default: autocannon } = await peers<Autocannon>('node_modules/autocannon/autocannon.js');
  const run = { url, connections: concurrency, amount: requests };
  const result = await autocannon({
    ...run,
    requests: bodies.map((body) => ({ method: 'POST', path, headers, body })),
  });
  return result['2xx'];
}

async function bare(url: string, round: number): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await tokenAt(url)}` };
  const path = `/consumers/${consumer(round + 200)}/invoicing/contacts`;
  const pool = new Pool(url, { connections: concurrency, pipelining: 1 });
  let next = 0;
  const worker = async () => {
    while (next < requests) {
      const { body } = await pool.request({ path, method: 'POST', headers, body: bodies[next++ % bodies.length]! });
      await body.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  await pool.close();
  return requests;
}
