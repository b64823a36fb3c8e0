import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, afterEach, describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/test-world.js';
import type { CheckOptions, ContactIn, ContactOut, RecordedExchange, RunResult, VerifyOptions } from './library.js';
import * as library from './library.js';
import type { judging, live, recorded } from './settings.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const recordings = join(root, 'contracts/chift/recordings');
const folder = temporaryFolder();
afterAll(folder.remove);
const cwd = join(folder.path, 'quiet');
mkdirSync(cwd);
const env = {};
afterEach(() => expect(readdirSync(cwd)).toEqual([]));

const { checkExchanges, verify } = library;
const url = '/consumers/11111111-1111-4111-8111-111111111111/invoicing/contacts';
const contact = { id: 'c1', source_ref: {}, last_name: 'Curie' };
const create = (body: unknown, more: object = {}): RecordedExchange => ({
  request: { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: { last_name: 'Curie' } },
  response: { status: 200, headers: [['content-type', 'application/json']], body },
  ...more,
});

describe('checkExchanges', () => {
  it('judges exchanges in memory', async () => {
    const result = await checkExchanges([create(contact)], { cwd, env });
    expect(result).toMatchObject({
      verdict: 'conforms',
      exitCode: 0,
      totals: { exchanges: 1, judged: 1 },
      artefacts: [],
    });
  });

  it('gives broken promises as findings', async () => {
    const result = await checkExchanges([create({ ...contact, is_company: 'yes' })], { cwd, env });
    expect(result.verdict).toBe('violates');
    expect(result.findings.map(({ code, at }) => [code, at.pointer])).toContainEqual([
      'response.body.type',
      '/is_company',
    ]);
  });

  it('judges files by name, as the command does', async () => {
    const one = await checkExchanges(join(recordings, 'sdk.har'), { cwd, env });
    const many = await checkExchanges([recordings], { cwd, env });
    expect(one.verdict).toBe('conforms');
    expect(many.totals.judged).toBeGreaterThanOrEqual(one.totals.judged);
  });

  it('never passes on nothing', async () => {
    expect((await checkExchanges([], { cwd, env })).verdict).toBe('inconclusive');
    const silent = await checkExchanges([{ ...create(contact), response: null }], { cwd, env });
    expect([silent.verdict, silent.totals.unjudged]).toEqual(['inconclusive', 1]);
    const few = await checkExchanges([create(contact)], { cwd, env, minJudged: 2 });
    expect(few.verdict).toBe('inconclusive');
  });

  it('refuses what it cannot mean, by name', async () => {
    const wrong: [unknown, CheckOptions, string][] = [
      [['absent.har'], {}, 'absent.har does not exist'],
      [[create(contact)], { format: 'tape' }, 'checkExchanges: format: It takes auto'],
      [[create(contact)], { formats: 'har' } as CheckOptions, 'there is no option formats'],
      [[create(contact), 'sdk.har'], {}, 'either exchanges or names of files'],
      [[create(1n)], {}, 'exchange 0 is no JSON'],
    ];
    for (const [input, options, message] of wrong) {
      const refusal = checkExchanges(input as string[], { cwd, env, ...options });
      await expect(refusal).rejects.toThrow(message);
      await expect(refusal).rejects.toBeInstanceOf(library.HarnessError);
    }
  });
});

describe('verify', () => {
  it('finds a broken promise of a provider, and the same again from the seed', async () => {
    const sandbox = await library.startSandbox({ faults: ['id-number'] });
    onTestFinished(() => sandbox.close());
    const options: VerifyOptions = { maxRequests: 60, seed: 7, maxTime: '60s', only: ['valid'], cwd: folder.path, env };
    const once = await verify({ ...options, url: sandbox.url });
    expect([once.verdict, once.run.seed, once.command]).toEqual(['violates', 7, 'verify']);
    expect(once.findings.map(({ code }) => code)).toContain('response.body.type');
    const again = await verify({ ...options, url: sandbox.url });
    expect(again.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      once.findings.map(({ fingerprint }) => fingerprint),
    );
  });

  it('starts a sandbox of its own without a URL, and keeps to the limits', async () => {
    const result = await verify({ maxRequests: 40, timeout: 5000, rateLimit: 10_000, only: 'edge', cwd, env });
    expect(result.totals.requests).toBeLessThanOrEqual(40);
    expect(result.totals.judged).toBeGreaterThan(10);
    expect(result.findings).toEqual([]);
  });

  it('writes nowhere without a permit', async () => {
    const refused = verify({
      url: 'https://api.chift.eu',
      consumer: '11111111-1111-4111-8111-111111111111',
      cwd,
      env: { CHIFT_ACCESS_TOKEN: 'token' },
    });
    await expect(refused).rejects.toMatchObject({ code: 'refused' });
  });

  it('ends when its caller says so', async () => {
    const result = await verify({ signal: AbortSignal.abort(), cwd, env });
    expect([result.exitCode, result.totals.judged]).toEqual([130, 0]);
  });
});

describe('the public names', () => {
  /** Part of what the version number promises: a name that leaves this list is a breaking change. */
  const promised = [
    'contract',
    'contactIn',
    'contactOut',
    'validContact',
    'edgeContact',
    'invalidContact',
    'validContactOut',
    'edgeContactOut',
    'invalidContactOut',
    'defineContract',
    'defineConfig',
    'verify',
    'checkExchanges',
    'compareSchemas',
    'startSandbox',
    'writePact',
    'HarnessError',
  ];

  it('are exported', () => {
    expect(promised.filter((name) => !(name in library))).toEqual([]);
  });

  it('have a sentence each', { timeout: 60_000 }, () => {
    const program = ts.createProgram([join(root, 'src/cli/library.ts')], {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      resolveJsonModule: true,
      skipLibCheck: true,
      types: ['node'],
    });
    const checker = program.getTypeChecker();
    const entry = checker.getSymbolAtLocation(program.getSourceFile(join(root, 'src/cli/library.ts'))!)!;
    const silent = checker.getExportsOfModule(entry).filter((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      return ts.displayPartsToString(symbol.getDocumentationComment(checker)).length < 15;
    });
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('are those that the interface binds', () => {
    const page = join(root, '../shared/interface.md');
    if (!existsSync(page)) return console.warn('the interface page is not here: only the list above is checked');
    const section = readFileSync(page, 'utf8').split('## Library')[1]!;
    const sentence = section.split('`chift-contract/vitest`')[0]!;
    const bound = [...sentence.matchAll(/`([a-zA-Z]+)(?:\(\))?`/g)].map((match) => match[1]!);
    expect(bound.length).toBeGreaterThan(8);
    expect(bound.filter((name) => !(name in library))).toEqual([]);
  });
});

describe('types', () => {
  it('are those of the models and of the result', () => {
    expectTypeOf(verify).returns.resolves.toEqualTypeOf<RunResult>();
    expectTypeOf(checkExchanges).returns.resolves.toEqualTypeOf<RunResult>();
    expectTypeOf<RunResult['verdict']>().toExtend<string>();
    expectTypeOf<ContactIn['gender']>().toEqualTypeOf<'H' | 'F' | 'N/A' | null | undefined>();
    expectTypeOf<ContactOut['id']>().toEqualTypeOf<string>();
    expectTypeOf<Parameters<typeof library.defineConfig>[0]>().toHaveProperty('maxRequests');
  });

  it('name every setting that a program may give', () => {
    type Caller = 'signal' | 'cwd' | 'env';
    type Printing = 'report' | 'reportDir' | 'color' | 'quiet' | 'verbose' | 'dryRun';
    type Driving = Exclude<keyof typeof judging | keyof typeof live, Printing>;
    type Judging = Exclude<keyof typeof judging | keyof typeof recorded, Printing | 'seed'>;
    expectTypeOf<Exclude<keyof VerifyOptions, Caller>>().toEqualTypeOf<Driving>();
    expectTypeOf<Exclude<keyof CheckOptions, Caller>>().toEqualTypeOf<Judging>();
  });
});
