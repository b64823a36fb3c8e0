import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import { absentBody, type Body, bodyOf, emptyBody } from '../exchange/body.js';
import type { Answered, Exchange, Unanswered, WireDefect } from '../exchange/exchange.js';
import { type BasePaths, judgeWith } from './judge.js';

const contacts = '/consumers/6c1f6c4e-7b1a-4b70-9a0d-0c4a0f8e2b11/invoicing/contacts';
const json = [['content-type', 'application/json']] as const;
const good = bodyOf('{"id":"c-1","source_ref":{}}');

function answered(status: number, body: Body = good, defects: readonly WireDefect[] = []): Answered {
  return { kind: 'answered', status, headers: json, body, durationMs: 1, defects };
}

function exchange(outcome: Answered | Unanswered, url = contacts, origin: 'live' | 'document' = 'live'): Exchange {
  return {
    id: '1',
    origin:
      origin === 'live'
        ? { kind: 'live', property: 'p', path: '0' }
        : { kind: 'document', file: 'f', index: 0, format: 'har', provenance: 'observation', fidelity: [] },
    request: { method: 'POST', url, headers: json, body: bodyOf('{}') },
    outcome,
    before: [],
  };
}

const judge = judgeWith(contract, checksFor('strict'));
const unanswered = (reason: Unanswered['reason']): Unanswered => ({ kind: 'unanswered', reason, detail: 'why' });

describe('the judge puts an exchange into exactly one class', () => {
  it.each([
    ['a good answer', exchange(answered(200)), 'conforms', undefined],
    ['a bad answer', exchange(answered(200, bodyOf('{}'))), 'violates', undefined],
    ['mere information', exchange(answered(200, bodyOf('{"id":"c-1","source_ref":{},"x":1}'))), 'conforms', undefined],
    ['another API', exchange(answered(200), '/elsewhere'), 'outOfScope', undefined],
    ['no answer to another API', exchange(unanswered('reset'), '/elsewhere'), 'outOfScope', undefined],
    ['no answer', exchange(unanswered('timeout')), 'unjudged', 'timeout'],
    ['an answer that is not recorded', exchange(unanswered('not-recorded')), 'unjudged', 'not-recorded'],
    ['a status that says nothing', exchange(answered(503)), 'unjudged', 'status 503'],
    ['a body that is not recorded', exchange(answered(200, absentBody)), 'unjudged', 'response body not recorded'],
    ['a body that is not recorded, under a wrong status', exchange(answered(201, absentBody)), 'violates', undefined],
    [
      'a body cut by the recorder',
      exchange(answered(200, { ...good, state: 'truncated' })),
      'unjudged',
      'response body cut by the recorder',
    ],
    [
      'a body cut by the provider',
      exchange(answered(200, { ...good, state: 'truncated' }, [{ kind: 'truncated', detail: '' }])),
      'violates',
      undefined,
    ],
    [
      'a body that does not decode',
      exchange(answered(200, { ...good, state: 'undecodable' })),
      'unjudged',
      'response body not decodable',
    ],
    ['an empty body where none is promised', exchange(answered(401, emptyBody)), 'conforms', undefined],
  ])('%s', (_, subject, name, reason) => {
    const judgement = judge(subject);
    expect([judgement.class, judgement.reason]).toEqual([name, reason]);
    expect(judgement.endpoint).toBe(name === 'outOfScope' ? undefined : 'createContact');
    if (name === 'outOfScope') expect(judgement.findings).toEqual([]);
  });

  it('what is no HTTP is a finding on the whole exchange', () => {
    const judgement = judge(exchange(unanswered('protocol')));
    expect(judgement.class).toBe('violates');
    expect(judgement.findings).toMatchObject([{ code: 'response.wire.protocol', at: { part: 'exchange' } }]);
  });

  it('by every check that a glance does not answer for', () => {
    const asked: string[] = [];
    const asking = (name: string) => () => {
      asked.push(name);
      return [];
    };
    const checks = { 'status-documented': asking('status-documented'), another: asking('another') };
    const glance = { answersFor: ['status-documented'], settles: () => true };
    expect(judgeWith(contract, checks, undefined, glance)(exchange(answered(200))).class).toBe('conforms');
    expect(asked).toEqual(['another']);
  });

  it('by paths below the base path of its origin', () => {
    const paths: BasePaths = { live: '/live', recorded: '/recorded' };
    const below = judgeWith(contract, {}, paths);
    const classOf = (url: string, origin: 'live' | 'document') => below(exchange(answered(200), url, origin)).class;
    expect(classOf(`/live${contacts}`, 'live')).toBe('conforms');
    expect(classOf(`/recorded${contacts}`, 'document')).toBe('conforms');
    expect(classOf(`/live${contacts}`, 'document')).toBe('outOfScope');
    expect(classOf(contacts, 'live')).toBe('outOfScope');
  });
});
