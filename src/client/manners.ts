import { bodyOf, emptyBody } from '../exchange/body.js';
import type { Answered, Exchange, Unanswered } from '../exchange/exchange.js';
import { headerValue } from '../exchange/headers.js';
import { readJson } from '../exchange/json.js';
import type { FindingCode } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { BrokenProperty, CallOutcome } from '../pact/client-module.js';
import type { Seen } from './answering-server.js';
import { type Carried, type Slip, slipsOf } from './projection.js';
import type { ServedAnswer, Sitting } from './served-answer.js';

/** One call of a client, with everything that went over the wire. */
export interface Sat {
  readonly sitting: Sitting;
  readonly outcome: CallOutcome;
  readonly seen: readonly Seen[];
  /** What the team demands of its client and did not get. */
  readonly broken: readonly BrokenProperty[];
  /** The token that the client was given. */
  readonly token: string;
  /** Lower-case name of the header that makes a repeat recognisable. */
  readonly requestIdHeader: string;
}

/** How exactly a client must hand on what was answered. */
export type Exactness = 'strict' | 'normalised' | 'off';

/** Statuses after which sending again is right: nothing was done. */
const sendAgain: ReadonlySet<number> = new Set([401, 429, 503]);
/** A client that asks more often than this for one call does not wait, it storms. */
const mostRequests = 10;

/** What a client did wrong in one call, as findings whose evidence is the exchange in which it did. */
export function mannersOf(sat: Sat, carried: readonly Carried[], exactness: Exactness): readonly Finding[] {
  const mine = ownRequests(sat);
  const last = mine.at(-1);
  if (last === undefined) return crashWithoutRequest(sat);
  const evidence = exchangeOf(sat, last);
  const findings = [
    ...made(sat, last, evidence),
    ...resent(sat, mine),
    ...leaked(sat, evidence),
    ...unkept(sat, evidence),
  ];
  return findings.length > 0 || exactness === 'off' ? findings : slips(sat, last, carried, exactness, evidence);
}

/** The requests that the sitting was about. */
export function ownRequests({ sitting, seen }: Sat): readonly Seen[] {
  return seen.filter(({ elsewhere, endpoint }) => !elsewhere && endpoint === sitting.endpoint.id);
}

type Place = Finding['at'];
const body: Place = { part: 'response.body', pointer: '' };
const status: Place = { part: 'response.status', pointer: '' };

function finding(
  code: FindingCode,
  { sitting }: Sat,
  at: Place,
  rule: string,
  message: string,
  evidence: Exchange,
): Finding {
  return { code, endpoint: sitting.endpoint.id, at, rule, message, evidence };
}

/** What the client made of the last answer. */
function made(sat: Sat, { answer }: Seen, evidence: Exchange): Finding[] {
  const { outcome, sitting } = sat;
  const { label } = sitting;
  const isSuccess = sitting.expects === 'by-status' && answer.status < 300;
  const isRefusal = sitting.expects === 'refusal' || (sitting.expects === 'by-status' && answer.status >= 300);
  if (outcome.kind === 'hung')
    return [
      finding('client.hang', sat, body, label, `after ${servedAs(sat, answer)} the client gives no result`, evidence),
    ];
  if (outcome.kind === 'ended' || (outcome.kind === 'threw' && outcome.crash)) {
    const words = outcome.kind === 'ended' ? outcome.message : `${outcome.name}: ${outcome.message}`;
    const code = sitting.kind === 'invalid' ? 'client.fragile' : 'client.crash';
    return [finding(code, sat, body, stable(words), `${servedAs(sat, answer)}: ${words}`, evidence)];
  }
  if (outcome.kind === 'threw' && isSuccess)
    return [
      finding(
        'client.refused-valid',
        sat,
        body,
        stable(`${outcome.name}: ${outcome.message}`),
        `${servedAs(sat, answer)} is a success, and the client throws ${outcome.name}: ${outcome.message}`,
        evidence,
      ),
    ];
  if (outcome.kind === 'returned' && isRefusal)
    return [
      finding(
        isHandedOn(outcome.json, answer) ? 'client.unchecked' : 'client.success-for-failure',
        sat,
        status,
        label,
        `${servedAs(sat, answer)} is no success, and the client returns ${shortened(outcome.json ?? 'something')}`,
        evidence,
      ),
    ];
  return [];
}

/** JSON under a success status, returned as it came: the client looks at nothing, but what it returns is what was said. */
function isHandedOn(returned: string | undefined, { status: served, body: text }: ServedAnswer): boolean {
  if (returned === undefined || served >= 300) return false;
  const reading = readJson(text);
  return reading.ok && JSON.stringify(reading.value) === returned;
}

/** What was served, in words; a small body with it, because it is what the reader wants to see. */
function servedAs({ sitting }: Sat, { body: text }: ServedAnswer): string {
  return text === '' || text.length > 300 ? sitting.label : `${sitting.label} ${text}`;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 60)}… (${text.length} characters)` : text;
}

/** The same for the same mistake: without quoted values and numbers. */
function stable(words: string): string {
  return words
    .replace(/"[^"]*"|“[^”]*”/g, '"…"')
    .replace(/\d+/g, '0')
    .split('\n')[0]!
    .slice(0, 160);
}

function crashWithoutRequest(sat: Sat): Finding[] {
  const { outcome, seen, sitting } = sat;
  const last = seen.at(-1);
  if (outcome.kind !== 'ended' || last === undefined) return [];
  const words = outcome.message;
  return [finding('client.crash', sat, body, stable(words), `${sitting.label}: ${words}`, exchangeOf(sat, last))];
}

/** A create sent twice is two contacts, unless the first was refused unread or both carry one client request id. */
function resent(sat: Sat, mine: readonly Seen[]): Finding[] {
  if (sat.sitting.endpoint.effect !== 'writes') return [];
  const idOf = ({ headers }: Seen) => headerValue(headers, sat.requestIdHeader);
  const at = mine.findIndex((seen, index) => {
    const before = mine[index - 1];
    if (before === undefined || (idOf(seen) !== undefined && idOf(seen) === idOf(before))) return false;
    return !sendAgain.has(before.answer.status) || before.answer.fault !== undefined || index >= mostRequests;
  });
  if (at < 0) return [];
  const { label } = sat.sitting;
  const message = `after ${label} the client sends the same request again: ${mine.length} in all`;
  const evidence = { ...exchangeOf(sat, mine[at]!), before: [exchangeOf(sat, mine[at - 1]!)] };
  return [finding('client.resend', sat, { part: 'request', pointer: '' }, label, message, evidence)];
}

function leaked(sat: Sat, before: Exchange): Finding[] {
  const stray = sat.seen.find(({ elsewhere, headers, url, body }) => {
    const said = [url, ...headers.map(([, value]) => value), Buffer.from(body).toString()];
    return elsewhere && said.some((text) => text.includes(sat.token));
  });
  if (stray === undefined) return [];
  const { label } = sat.sitting;
  const message = `after ${label} the client sends its token to ${new URL(stray.url).host}`;
  const evidence = { ...exchangeOf(sat, stray), before: [before] };
  return [finding('client.token-leak', sat, { part: 'request', pointer: '' }, label, message, evidence)];
}

function unkept(sat: Sat, evidence: Exchange): Finding[] {
  return sat.broken.map(({ name, message }) =>
    finding('client.property', sat, body, name, `after ${sat.sitting.label}: ${name}: ${message}`, evidence),
  );
}

function slips(
  sat: Sat,
  { answer }: Seen,
  carried: readonly Carried[],
  exactness: Exactness,
  evidence: Exchange,
): Finding[] {
  const { outcome, sitting } = sat;
  if (outcome.kind !== 'returned' || sitting.expects !== 'by-status' || answer.status >= 300) return [];
  const reading = readJson(answer.body);
  if (!reading.ok) return [];
  const result: unknown = outcome.json === undefined ? undefined : JSON.parse(outcome.json);
  return slipsOf(carried, reading.value, result)
    .filter((slip) => exactness === 'strict' || !isTidied(slip))
    .map((slip) =>
      finding(
        slip.loss === 'lost' ? 'client.data-lost' : 'client.data-altered',
        sat,
        { part: 'response.body', pointer: slip.pointer },
        slip.loss,
        `${slip.pointer} is ${told(slip.answered)} and the client hands on ${told(slip.handedOn)}`,
        evidence,
      ),
    );
}

function isTidied({ answered, handedOn }: Slip): boolean {
  const fold = (value: unknown) => String(value).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return typeof answered === 'string' && typeof handedOn === 'string' && fold(answered) === fold(handedOn);
}

function told(value: unknown): string {
  if (value === undefined) return 'nothing';
  return shortened(JSON.stringify(value));
}

/** A request of the client with our answer: the other way round than in every other source, and the same data. */
export function exchangeOf({ sitting }: Pick<Sat, 'sitting'>, seen: Seen): Exchange {
  const { method, url, headers, body } = seen;
  return {
    id: `client:${sitting.id}`,
    origin: { kind: 'live', property: 'client', path: sitting.id },
    request: { method, url, headers, body: body.length === 0 ? emptyBody : bodyOf(body) },
    outcome: outcomeOf(seen.answer),
    before: [],
  };
}

function outcomeOf({ status, headers, body, fault }: ServedAnswer): Answered | Unanswered {
  if (fault === 'reset') return { kind: 'unanswered', reason: 'reset', detail: 'the connection was reset, on purpose' };
  const answered: Answered = {
    kind: 'answered',
    status,
    headers,
    body: bodyOf(body),
    durationMs: undefined,
    defects: [],
  };
  if (fault === undefined) return answered;
  const half = bodyOf(Buffer.from(body).subarray(0, Buffer.byteLength(body) / 2));
  const defect = { kind: 'truncated' as const, detail: 'the connection broke off, on purpose' };
  return { ...answered, body: { ...half, state: 'truncated' }, defects: [defect] };
}
