import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { command, temporaryFolder } from '../testing/test-world.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const cwd = folder.path;
const run = (...argv: string[]) => command(argv, { cwd });

describe('what the command line refuses', () => {
  it.each<[string, string[], number, string]>([
    ['an unknown command', ['verifi'], 2, "unknown command 'verifi'\n(Did you mean verify?)"],
    [
      'an unknown flag',
      ['verify', '--max-request', '3'],
      2,
      "unknown option '--max-request'\n(Did you mean --max-requests?)",
    ],
    ['a number that is none', ['verify', '--max-requests', '0'], 2, 'It takes a whole number from 1.'],
    ['a seed out of range', ['verify', '--seed', '-1'], 2, 'It takes a whole number from 0 to 4294967295.'],
    ['a consumer that is no UUID', ['verify', '--consumer', 'me'], 2, 'It takes a UUID.'],
    ['a duration without a unit', ['verify', '--timeout', '30'], 2, 'It takes a duration such as 500ms'],
    ['a rate of nothing', ['verify', '--rate-limit', '0/s'], 2, 'It takes a rate such as 10/s'],
    [
      'a kind that is none',
      ['verify', '--only', 'valid,odd'],
      2,
      'odd is none of valid, edge, invalid, auth, stateful and transport',
    ],
    ['a report that is none', ['verify', '--report', 'pdf'], 2, 'pdf is none of html, junit'],
    ['a shard beyond the last', ['verify', '--shard', '3/2'], 2, 'It takes I/N with I from 1 to N'],
    [
      'a secret among the arguments',
      ['verify', '--client-secret=hunter2'],
      4,
      'secrets on a command line show in process lists',
    ],
    ['a URL that is none', ['verify', '--url', 'chift'], 2, '--url is not an http or https URL'],
    ['a foreign target without a consumer', ['verify', '--url', 'https://api.example.com'], 2, '--consumer is missing'],
    ['a recording that is not there', ['check', 'nowhere.har'], 2, 'nowhere.har does not exist'],
    ['no recording', ['check'], 2, "missing required argument 'file'"],
    ['an unknown fault', ['sandbox', '--fault', 'no-such-fault'], 2, 'no-such-fault'],
    ['an unknown code', ['explain', 'response.body.typ'], 2, 'Did you mean'],
    ['an unknown kind of body', ['generate', 'odd'], 2, 'It takes valid, edge or invalid'],
    ['a config file that is not there', ['verify', '--config', 'absent.ts'], 2, 'absent.ts does not exist'],
    ['accepted findings that are not there', ['check', '--known', 'absent.json', 'package.json'], 2, 'absent.json'],
  ])('%s', async (_, argv, exitCode, message) => {
    writeFileSync(join(cwd, 'package.json'), '{"name":"consumer"}');
    const ran = await run(...argv);
    expect(ran.err).toContain(message);
    expect([ran.exitCode, ran.out]).toEqual([exitCode, '']);
    expect(ran.err).not.toContain('hunter2');
    expect(ran.err).not.toMatch(/^\s+at /m);
  });

  it.each<[string, string[], string]>([
    ['plain http beyond loopback', ['verify', '--url', 'http://api.example.com'], 'clear text'],
    ['credentials in the URL', ['verify', '--url', 'https://a:b@api.example.com'], 'the URL carries credentials'],
    [
      'a foreign target that nobody allowed',
      ['verify', '--url', 'https://api.example.com', '--consumer', '0b2d6d3c-8f2e-4b52-9c0f-6a8f3f1d2e4a'],
      'Add --allow-writes 0b2d6d3c-8f2e-4b52-9c0f-6a8f3f1d2e4a',
    ],
    [
      'leave to write to another consumer',
      [
        'verify',
        '--url',
        'https://api.example.com',
        '--consumer',
        '0b2d6d3c-8f2e-4b52-9c0f-6a8f3f1d2e4a',
        '--allow-writes',
        '1b2d6d3c-8f2e-4b52-9c0f-6a8f3f1d2e4a',
      ],
      'names another consumer',
    ],
  ])('%s, in the words of a verdict', async (_, argv, message) => {
    const ran = await run(...argv, '--quiet');
    expect([ran.exitCode, ran.err]).toEqual([4, expect.stringContaining(message)]);
    expect(ran.out).toMatch(/^\n?✖ Refused/);
  });

  it('half a set of credentials, naming what is missing', async () => {
    const argv = [
      'verify',
      '--url',
      'https://api.example.com',
      '--consumer',
      '0b2d6d3c-8f2e-4b52-9c0f-6a8f3f1d2e4a',
      '--allow-writes',
      '0b2d6d3c-8f2e-4b52-9c0f-6a8f3f1d2e4a',
    ];
    const ran = await command(argv, { cwd, env: { CHIFT_CLIENT_ID: 'a', CHIFT_ACCOUNT_ID: 'b' } });
    expect([ran.exitCode, ran.err]).toEqual([2, expect.stringContaining('CHIFT_CLIENT_SECRET is missing')]);
  });

  it('an environment variable that does not parse, naming it', async () => {
    const ran = await command(['verify'], { cwd, env: { CHIFT_CONSUMER_ID: 'me' } });
    expect([ran.exitCode, ran.err]).toEqual([2, expect.stringContaining('CHIFT_CONSUMER_ID: It takes a UUID.')]);
  });
});

describe('the config file', () => {
  it.each<[string, string, string]>([
    ['config.json', '{"maxRequests": 0}', 'config.json: maxRequests: It takes a whole number from 1.'],
    ['config.json', '{"maxRequest": 5}', 'there is no setting maxRequest'],
    ['config.json', '{"allowWrites": "x"}', 'allowWrites can only be given as a flag'],
    ['config.json', '{', 'config.json cannot be loaded'],
    ['config.json', '[]', 'no object as its default export'],
    ['config.ts', 'export default { maxTime: "soon" satisfies string };', 'config.ts: maxTime: It takes a duration'],
    ['config.mjs', 'throw new Error("broken on purpose");', 'config.mjs cannot be loaded: broken on purpose'],
  ])('%s with %s is refused', async (name, content, message) => {
    writeFileSync(join(cwd, name), content);
    const ran = await run('verify', '--config', name);
    expect([ran.exitCode, ran.err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('commands that only tell', () => {
  it('explain every code', async () => {
    const list = await run('explain');
    const codes = list.out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]!);
    expect(codes.length).toBeGreaterThan(30);
    for (const code of codes) {
      const { exitCode, out } = await run('explain', code);
      expect([exitCode, out]).toEqual([
        0,
        expect.stringMatching(
          new RegExp(`^${code} \\((error|warning|info)\\)\n.+\n\n.+\n\nExample: .+\nWhat to do: .+\n$`),
        ),
      ]);
    }
  });

  it('generate the same bodies for a seed, as many as asked for', async () => {
    const [one, same, other] = [
      await run('generate', 'valid', '-n', '20', '--seed', '7'),
      await run('generate', 'valid', '-n', '20', '--seed', '7'),
      await run('generate', 'valid', '-n', '20', '--seed', '8'),
    ];
    expect(one.out.trimEnd().split('\n')).toHaveLength(20);
    expect(same.out).toBe(one.out);
    expect(other.out).not.toBe(one.out);
  });

  it('generate edges and labelled invalid bodies', async () => {
    const edges = (await run('generate', 'edge')).out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(edges).toContainEqual({});
    const invalid = (await run('generate', 'invalid', '-n', '5')).out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(invalid).toHaveLength(5);
    for (const body of invalid)
      expect(body).toMatchObject({ label: expect.any(String), pointer: expect.any(String), text: expect.any(String) });
  });

  it('print version and help', async () => {
    expect(await run('--version')).toEqual({ exitCode: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' });
    const help = await run('verify', '--help');
    expect(help.exitCode).toBe(0);
    for (const flag of ['--allow-writes', '--max-requests', '--report', '--config', '--no-color'])
      expect(help.out).toContain(flag);
  });
});
