import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resultSchema } from '../run/result.js';
import { command, temporaryFolder } from '../testing/test-world.js';

const url = 'https://api.example.com/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts/c';
const request = { method: 'GET', url };
const headers = { 'content-type': 'application/json' };
const contact = '{"id":"c","source_ref":{},"last_name":"Zoé"}';

const line = (response: object = {}) =>
  JSON.stringify({ request, response: { status: 200, headers, body: contact, ...response } });
const entry = (response: object = {}, content: object = {}) => ({
  request: { ...request, headers: [] },
  response: { status: 200, headers, content: { text: contact, ...content }, ...response },
});
const har = (...entries: object[]) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries } }, null, 1);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const gzippedBase64 = (bytes: Buffer) => gzipSync(bytes).toString('base64');

let folder: ReturnType<typeof temporaryFolder>;
let cwd: string;
beforeEach(() => {
  folder = temporaryFolder();
  cwd = folder.path;
});
afterEach(() => folder.remove());

const at = (file: string) => join(cwd, file);

/** What `check` says of files, when all that holds for every run was asked of it. */
async function check(...argv: string[]) {
  const { exitCode, out, err } = await command(['check', '--report', 'json', ...argv], { cwd });
  const { totals, unreadable, unjudged, notes } = resultSchema.parse(
    JSON.parse(readFileSync(at('reports/result.json'), 'utf8')),
  );
  expect(totals.judged + totals.unjudged + totals.outOfScope + totals.unreadable).toBe(totals.exchanges);
  const places = unreadable.map(({ place, reason }) => `${place}: ${reason}`);
  const reasons = unjudged.map(({ reason, count }) => `${reason} ${count}`);
  return { exitCode, out, err, judged: totals.judged, unreadable: places, unjudged: reasons, notes };
}

type Told = Partial<Awaited<ReturnType<typeof check>>>;

describe('what is broken in one entry costs that entry alone, and is told with its place', () => {
  const cases: [what: string, file: string, content: string | Uint8Array, told: Told][] = [
    [
      'a torn last line',
      'a.ndjson',
      `${line()}\n${line()}\n${line().slice(0, 60)}`,
      {
        judged: 2,
        unreadable: [
          'a.ndjson: line 3: not JSON: the string is not closed, at byte 60; the file ends here without a line end',
        ],
      },
    ],
    ['lines that end with CRLF', 'a.ndjson', `${line()}\r\n${line()}\r\n`, { judged: 2, unreadable: [] }],
    ['blank lines', 'a.ndjson', `\n\r\n${line()}\n \t\r\n\n${line()}\n\n`, { judged: 2, unreadable: [] }],
    ['a byte-order mark', 'a.ndjson', `\ufeff${line()}\n\ufeff${line()}\n`, { judged: 2, unreadable: [] }],
    ['a byte-order mark of a HAR', 'a.har', `\ufeff${har(entry())}`, { judged: 1, unreadable: [] }],
    [
      'mixed encodings',
      'a.ndjson',
      Buffer.concat([Buffer.from(`${line()}\n`), Buffer.from(`${line()}\n`, 'latin1'), Buffer.from(line())]),
      { judged: 2, unreadable: ['a.ndjson: line 2: not UTF-8 from byte 257 on'] },
    ],
    [
      'a HAR that is cut within an entry',
      'a.har',
      har(entry(), entry(), entry()).slice(0, -200),
      {
        judged: 2,
        unreadable: ['a.har: log.entries[2], line 41: the document ends within this entry, at byte 1080'],
      },
    ],
    [
      'a HAR that is cut between entries',
      'a.har',
      har(entry(), entry()).replace(/\s*\]\s*\}\s*\}\s*$/, ''),
      { judged: 2, unreadable: ['a.har: log.entries[2], line 40: the document ends at byte 881 before it is closed'] },
    ],
    [
      'what follows a HAR',
      'a.har',
      `${har(entry())}\nGET`,
      { judged: 1, unreadable: ['a.har: log.entries[1], line 28: data after the end of the document, at byte 500'] },
    ],
    [
      'a status in text, and what is no status',
      'a.ndjson',
      ['200', 200, '0200', '200 OK', 200.5].map((status) => line({ status })).join('\n'),
      {
        judged: 2,
        unreadable: [3, 4, 5].map((number) => `a.ndjson: line ${number}: response.status is not a status`),
        exitCode: 3,
      },
    ],
    [
      'headers as an object, of lists as well, as pairs and as named values',
      'a.ndjson',
      [
        headers,
        { 'Content-Type': ['application/json'] },
        Object.entries(headers),
        [{ name: 'Content-Type', value: 'application/json' }],
        [{ key: 'Content-Type', value: 'application/json' }],
        'content-type: application/json',
        [1],
      ]
        .map((each) => line({ headers: each }))
        .join('\n'),
      {
        judged: 5,
        unreadable: [6, 7].map(
          (number) => `a.ndjson: line ${number}: response.headers is neither a list nor an object`,
        ),
      },
    ],
    [
      'an encoding that nobody knows',
      'a.har',
      har(entry({}, { text: base64(contact), encoding: 'base64' }), entry({}, { encoding: 'rot13' })),
      { judged: 1, unjudged: [`response body not decodable: the recorder's encoding "rot13" is not known 1`] },
    ],
    [
      'an encoding that nobody knows, in a line',
      'a.ndjson',
      [line({ body: base64(contact), encoding: 'base64' }), line({ encoding: 'hex' })].join('\n'),
      { judged: 1, unjudged: [`response body not decodable: the recorder's encoding "hex" is not known 1`] },
    ],
    [
      'base64 that is none',
      'a.har',
      har(entry(), entry({}, { text: '{"id":"c"}', encoding: 'base64' })),
      { judged: 1, unjudged: ['response body not decodable: the recorded base64 is not base64 1'] },
    ],
    [
      'a body that decodes to too much',
      'a.har',
      har(entry(), entry({}, { text: gzippedBase64(Buffer.alloc(17 * 1024 * 1024)), encoding: 'base64' })),
      { judged: 1, unjudged: ['response body not decodable: decodes to over 16777216 bytes 1'] },
    ],
    [
      'a side file outside the folder of the recording',
      'a.har',
      har(entry(), entry({}, { text: undefined, _file: '../a.json' }), entry({}, { text: undefined, _file: 'gone' })),
      {
        judged: 1,
        unjudged: [
          'response body not recorded: its side file cannot be read (ENOENT) 1',
          'response body not recorded: its side file lies outside the folder of the recording 1',
        ],
      },
    ],
  ];
  it.each(cases)('%s', async (_, file, content, told) => {
    writeFileSync(at(file), content);
    expect(await check(file)).toMatchObject({ exitCode: 0, unjudged: [], ...told });
  });
});

describe('what cannot be read at all is refused by name, with what to do', () => {
  const cases: [what: string, file: string, content: string | Uint8Array, message: string, hint: string][] = [
    ['an empty file', 'a.har', '', 'a.har is empty', 'Record again'],
    ['nothing but blank lines', 'a.ndjson', '\n \r\n\n', 'a.ndjson holds nothing but blanks', 'Record again'],
    ['JSONP', 'a.har', `onInputData(${har(entry())});`, 'a.har is JSONP', 'Take the name and the parentheses off'],
    ['commented JSONP', 'a.har', `/**/ window["cb"](${har(entry())})`, 'a.har is JSONP', 'Take the name'],
    ['UTF-16', 'a.ndjson', Buffer.from(`\ufeff${line()}`, 'utf16le'), 'a.ndjson is UTF-16', 'iconv -f UTF-16'],
    ['gzip that is cut', 'a.gz', gzipSync(line()).subarray(0, -9), 'a.gz cannot be read', 'damaged or cut'],
    [
      'a dump of mitmproxy',
      'a.flow',
      '2147:9:websocket;0:~8:response;1880:6:reason,2:OK,}',
      'a.flow is a binary dump of mitmproxy',
      'mitmdump -nr FILE --set hardump=out.har',
    ],
  ];
  it.each(cases)('%s', async (_, file, content, message, hint) => {
    writeFileSync(at(file), content);
    const { exitCode, err, judged } = await check(file);
    expect([exitCode, judged]).toEqual([2, 0]);
    expect(err).toContain(message);
    expect(err).toContain(hint);
  });

  it('a gzip bomb, which is not read to its end', async () => {
    const blanks = gzipSync(Buffer.alloc(16 * 1024 * 1024, ' '));
    writeFileSync(at('a.ndjson.gz'), Buffer.concat([gzipSync(`${line()}\n`), ...Array<Buffer>(5).fill(blanks)]));
    const { exitCode, err } = await check('a.ndjson.gz');
    expect([exitCode, err]).toEqual([2, expect.stringContaining('decodes to more than 200 times its size')]);
  });
});

describe('cassettes in YAML', () => {
  const item = (body: string, more = '') => `- request:
    method: GET
    uri: ${url}
    headers: {}
    body: {string: ''}
  response:
    status: {code: 200}
    headers: {Content-Type: [application/json]}
    body: ${body}
${more}`;
  const cassette = (...items: string[]) => `http_interactions:\n${items.join('')}recorded_with: VCR 6\n`;
  const good = item(`{encoding: UTF-8, string: '${contact}'}`);

  it('run no tag: what it names is never made', async () => {
    const tagged = item(`!!python/object/apply:os.system ["touch ${at('made')}"]`);
    writeFileSync(at('a.yml'), cassette(good, tagged, item(`!ruby/object:Gem::Requirement {string: '${contact}'}`)));
    const { judged, unjudged, unreadable } = await check('a.yml');
    expect(judged + unjudged.length + unreadable.length).toBe(3);
    expect(() => readFileSync(at('made'))).toThrow('ENOENT');
  });

  it('with an alias bomb lose that entry alone', async () => {
    const levels = Array.from({ length: 30 }, (_, level) =>
      level === 0 ? '  a0: &a0 [x, x]\n' : `  a${level}: &a${level} [*a${level - 1}, *a${level - 1}]\n`,
    );
    writeFileSync(at('a.yml'), cassette(good, item('{string: x}', levels.join('')), good));
    const { exitCode, judged, unreadable } = await check('a.yml');
    expect([exitCode, judged]).toEqual([0, 2]);
    expect(unreadable).toEqual(['a.yml: interactions[1], line 11: more than 20000 values, aliases counted']);
  });
});

describe('files that are none, or do not stay as they are', () => {
  it('a folder without recordings is refused', async () => {
    mkdirSync(at('none'));
    const ran = await command(['check', 'none'], { cwd });
    expect([ran.exitCode, ran.err]).toEqual([2, expect.stringContaining('none holds no recording')]);
  });

  it('a pipe and a device in a folder are refused, and keep nobody waiting', async () => {
    mkdirSync(at('some'));
    writeFileSync(at('some/a.ndjson'), line());
    execFileSync('mkfifo', [at('pipe')]);
    symlinkSync('../pipe', at('some/pipe.har'));
    symlinkSync('/dev/zero', at('some/zero.har'));
    const { exitCode, judged, out, err, notes } = await check('some');
    expect([exitCode, judged]).toEqual([2, 1]);
    expect(out).toContain('No verdict: some of the input could not be read (1 exchange judged).');
    const told = `${err}\n${notes.join('\n')}`;
    expect(told).toContain('some/pipe.har is not a regular file');
    expect(told).toContain('some/zero.har is not a regular file');
  });

  it('a loop of links is refused', async () => {
    symlinkSync('loop.har', at('loop.har'));
    const { exitCode, err } = await command(['check', 'loop.har'], { cwd });
    expect([exitCode, err]).toEqual([2, expect.stringContaining('loop.har cannot be read (ELOOP)')]);
  });

  it('a link to nowhere in a folder is told, and the others are judged', async () => {
    mkdirSync(at('linked/node_modules'), { recursive: true });
    writeFileSync(at('linked/a.ndjson'), line());
    symlinkSync('gone.har', at('linked/b.har'));
    for (const passed of ['note.txt', 'node_modules/c.har']) symlinkSync('gone', at(`linked/${passed}`));
    const { exitCode, judged, err, notes } = await check('linked');
    expect([exitCode, judged]).toEqual([2, 1]);
    expect(err).toContain('linked/b.har cannot be read (ENOENT)');
    expect(`${err}${notes.join()}`).not.toMatch(/note\.txt|c\.har/);
  });

  it('a recording that is written to meanwhile gives no verdict', async () => {
    writeFileSync(at('a.ndjson'), `${line()}\n`.repeat(20_000));
    let running = true;
    const write = () => {
      if (running) appendFileSync(at('a.ndjson'), '\n');
      if (running) setImmediate(write);
    };
    setImmediate(write);
    const { exitCode, err } = await check('a.ndjson').finally(() => {
      running = false;
    });
    expect([exitCode, err]).toEqual([2, expect.stringContaining('a.ndjson changed while it was read')]);
  });
});
