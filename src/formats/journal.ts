import { absentBody, bodyOf, emptyBody } from '../exchange/body.js';
import type { WireDefect } from '../exchange/exchange.js';
import type { PublicExchange } from '../exchange/public-exchange.js';
import type { Element } from './elements.js';
import { unreadable } from './elements.js';
import type { Entry, Format, Reading } from './format.js';
import { defectsOf, unansweredAs } from './har-entry.js';
import { lineLabel, readJsonLines } from './json-lines.js';
import { base64Body, isObject, own, type Recorded, textBody } from './message.js';
import { type Place, recordedExchange, type ToldResponse } from './recorded-exchange.js';

/** Our own journal: one exchange a line, as `exchange/public-exchange` shapes it; {@link toJournal} writes it. */
export const journal: Format = {
  id: 'journal',
  title: 'journal of chift-contract',
  lines: true,
  recognises({ paths }) {
    return paths.get('request/body') === '{' && paths.has('request/body/state') && paths.has('place') ? 1 : 0;
  },
  read(chunks, reading) {
    const entry = ({ value, index, line }: Element): Entry => {
      const place = { index, line, format: 'journal', label: lineLabel(line), fidelity: [] };
      return entryOf(value, place, reading);
    };
    return readJsonLines(chunks, { entry }, reading);
  },
};

/** One line for each exchange, in their order. */
export function toJournal(exchanges: Iterable<PublicExchange>): string {
  return [...exchanges].map((exchange) => `${JSON.stringify(exchange)}\n`).join('');
}

function entryOf(value: unknown, place: Place, reading: Reading): Entry {
  const [request, response] = [own(value, 'request'), own(value, 'response')];
  if (!isObject(request)) return unreadable(place.label, 'has no request object');
  const told: ToldResponse | undefined = isObject(response) ? answer(response) : undefined;
  return recordedExchange(
    {
      method: request['method'],
      url: request['url'],
      requestHeaders: request['headers'],
      requestBody: bodyFrom(request['body']),
      response: told ?? unansweredAs(own(value, 'unanswered'), 'no response in the recording'),
    },
    place,
    reading,
  );
}

function answer({ status, headers, body, durationMs, defects }: Record<string, unknown>): ToldResponse {
  const seen: readonly WireDefect[] = defectsOf(defects);
  return { kind: 'told', status, headers, body: bodyFrom(body), durationMs, defects: seen };
}

/** Bytes were decoded before they were written, so nothing more is undone here. */
function bodyFrom(body: unknown): Recorded {
  const [state, text, base64] = [own(body, 'state'), own(body, 'text'), own(body, 'base64')];
  const content = typeof base64 === 'string' ? base64Body(base64, []) : textBody(String(text ?? ''), undefined);
  const { bytes } = content.body;
  if (Number(own(body, 'omitted') ?? 0) > 0)
    return {
      body: { state: 'truncated', bytes, decoded: [], problem: 'shortened in the journal' },
      fidelity: ['body-cut'],
    };
  if (state === 'empty') return { body: emptyBody, fidelity: [] };
  if (state === 'truncated' || state === 'undecodable')
    return { body: { state, bytes, decoded: [], problem: `${state} when it was recorded` }, fidelity: [] };
  return state === 'present' && content.body.state === 'present'
    ? { body: bodyOf(bytes), fidelity: content.fidelity }
    : { body: absentBody, fidelity: [] };
}
