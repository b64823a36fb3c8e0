import { bodyOf, jsonOf } from '../exchange/body.js';
import type { ResultFinding } from '../run/result.js';
import { oneLine } from './curl.js';
import { type Export, exportEach } from './export.js';
import { requestsOf, type SentAgain } from './sent-again.js';

/** A test file that sends the requests again and fails while the judge still shows the finding. */
export const vitest: Export = (findings) => exportEach(findings, write, (tests) => `${head}\n${tests.join('\n')}`);

const head = `import { checkExchanges, type RecordedExchange } from 'chift-contract';
import { expect, it } from 'vitest';

interface Sent {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  /** An id in the path, which is replaced by the one just created. */
  readonly created?: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly scheme?: string;
  readonly body?: string;
  readonly bodyBase64?: string;
}

/** Sends the requests one after the other: to CHIFT_BASE_URL, or where they were sent before, with CHIFT_ACCESS_TOKEN. */
async function exchanges(requests: readonly Sent[]): Promise<RecordedExchange[]> {
  const seen: RecordedExchange[] = [];
  for (const { origin, method, path, created, headers, scheme, body, bodyBase64 } of requests) {
    const said = headers.map(([name, value]): [string, string] => [name, value]);
    if (scheme !== undefined) said.push(['authorization', \`\${scheme} \${process.env['CHIFT_ACCESS_TOKEN'] ?? ''}\`]);
    const id = created === undefined ? '' : String(JSON.parse(String(seen.at(-1)?.response?.body)).id);
    const url = \`\${process.env['CHIFT_BASE_URL'] ?? origin}\${path.replace(created ?? '', encodeURIComponent(id))}\`;
    const bytes = bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64');
    const answer = await fetch(url, { method, headers: said, body: bytes ?? null, redirect: 'manual' });
    seen.push({
      request: { method, url, headers: said, ...(bodyBase64 === undefined ? { body: body ?? '' } : { bodyBase64 }) },
      response: { status: answer.status, headers: [...answer.headers], body: await answer.text() },
    });
  }
  return seen;
}
`;

function write(finding: ResultFinding): { readonly piece: string } | { readonly why: string } {
  if (finding.code.startsWith('state.') || finding.code.startsWith('auth.'))
    return { why: 'it is about several requests together: take replay' };
  const requests = requestsOf(finding);
  if (typeof requests === 'string') return { why: requests };
  const { code, message, fingerprint, evidence } = finding;
  const ids = evidence.before.map(({ response }) => idIn(response?.body.text ?? null));
  const sent = requests.map((request, at) => asSent(request, ids[at - 1]));
  return {
    piece: [
      `it(${JSON.stringify(oneLine(`${code}: ${message}`))}, async () => {`,
      `  const seen = await exchanges(${JSON.stringify(sent)});`,
      '  const { findings, totals } = await checkExchanges(seen);',
      `  expect(totals.judged).toBe(${requests.length});`,
      `  expect(findings.map(({ fingerprint }) => fingerprint)).not.toContain(${JSON.stringify(fingerprint)});`,
      '}, 30_000);',
      '',
    ].join('\n'),
  };
}

function asSent({ origin, method, path, headers, scheme, body }: SentAgain, id: string | undefined) {
  const inPath = id === undefined ? undefined : encodeURIComponent(id);
  return {
    origin,
    method,
    path,
    ...(inPath !== undefined && path.includes(inPath) ? { created: inPath } : {}),
    headers,
    ...(scheme === undefined ? {} : { scheme }),
    ...(body === undefined ? {} : 'text' in body ? { body: body.text } : { bodyBase64: body.base64 }),
  };
}

function idIn(text: string | null): string | undefined {
  if (text === null) return undefined;
  const reading = jsonOf(bodyOf(text));
  const id = reading.ok ? (reading.value as { id?: unknown } | null)?.id : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
