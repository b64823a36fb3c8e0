import type { ResultFinding } from '../run/result.js';
import { oneLine } from './curl.js';
import { type Export, exportEach } from './export.js';
import { requestsOf, type SentAgain } from './sent-again.js';

/** A `.http` file, as JetBrains, VS Code and httpYac send it; the token is the variable CHIFT_ACCESS_TOKEN. */
export const http: Export = (findings) => exportEach(findings, write, (pieces) => pieces.join('\n'));

function write(finding: ResultFinding): { readonly piece: string } | { readonly why: string } {
  const requests = requestsOf(finding);
  if (typeof requests === 'string') return { why: requests };
  const bad = requests.find(({ body }) => !isPlain(body));
  if (bad) return { why: 'a .http file would read its body otherwise: take curl' };
  return { piece: requests.map((request) => block(finding, request)).join('\n') };
}

function block({ code, message, fingerprint }: ResultFinding, request: SentAgain): string {
  const { method, origin, path, headers, scheme, body } = request;
  return [
    `### ${code}: ${oneLine(message)}`,
    `# ${oneLine(fingerprint)}`,
    `${method} ${origin}${path}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(scheme === undefined ? [] : [`Authorization: ${scheme} {{CHIFT_ACCESS_TOKEN}}`]),
    ...(body === undefined ? [] : ['', (body as { text: string }).text]),
    '',
  ].join('\n');
}

/** No variable, script or separator of the format hides in the body. */
function isPlain(body: SentAgain['body']): boolean {
  if (body === undefined) return true;
  return 'text' in body && !body.text.includes('{{') && !/^\s|^[<>#?/@]|[\r\n]/.test(body.text);
}
