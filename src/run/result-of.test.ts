import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { bodyOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import { createRedactor } from '../exchange/redact.js';
import type { Finding } from '../finding/finding.js';
import { resultOf } from './result-of.js';
import { Tally } from './tally.js';

const secret = 'planted-secret';
const exchange: Exchange = {
  id: '1',
  origin: { kind: 'live', property: 'p', path: '3:1' },
  request: {
    method: 'POST',
    url: `https://api.example.com/${secret}`,
    headers: [['x', secret]],
    body: bodyOf(`{"${secret}":1}`),
  },
  outcome: { kind: 'answered', status: 200, headers: [], body: bodyOf(secret), durationMs: 1, defects: [] },
  before: [],
};
const finding: Finding = {
  code: 'response.body.type',
  endpoint: 'createContact',
  at: { part: 'response.body', pointer: `/${secret}` },
  rule: `type ${secret}`,
  message: `${secret} is wrong`,
  evidence: { ...exchange, before: [exchange] },
};

function result(known: string[] = []) {
  const tally = new Tally(contract);
  tally.found([finding]);
  tally.notes.add(`noted ${secret}`);
  tally.countUnreadable(`file ${secret}`, secret);
  return resultOf({
    version: '0',
    command: 'verify',
    contract,
    contractHash: `sha256:${'0'.repeat(64)}`,
    run: { id: 'r', seed: 7, shard: null, startedAt: '', durationMs: 0, target: null, options: {} },
    outcome: { tally, troubles: [], bugs: [], unfinishedCases: 0, silence: { count: 0, longest: 0 } },
    spent: { requests: 1, creates: 0, shrinkRequests: 0 },
    redactor: createRedactor([secret]),
    known: known.map((fingerprint) => ({ fingerprint, reason: 'reported' })),
    today: '2026-01-01',
    failOn: 'error',
    minJudged: 0,
    interrupted: undefined,
    replay: { file: 'reports/result.json', flags: [] },
  });
}

describe('a result', () => {
  it('holds no secret, wherever the provider put it', () => {
    expect(JSON.stringify(result())).not.toContain(secret);
  });

  it('knows an accepted finding by the fingerprint that it shows', () => {
    const [shown] = result().findings;
    expect(result([shown!.fingerprint]).findings[0]!.known).toEqual({ reason: 'reported', expires: null });
  });

  it('says how to see a finding again', () => {
    const [{ reproduce } = { reproduce: undefined }] = result().findings;
    expect(reproduce).toMatchObject({
      seed: 7,
      path: 'p:3:1',
      replay: expect.stringMatching(/^npx chift-contract replay reports\/result.json '/),
    });
  });
});
