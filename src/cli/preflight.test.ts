import { describe, expect, it } from 'vitest';
import { contract, demo } from '../../contracts/chift/index.js';
import { HarnessError } from '../errors.js';
import { bodyOf } from '../exchange/body.js';
import type { Door } from '../transport/door.js';
import { targetOf } from '../transport/permit.js';
import { preflight } from './preflight.js';

interface Named {
  readonly status?: number;
  readonly consumer?: string;
  readonly connection?: string;
}

/** A provider in memory that names its consumer and its one connection. */
function door({ status = 200, consumer = 'Sandbox shop', connection = 'Odoo test' }: Named, asked: string[]): Door {
  return {
    async send({ method, path, headers }) {
      asked.push(`${method} ${path}`);
      const json = path.endsWith('/connections')
        ? [{ name: connection, integration: 'Odoo' }]
        : path.includes('/contacts')
          ? { items: [], total: 12, page: 1, size: 1 }
          : { name: consumer };
      const body = bodyOf(JSON.stringify(json));
      const outcome = { kind: 'answered' as const, status, headers: [], body, durationMs: 1, defects: [] };
      const request = { method, url: path, headers, body: bodyOf('') };
      return {
        exchange: { id: path, origin: { kind: 'live', property: '', path: '' }, request, outcome, before: [] },
        earlier: [],
      };
    },
  };
}

const look = (named: Named, allowProduction = false, asked: string[] = []) =>
  preflight({
    contract,
    door: door(named, asked),
    target: targetOf('https://api.example.com'),
    consumer: demo.consumerId,
    allowProduction,
  });

describe('before anything is written beyond loopback', () => {
  it('the consumer, its connections and its contacts are shown, by reads alone', async () => {
    const asked: string[] = [];
    expect(await look({}, false, asked)).toBe('Consumer Sandbox shop, connected: Odoo test [Odoo], 12 contacts so far');
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['GET', 'GET', 'GET']);
  });

  it.each<[string, Named]>([
    ['a consumer', { consumer: 'ACME Production' }],
    ['a consumer in lower case', { consumer: 'acme-prod' }],
    ['a connection', { connection: 'Odoo (live)' }],
  ])('%s named like production is refused, unless told again', async (_, named) => {
    await expect(look(named)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('looks like production'),
    });
    expect(await look(named, true)).toContain('12 contacts');
  });

  it('words that only hold those letters are no alarm', async () => {
    expect(await look({ consumer: 'Oliver Products', connection: 'Delivery' })).toContain('Oliver Products');
  });

  it('a consumer that the key does not reach is refused', async () => {
    await expect(look({ status: 404 })).rejects.toThrow(HarnessError);
    await expect(look({ status: 404 })).rejects.toThrow('status 404');
  });
});
