import { absentBody, emptyBody } from '../exchange/body.js';
import type { Unanswered, WireDefect } from '../exchange/exchange.js';
import type { Header } from '../exchange/headers.js';
import type { Entry, Reading } from './format.js';
import { codedBody, encodedBody, formBody, headersOf, isObject, own, type Recorded, statusOf } from './message.js';
import { type Place, recordedExchange, type ToldResponse } from './recorded-exchange.js';

/** The bytes of a file that an entry names, or why they are not to be had. */
type SideFile = Awaited<ReturnType<Reading['beside']>>;

interface SideFiles {
  readonly sent?: SideFile | undefined;
  readonly came?: SideFile | undefined;
}

const none: SideFiles = {};

/** One HAR entry as an exchange, whoever wrote it; never throws on bad content. Waits only for side files. */
export function harEntry(value: unknown, place: Place, reading: Reading): Entry | Promise<Entry> {
  const sent = sideFileOf(own(own(value, 'request'), 'postData'));
  const came = sideFileOf(own(own(value, 'response'), 'content'));
  if (sent === undefined && came === undefined) return entryWith(none, value, place, reading);
  const files = [sent, came].map((name) => (name === undefined ? undefined : reading.beside(name)));
  return Promise.all(files).then(([a, b]) => entryWith({ sent: a, came: b }, value, place, reading));
}

/** Playwright keeps bodies in files beside the recording, of requests with an empty text in their place. */
function sideFileOf(part: unknown): string | undefined {
  const [name, text] = [own(part, '_file'), own(part, 'text')];
  return typeof name === 'string' && (typeof text !== 'string' || text === '') ? name : undefined;
}

function entryWith({ sent, came }: SideFiles, value: unknown, place: Place, reading: Reading): Entry {
  const broken = (reason: string): Entry => ({ kind: 'unreadable', place: place.label, reason });
  const request = own(value, 'request');
  if (!isObject(request)) return broken('has no request');
  const { method, url, headers } = request;
  const response = responseOf(value, came);
  if (typeof response === 'string') return broken(response);
  const requestBody = marked(bodyOfRequest(request, headersOf(headers) ?? [], sent), request['postData']);
  const told = { method, url, requestHeaders: headers, requestBody, response };
  return recordedExchange(told, { ...place, ...provenanceOf(value) }, reading);
}

/** Our own recordings say of what was no observation that it was none. */
function provenanceOf(entry: unknown): Pick<Place, 'provenance'> {
  const provenance = own(entry, '_provenance');
  return provenance === 'example' || provenance === 'stub' ? { provenance } : {};
}

/** The answer, or why it cannot be read. */
function responseOf(entry: unknown, file: SideFile | undefined): ToldResponse | Unanswered | string {
  const answer = own(entry, 'response');
  if (answer === undefined || answer === null) return unanswered(entry, answer, 'no response in the recording');
  if (!isObject(answer)) return 'response is not an object';
  const { status, headers, content } = answer;
  if (statusOf(status) === 0) return unanswered(entry, answer, 'the recorder got no answer');
  if (content !== undefined && content !== null && !isObject(content)) return 'response.content is not an object';
  const body = bodyOfResponse(content, headersOf(headers) ?? [], file);
  return {
    kind: 'told',
    status,
    headers,
    body: marked(body, content),
    durationMs: own(entry, 'time'),
    defects: defectsOf(own(answer, '_defects')),
  };
}

function unanswered(entry: unknown, answer: unknown, otherwise: string): Unanswered {
  return unansweredAs(own(answer, '_error') ?? own(entry, '_error') ?? own(answer, '_unanswered'), otherwise);
}

/** Why no answer came: as our own recorder says it with a reason, or as others do in a sentence. */
export function unansweredAs(told: unknown, otherwise: string): Unanswered {
  const detail = typeof told === 'string' ? told : own(told, 'detail');
  const reason = own(told, 'reason');
  return {
    kind: 'unanswered',
    reason: isReason(reason) ? reason : 'not-recorded',
    detail: typeof detail === 'string' ? detail : otherwise,
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
export function defectsOf(value: unknown): WireDefect[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((defect) => defectKinds.has(own(defect, 'kind')))
    .map((defect) => ({
      kind: own(defect, 'kind') as WireDefect['kind'],
      detail: String(own(defect, 'detail') ?? ''),
    }));
}

/** Our own recorder says where a body was cut or could not be decoded. */
function marked(recorded: Recorded | undefined, content: unknown): Recorded | undefined {
  const state = own(content, '_state');
  if (recorded === undefined || (state !== 'truncated' && state !== 'undecodable')) return recorded;
  const problem = own(content, '_problem');
  const why = typeof problem === 'string' ? { problem } : {};
  const { bytes, decoded } = recorded.body;
  return { body: { state, bytes, decoded, ...why }, fidelity: recorded.fidelity };
}

function bodyOfRequest(
  request: Record<string, unknown>,
  headers: readonly Header[],
  file: SideFile | undefined,
): Recorded | undefined {
  if (file) return fileBody(file, headers);
  const { postData, bodySize } = request;
  const text = own(postData, 'text');
  if (typeof text === 'string' && text !== '')
    return encodedBody(text, own(postData, 'encoding'), headers, sizeOf(bodySize));
  const params = own(postData, 'params');
  if (Array.isArray(params) && params.length > 0) return formBody(params, own(postData, 'mimeType'));
  const isEmpty = bodySize === 0 || (text === '' && bodySize === undefined);
  return isEmpty ? { body: emptyBody, fidelity: [] } : undefined;
}

function bodyOfResponse(
  content: unknown,
  headers: readonly Header[],
  file: SideFile | undefined,
): Recorded | undefined {
  if (file) return fileBody(file, headers);
  const text = own(content, 'text');
  if (typeof text !== 'string') return undefined;
  return encodedBody(text, own(content, 'encoding'), headers, sizeOf(own(content, 'size')));
}

function fileBody(bytes: SideFile, headers: readonly Header[]): Recorded {
  if ('problem' in bytes) return { body: { ...absentBody, problem: bytes.problem }, fidelity: ['side-file-missing'] };
  return codedBody(bytes, headers, ['file']);
}

const sizeOf = (size: unknown): number | undefined => (Number.isInteger(size) ? (size as number) : undefined);
