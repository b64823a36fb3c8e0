import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { contract } from '../../contracts/chift/index.js';
import { openapiOf } from '../derive/openapi.js';
import { reportNames } from '../reporters/index.js';
import { resultSchema } from '../run/result.js';
import { command, temporaryFolder } from '../testing/test-world.js';

const folder = temporaryFolder();
const cwd = folder.path;
afterAll(folder.remove);

type Json = Record<string, unknown>;

const promised = JSON.parse(JSON.stringify(openapiOf(contract))) as Json;
const write = (file: string, content: unknown): string => {
  writeFileSync(join(cwd, file), typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
/** The contract's own document with one schema said in another way. */
const withSchema = (name: string, change: (schema: Json) => Json): Json => {
  const copy = structuredClone(promised) as { components: { schemas: Record<string, Json> } };
  copy.components.schemas[name] = change(copy.components.schemas[name]!);
  return copy;
};
const drift = (...args: string[]) => command(['drift', ...args], { cwd });
const resultOf = () => resultSchema.parse(JSON.parse(readFileSync(join(cwd, 'reports/result.json'), 'utf8')));
const required = (name: string) => (schema: Json) => ({
  ...schema,
  required: [...((schema['required'] as string[]) ?? []), name],
});

beforeAll(() => {
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(fileURLToPath(new URL('../../node_modules/zod', import.meta.url)), join(cwd, 'node_modules/zod'));
});

describe('drift of a document', () => {
  it('that says what the contract says finds nothing, as JSON and as YAML, from a file and from standard input', async () => {
    for (const file of [write('same.json', promised), write('same.yaml', stringify(promised))]) {
      const { exitCode, out, err } = await drift(file);
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
      expect(out).toContain('✔ Nothing breaks: 7 descriptions compared, nothing found.');
    }
    const piped = await command(['drift', '-'], { cwd, stdin: stringify(promised) });
    expect(piped.exitCode).toBe(0);
  });

  it('of twenty megabytes is read all the same, and costs what is compared and not what stands beside it', async () => {
    const { paths, components } = promised as { paths: Json; components: { schemas: Json } };
    const beside = Array.from({ length: 14_000 }, (_, at) => [
      `Unrelated${at}`,
      {
        type: 'object',
        description: 'Not compared with anything. '.repeat(50),
        properties: { next: { $ref: `#/components/schemas/Unrelated${(at + 1) % 14_000}` }, name: { type: 'string' } },
      },
    ]);
    const file = write('large.json', {
      ...promised,
      paths: { ...paths, '/unrelated': { get: { responses: { 200: { description: 'none' } } } } },
      components: { ...components, schemas: { ...components.schemas, ...Object.fromEntries(beside) } },
    });
    expect(statSync(join(cwd, file)).size).toBeGreaterThan(19_000_000);
    const { exitCode, out } = await drift(file);
    expect([exitCode, out]).toEqual([0, expect.stringContaining('7 descriptions compared, nothing found.')]);
  });

  it('that asks for more breaks senders, with the body that shows it', async () => {
    const { exitCode, out } = await drift(write('stricter.json', withSchema('ContactItemIn', required('vat'))));
    expect(exitCode).toBe(1);
    expect(out).toContain('drift.request.breaking|createContact|request.body|/vat|required now');
    const [finding] = resultOf().findings;
    expect(finding).toMatchObject({ severity: 'error', seen: 1, known: null, reproduce: { curl: null } });
    expect(finding?.evidence.request).toMatchObject({ method: 'POST', body: { text: '{}' } });
    expect(finding?.evidence.response).toBeNull();
  });

  it('that answers more breaks readers, with the answer that shows it', async () => {
    const laxer = withSchema('ContactItemOut', (schema) => ({ ...schema, required: ['source_ref'] }));
    expect((await drift(write('laxer.json', laxer))).exitCode).toBe(1);
    const result = resultOf();
    expect(result).toMatchObject({
      command: 'drift',
      verdict: 'violates',
      exitCode: 1,
      totals: { exchanges: 7, judged: 7 },
    });
    const create = result.findings.find(({ endpoint }) => endpoint === 'createContact');
    expect(create).toMatchObject({
      code: 'drift.response.breaking',
      at: { pointer: '/id' },
      rule: '200: no longer required',
    });
    expect(create?.evidence.response).toMatchObject({ status: 200, body: { text: '{"source_ref":{}}' } });
  });

  it('that only warns fails where warnings do, unless it was accepted', async () => {
    const weaker = write(
      'weaker.json',
      withSchema('ContactItemOut', ({ properties, ...schema }) => {
        const { vat, ...rest } = properties as Json;
        return { ...schema, properties: rest };
      }),
    );
    expect((await drift(weaker)).exitCode).toBe(0);
    expect((await drift(weaker, '--fail-on', 'warning')).exitCode).toBe(1);
    const known = resultOf().findings.map(({ fingerprint }) => ({ fingerprint, reason: 'we never read it' }));
    expect((await drift(weaker, '--fail-on', 'warning', '--known', write('known.json', known))).exitCode).toBe(0);
  });

  it('against an older one compares the two, and either way', async () => {
    const [older, newer] = [
      write('older.json', promised),
      write('newer.json', withSchema('ContactItemIn', required('vat'))),
    ];
    expect((await drift(newer, '--against', older)).exitCode).toBe(1);
    expect(resultOf().run).toMatchObject({ target: 'older.json → newer.json', options: { against: 'older.json' } });
    const back = await drift(older, '--against', newer);
    expect(back.exitCode).toBe(0);
    expect(back.out).toContain('1 to know');
  });

  it('without any operation says nothing', async () => {
    const empty = write('empty.json', { openapi: '3.1.0', paths: {} });
    expect((await drift(empty, '--against', empty)).exitCode).toBe(3);
  });

  it('is told in every format', async () => {
    const file = write('stricter.json', withSchema('ContactItemIn', required('vat')));
    expect((await drift(file, '--report', reportNames.join(), '--report-dir', 'all')).exitCode).toBe(1);
    for (const name of ['index.html', 'junit.xml', 'result.sarif', 'summary.md'])
      expect(readFileSync(join(cwd, 'all', name), 'utf8')).toContain('/vat');
  });
});

describe('drift refuses', () => {
  const unresolved = withSchema('ContactItemIn', (schema) => ({
    ...schema,
    properties: { vat: { $ref: '#/components/schemas/Gone' } },
  }));
  it.each<[string, () => string[], string, number]>([
    ['no document', () => [], 'drift takes a document, or --schema', 2],
    ['a missing file', () => ['gone.json'], 'gone.json does not exist', 2],
    ['no JSON', () => [write('bad.json', '{"openapi": ')], 'bad.json is no JSON', 2],
    ['no YAML', () => [write('bad.yaml', 'a: [1')], 'bad.yaml is no YAML', 2],
    [
      'many aliases',
      () => [write('bomb.yaml', `a: &a [x, x]\nb: &b [${'*a, '.repeat(50)}]\nc: &c [${'*b, '.repeat(50)}]\n`)],
      'bomb.yaml is no YAML',
      2,
    ],
    ['no OpenAPI', () => [write('package.json', { name: 'x' })], 'package.json is no OpenAPI document', 2],
    ['Swagger', () => [write('two.yaml', 'swagger: "2.0"')], 'two.yaml is Swagger 2.0', 2],
    [
      'a missing reference',
      () => [write('unresolved.json', unresolved)],
      'refers to #/components/schemas/Gone, which the document does not have',
      2,
    ],
    ['an address that is not safe', () => ['http://example.com/openapi.json'], 'is not https', 2],
    ['an address where nobody is', () => ['http://127.0.0.1:1/openapi.json'], 'cannot be fetched', 5],
    ['a document and a schema', () => ['same.json', '--schema', 'x.json'], '--schema is compared with the contract', 2],
    ['a schema that is not there', () => ['--schema', 'gone.ts#x'], '--schema: gone.ts does not exist', 2],
    ['an unknown side', () => ['--schema', 'x.json', '--as', 'both'], 'It takes request or response', 2],
  ])('%s', async (_, args, message, code) => {
    const { exitCode, err } = await drift(...args());
    expect(err).toContain(message);
    expect(exitCode).toBe(code);
  });
});

describe('a document at an address', () => {
  it('is fetched, without following where it leads', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/openapi.json' }).end();
      else response.end(JSON.stringify(promised));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await drift(`${base}/openapi.json`)).exitCode).toBe(0);
    const moved = await drift(`${base}/moved`);
    expect([moved.exitCode, moved.err]).toEqual([5, expect.stringContaining('status 302')]);
    server.close();
  });
});

const teamFile = `
import { z } from 'zod';
import { z as z3 } from 'zod/v3';
export const strict4 = z.object({ id: z.uuid(), source_ref: z.object({ id: z.string() }) });
export const lax4 = z.object({ first_name: z.union([z.string(), z.number()]).nullish() });
export const strict3 = z3.object({ id: z3.string(), source_ref: z3.object({}).passthrough(), gender: z3.enum(['H', 'F']).nullish() }).strict();
export const lax3 = z3.object({ birthdate: z3.string().optional() });
export const refined = z.looseObject({ id: z.string(), email: z.string().nullish() }).refine((contact) => contact.email !== null);
export const same = z.looseObject({ vat: z.string().nullish() });
export const json: object = { type: 'object', properties: { is_company: { type: 'integer' } } };
export const any3 = z3.any();
export const any4 = z.any();
export const nothing = {};
export const dated = z.object({ at: z.date() });
export const later = z.object({ vat: z.string() }).refine(async () => true);
export const call = () => 1;
export const standard = { '~standard': { version: 1, vendor: 'other', validate: () => ({ value: 1 }) }, type: 'object' };
export default same;
`;

describe("drift of a team's schema", () => {
  const compared = async (...args: string[]) => {
    write('team.ts', teamFile);
    const { exitCode, err } = await drift('--schema', ...args);
    return { exitCode, err, findings: exitCode === 2 ? [] : resultOf().findings };
  };
  const breaking = (findings: ReturnType<typeof resultOf>['findings']) =>
    findings
      .filter(({ severity }) => severity === 'error')
      .map(({ at, rule, evidence }) => [
        at.pointer,
        rule,
        JSON.parse((evidence.response ?? evidence.request).body.text!),
      ]);
  const uuid = '123e4567-e89b-42d3-a456-426614174000';

  it.each<[string, unknown[][]]>([
    [
      'strict4',
      [
        ['/id', '200: format uuid → none', { source_ref: { id: 'a' }, id: 'a' }],
        ['/source_ref/id', '200: no longer required', { id: uuid, source_ref: {} }],
        ['/source_ref/id', '200: null allowed', { id: uuid, source_ref: { id: null } }],
      ],
    ],
    ['lax4', [['/first_name', 'type string|number → string', { first_name: 1 }]]],
    ['lax3', [['/birthdate', 'format none → date', { birthdate: 'a' }]]],
    ['json', [['/is_company', 'type integer → boolean', { is_company: 1 }]]],
    ['same', []],
    ['default', []],
  ])('finds what breaks in %s, with a body each', async (name, expected) => {
    const { exitCode, findings } = await compared(`team.ts#${name}`);
    expect(breaking(findings)).toEqual(expected);
    expect(exitCode).toBe(expected.length > 0 ? 1 : 0);
  });

  it('sees that a strict zod 3 object refuses what it does not know', async () => {
    const { findings } = await compared('team.ts#strict3', '--as', 'response');
    expect(breaking(findings)).toContainEqual([
      '/gender',
      '200: enum value "N/A" added',
      { id: 'a', source_ref: {}, gender: 'N/A' },
    ]);
    expect(breaking(findings)).toContainEqual([
      '/*',
      '200: unknown fields allowed',
      { id: 'a', source_ref: {}, extra: 'a' },
    ]);
  });

  it('tries refinements, which no JSON Schema shows', async () => {
    const { exitCode, findings } = await compared('team.ts#refined', '--as', 'response');
    expect(exitCode).toBe(1);
    const [[pointer, rule, body]] = breaking(findings) as [[string, string, Json]];
    expect([pointer, rule, body['email']]).toEqual(['', '200: an unforeseen value accepted', null]);
  });

  it('takes a JSON file, and says what it took', async () => {
    write('schema.json', { type: 'object', properties: { vat: { type: 'string' } } });
    const { exitCode } = await compared('schema.json', '--as', 'request');
    expect(exitCode).toBe(0);
    expect(resultOf().notes).toContain('schema.json is read as JSON Schema');
    write('schemas.json', { contact: { type: 'object', properties: { vat: { type: 'number' } } } });
    expect((await compared('schemas.json#contact')).exitCode).toBe(1);
  });

  it.each([
    ['any3', 'comes out empty: it accepts everything'],
    ['any4', 'comes out empty: it accepts everything'],
    ['nothing', 'comes out empty: it accepts everything'],
    ['dated', 'cannot be written as JSON Schema'],
    ['later', 'cannot be tried'],
    ['call', 'is neither a zod schema nor a JSON Schema'],
    ['standard', 'is neither a zod schema nor a JSON Schema'],
    ['gone', '--schema: team.ts has no gone'],
  ])('refuses %s', async (name, message) => {
    const { exitCode, err } = await compared(`team.ts#${name}`);
    expect(err).toContain(message);
    expect(exitCode).toBe(2);
  });

  it('refuses an endpoint that has no such body', async () => {
    const { exitCode, err } = await compared('team.ts#same', '--endpoint', 'getContact', '--as', 'request');
    expect([exitCode, err]).toEqual([2, expect.stringContaining('getContact has no request body to compare with')]);
    expect((await compared('team.ts#same', '--endpoint', 'gone')).exitCode).toBe(2);
  });
});
