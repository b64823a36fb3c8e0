import { absentBody, type Body, emptyBody } from '../exchange/body.js';
import type { Answered, Exchange, HttpRequest, Unanswered, WireDefect } from '../exchange/exchange.js';
import type { Header } from '../exchange/headers.js';
import type { Entry, Reading } from './format.js';
import {
  base64Body,
  codedBody,
  hasNoBody,
  headersOf,
  isObject,
  own,
  type Recorded,
  statusOf,
  textBody,
  unrecordedRequestBody,
} from './message.js';

export interface Place {
  readonly index: number;
  readonly line: number;
  readonly format: string;
  /** As in messages: `log.entries[3], line 120`. */
  readonly label: string;
  /** What the recorder as a whole is known to lose. */
  readonly fidelity: readonly string[];
}

/** One HAR entry as an exchange, whoever wrote it; never throws on bad content. */
export async function harEntry(value: unknown, place: Place, reading: Reading): Promise<Entry> {
  const broken = (reason: string): Entry => ({ kind: 'unreadable', place: place.label, reason });
  const sent = own(value, 'request');
  if (!isObject(sent)) return broken('has no request');
  const { method, url } = sent;
  if (typeof method !== 'string' || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method))
    return broken('request.method is no method');
  if (typeof url !== 'string' || url === '') return broken('request.url is not text');
  const headers = headersOf(sent['headers']);
  if (headers === undefined) return broken('request.headers is neither a list nor an object');
  const request = marked(requestBody(sent, method, headers), sent['postData']);
  const response = await outcomeOf(value, method, reading);
  if (typeof response === 'string') return broken(response);
  const exchange: Exchange = {
    id: `${reading.file}#${place.index}`,
    origin: {
      kind: 'document',
      file: reading.file,
      index: place.index,
      line: place.line,
      format: place.format,
      provenance: 'observation',
      fidelity: [...new Set([...place.fidelity, ...request.fidelity, ...response.fidelity])],
    },
    request: { method, url, headers, body: request.body } satisfies HttpRequest,
    outcome: response.outcome,
    before: [],
  };
  return { kind: 'exchange', exchange };
}

interface Response {
  readonly outcome: Answered | Unanswered;
  readonly fidelity: readonly string[];
}

/** The answer, or why it cannot be read. */
async function outcomeOf(entry: unknown, method: string, reading: Reading): Promise<Response | string> {
  const answer = own(entry, 'response');
  if (answer === undefined || answer === null) return unanswered(entry, answer, 'no response in the recording');
  if (!isObject(answer)) return 'response is not an object';
  const status = statusOf(answer['status']);
  if (status === undefined) return 'response.status is not a status';
  if (status === 0) return unanswered(entry, answer, 'the recorder got no answer');
  const headers = headersOf(answer['headers']);
  if (headers === undefined) return 'response.headers is neither a list nor an object';
  const content = own(answer, 'content');
  if (content !== undefined && content !== null && !isObject(content)) return 'response.content is not an object';
  const { body, fidelity } = marked(await responseBody(content, status, method, headers, reading), content);
  const time = own(entry, 'time');
  const durationMs = typeof time === 'number' && time >= 0 ? time : undefined;
  return {
    outcome: { kind: 'answered', status, headers, body, durationMs, defects: defectsOf(own(answer, '_defects')) },
    fidelity,
  };
}

function unanswered(entry: unknown, answer: unknown, otherwise: string): Response {
  const told = own(answer, '_error') ?? own(entry, '_error') ?? own(answer, '_unanswered');
  const detail =
    typeof told === 'string' ? told : typeof own(told, 'detail') === 'string' ? own(told, 'detail') : otherwise;
  const reason = own(told, 'reason');
  return {
    outcome: {
      kind: 'unanswered',
      reason: isReason(reason) ? reason : 'not-recorded',
      detail: String(detail),
    },
    fidelity: [],
  };
}

const reasons: ReadonlySet<unknown> = new Set<Unanswered['reason']>([
  'refused',
  'reset',
  'timeout',
  'interrupted',
  'dns',
  'tls',
  'protocol',
  'not-recorded',
  'budget',
]);
const isReason = (value: unknown): value is Unanswered['reason'] => reasons.has(value);

const defectKinds: ReadonlySet<unknown> = new Set<WireDefect['kind']>([
  'length',
  'truncated',
  'content-coding',
  'too-large',
  'protocol',
]);

/** What our own recorder saw below HTTP: the HAR format has no place for it. */
function defectsOf(value: unknown): WireDefect[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((defect) => defectKinds.has(own(defect, 'kind')))
    .map((defect) => ({
      kind: own(defect, 'kind') as WireDefect['kind'],
      detail: String(own(defect, 'detail') ?? ''),
    }));
}

/** Our own recorder says where a body was cut or could not be decoded. */
function marked({ body, fidelity }: Recorded, content: unknown): Recorded {
  const state = own(content, '_state');
  if (state !== 'truncated' && state !== 'undecodable') return { body, fidelity };
  const problem = own(content, '_problem');
  return { body: { ...body, state, ...(typeof problem === 'string' ? { problem } : {}) }, fidelity };
}

function requestBody(request: Record<string, unknown>, method: string, headers: readonly Header[]): Recorded {
  const data = request['postData'];
  const text = own(data, 'text');
  if (typeof text === 'string' && text !== '') {
    if (own(data, 'encoding') === 'base64') return base64Body(text, headers);
    return textBody(text, sizeOf(request['bodySize']));
  }
  const params = own(data, 'params');
  if (Array.isArray(params) && params.length > 0) return formBody(params, own(data, 'mimeType'));
  if (text === '' || request['bodySize'] === 0) return { body: emptyBody, fidelity: [] };
  return { body: unrecordedRequestBody(method, headers), fidelity: [] };
}

/** A form told as its fields: rebuilt when it was URL-encoded, lost when it had parts. */
function formBody(params: readonly unknown[], mimeType: unknown): Recorded {
  if (typeof mimeType === 'string' && mimeType.startsWith('multipart/'))
    return { body: absentBody, fidelity: ['body-as-params'] };
  const pairs = params.map((param): [string, string] => [
    String(own(param, 'name') ?? ''),
    String(own(param, 'value') ?? ''),
  ]);
  return { ...textBody(new URLSearchParams(pairs).toString(), undefined), fidelity: ['body-as-params'] };
}

async function responseBody(
  content: unknown,
  status: number,
  method: string,
  headers: readonly Header[],
  reading: Reading,
): Promise<Recorded> {
  const text = own(content, 'text');
  const encoding = own(content, 'encoding');
  const file = own(content, '_file');
  if (typeof text !== 'string') {
    if (typeof file === 'string') return fileBody(file, headers, reading);
    const body: Body = hasNoBody(status, method, headers) ? emptyBody : absentBody;
    return { body, fidelity: [] };
  }
  if (encoding === undefined || encoding === '' || encoding === null)
    return textBody(text, sizeOf(own(content, 'size')));
  if (encoding === 'base64') return base64Body(text, headers);
  const problem = `unknown content.encoding ${JSON.stringify(encoding).slice(0, 40)}`;
  return { body: { state: 'undecodable', bytes: Buffer.from(text), decoded: [], problem }, fidelity: [] };
}

/** Playwright keeps bodies in files beside the recording. */
async function fileBody(name: string, headers: readonly Header[], reading: Reading): Promise<Recorded> {
  const bytes = await reading.beside(name);
  if ('problem' in bytes) return { body: { ...absentBody, problem: bytes.problem }, fidelity: ['side-file-missing'] };
  return codedBody(bytes, headers, ['file']);
}

const sizeOf = (size: unknown): number | undefined =>
  typeof size === 'number' && Number.isInteger(size) && size > 0 ? size : undefined;
