import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { startSandbox } from '../../contracts/chift/index.js';
import { reportNames } from '../../src/reporters/index.js';
import { hostileTexts } from '../../src/testing/hostile-result.js';
import { testClock } from '../../src/testing/test-clock.js';
import { arm, disarm } from '../file-faults.mjs';
import { filesBelow } from '../folder.js';
import { program } from '../program.js';
import { watchedSandbox } from '../sandboxes.js';
import { planted } from '../secrets.js';
import { consumer, contact, ok, provider, ran, type Seen, type Stage, write } from './stage.js';

const all = reportNames.join();

/** A provider that answers every create with these texts, and all reports of it. */
const quoting =
  (texts: readonly string[], look: (cwd: string, seen: Seen) => void, env: Record<string, string> = {}): Stage =>
  async (cwd) => {
    const body = contact({ first_name: texts, [texts[0]!.slice(0, 40)]: texts });
    const target = await provider((socket) => write(socket, ok, body));
    try {
      const argv = [
        'verify',
        '--url',
        target.url,
        '--only',
        'valid',
        '--max-requests',
        '6',
        '--report',
        all,
        '--verbose',
      ];
      const seen = await ran(cwd, argv, { env });
      look(cwd, seen);
      return seen;
    } finally {
      await target.close();
    }
  };

const report = (cwd: string, file: string) => readFileSync(join(cwd, 'reports', file), 'utf8');

/** A run on a sandbox of its own, in a process of its own, to which a signal is sent; gives how it ended. */
const signalled =
  (...signals: readonly NodeJS.Signals[]): Stage =>
  async (cwd) => {
    let send = (): unknown => undefined;
    const sandbox = await watchedSandbox({}, { before: () => delay(10).then(() => send()) });
    let sent = false;
    try {
      const argv = ['verify', '--url', sandbox.url, '--max-requests', '5000'];
      const { exitCode, signal, out, err } = await program(argv, {
        cwd,
        env: planted,
        started: (child) => {
          send = () => {
            if (sent) return;
            sent = true;
            for (const each of signals) child.kill(each);
          };
        },
      });
      if (signals.length === 1) expect(existsSync(join(cwd, 'reports/result.json'))).toBe(true);
      return { exitCode: exitCode ?? (signal === 'SIGINT' ? 130 : 143), said: `${out}\n${err}` };
    } finally {
      await sandbox.close();
    }
  };

/** An operation on a file whose name ends so goes wrong. */
const failing =
  (at: number, look: (cwd: string, seen: Seen) => void): Stage =>
  async (cwd) => {
    const sandbox = await startSandbox();
    try {
      arm({ below: cwd, at, how: 'ENOSPC' });
      const seen = await ran(cwd, ['verify', '--url', sandbox.url, '--max-requests', '10', '--concurrency', '1']);
      expect(disarm().reached).toBe(true);
      look(cwd, seen);
      return seen;
    } finally {
      await sandbox.close();
    }
  };

const refusing =
  (...lines: readonly (readonly string[])[]): Stage =>
  async (cwd) => {
    const codes = [];
    let last: Seen | undefined;
    for (const argv of lines) {
      last = await ran(cwd, argv);
      codes.push(last.exitCode);
    }
    expect(new Set(codes).size).toBe(1);
    return last!;
  };

/** Texts in reports, whoever runs the program, and what it runs on. */
export const operationFaults: Readonly<Record<number, Stage>> = {
  57: quoting(hostileTexts, (cwd) => {
    expect(report(cwd, 'index.html').replace(/<script>[\s\S]*?<\/script>\n<\/body>/, '')).not.toMatch(
      /<script|<img|<svg|<iframe/i,
    );
    expect(report(cwd, 'index.html')).toContain('default-src &#39;none&#39;');
  }),
  58: quoting(['</script><!--\u2028'], (cwd) => {
    expect(report(cwd, 'index.html')).not.toContain('</script><!--');
    expect(report(cwd, 'index.html')).not.toContain('\u2028');
  }),
  59: quoting([']]>', '\u0001\ufffe\ud800'], (cwd) =>
    expect(report(cwd, 'junit.xml')).not.toMatch(/[\u0000-\u0008\ufffe]|\p{Surrogate}/u),
  ),
  60: quoting(['| a |\n```\n![x](http://127.0.0.1/) @everyone <details>'], (cwd) => {
    const prose = report(cwd, 'summary.md')
      .replaceAll(/^(`{3,}|~{3,})[\s\S]*?^\1$/gm, '')
      .replaceAll(/(`+)[^\n]*?\1/g, '');
    expect(prose).not.toMatch(/!\[x\]\(|<details>\s*$/m);
  }),
  61: quoting(
    [
      '\n::set-env name=A::b',
      '::add-mask::x',
      '##vso[x]y',
      '##teamcity[x]',
      '\u001b[2J\u001b]8;;http://127.0.0.1/\u0007',
    ],
    (_, { said }) => {
      const printed = said.slice(0, said.indexOf('"schemaVersion"'));
      expect(printed.replaceAll(/\u001b\[[\d;]*m/g, '')).not.toMatch(
        /^\s*(::(?!error( title=[\w ]+)?::)|##)|[\u0007\u001b]/m,
      );
    },
    { GITHUB_ACTIONS: 'true' },
  ),
  62: quoting(['{0} [x](javascript:alert(1))'], (cwd) => {
    const sarif = JSON.parse(report(cwd, 'result.sarif')) as {
      runs: { results: { message: { text?: string; markdown?: string } }[] }[];
    };
    for (const { message } of sarif.runs[0]!.results) expect(message.markdown ?? '').not.toContain('](javascript:');
  }),
  63: async (cwd) => {
    const target = await provider((socket) => write(socket, ok, contact({ id: "=cmd|' /C calc'!A0" })));
    try {
      const seen = await ran(cwd, ['verify', '--url', target.url, '--only', 'valid', '--max-requests', '6']);
      await ran(cwd, ['ledger', '--offline', '--export', 'sheet.csv']);
      const sheet = readFileSync(join(cwd, 'sheet.csv'), 'utf8');
      expect(sheet).toContain(`"'=cmd|' /C calc'!A0"`);
      expect(sheet).not.toMatch(/(^|,)"?[=+@-]/m);
      return seen;
    } finally {
      await target.close();
    }
  },
  64: async (cwd) => {
    const seen = await ran(cwd, ['generate', 'valid', '-n', '400', '--seed', '1']);
    const domains = [...seen.said.matchAll(/"email":"(?:[^"\\]|\\.)*@([^"@]+)"/g)].map((match) => match[1]!);
    expect(domains.length).toBeGreaterThan(50);
    expect(domains.filter((name) => !/(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$/i.test(name))).toEqual(
      [],
    );
    return seen;
  },
  65: refusing(
    ['verify', '--url', 'https://api.example.test', '--consumer', consumer],
    [
      'verify',
      '--url',
      'https://api.example.test',
      '--consumer',
      consumer,
      '--allow-writes',
      consumer.replace(/^./, '0'),
    ],
  ),
  66: refusing(...['0', '-1', '1e99', 'NaN', '10abc', ''].map((value) => ['verify', `--max-requests=${value}`])),
  67: refusing(['verify', '--client-secret', 'x'], ['verify', '--token=x'], ['pact', 'publish', '--broker-token', 'x']),
  68: async (cwd) => {
    let second: Promise<Seen> | undefined;
    let begun = false;
    const sandbox = await watchedSandbox(
      {},
      {
        before: async () => {
          if (begun) return;
          begun = true;
          second = ran(cwd, ['verify', '--url', sandbox.url, '--max-requests', '600', '--seed', '2']);
          await second;
        },
      },
    );
    try {
      const first = await ran(cwd, ['verify', '--url', sandbox.url, '--max-requests', '600', '--seed', '1']);
      expect(first.exitCode).not.toBe(2);
      expect(filesBelow(cwd).filter((file) => file.endsWith('.partial'))).toEqual([]);
      return (await second)!;
    } finally {
      await sandbox.close();
    }
  },
  69: async (cwd) => {
    const ends: Record<string, number | null> = {};
    for (const [name, signals] of Object.entries({
      term: ['SIGTERM'],
      hup: ['SIGHUP'],
      twice: ['SIGINT', 'SIGINT'],
    } as const)) {
      const folder = join(cwd, name);
      mkdirSync(folder);
      ends[name] = (await signalled(...signals)(folder)).exitCode;
    }
    expect(ends).toEqual({ term: 143, hup: 143, twice: 130 });
    return signalled('SIGINT')(cwd);
  },
  70: async (cwd) => {
    let kill = (): unknown => undefined;
    let creates = 0;
    const sandbox = await watchedSandbox(
      {},
      { after: ({ method }) => void (method === 'POST' && ++creates === 20 && kill()) },
    );
    try {
      await program(['verify', '--url', sandbox.url], {
        cwd,
        started: (child) => {
          kill = () => child.kill('SIGKILL');
        },
      });
      const before = creates;
      const seen = await ran(cwd, ['ledger']);
      expect(creates).toBeLessThanOrEqual(before + 1);
      expect(seen.said).not.toMatch(/[1-9]\d* open/);
      return seen;
    } finally {
      await sandbox.close();
    }
  },
  71: failing(6, (_, { said }) => expect(said).toContain('the journal')),
  72: async (cwd) => {
    const reports = join(cwd, 'reports');
    mkdirSync(reports);
    writeFileSync(join(reports, 'index.html'), 'of an earlier run');
    const sandbox = await startSandbox();
    try {
      arm({ below: join(reports, 'index.html'), at: 1, how: 'ENOSPC' });
      const seen = await ran(cwd, ['verify', '--url', sandbox.url, '--max-requests', '10']);
      expect(disarm().reached).toBe(true);
      expect(report(cwd, 'index.html')).toBe('of an earlier run');
      expect(existsSync(join(reports, 'junit.xml'))).toBe(true);
      return seen;
    } finally {
      await sandbox.close();
    }
  },
  73: async (cwd) => {
    const sandbox = await startSandbox({ faults: ['id-number'] });
    try {
      const { exitCode, err } = await program(['verify', '--url', sandbox.url, '--verbose', '--max-requests', '60'], {
        cwd,
        started: (child) => child.stdout?.destroy(),
      });
      expect(existsSync(join(cwd, 'reports/result.json'))).toBe(true);
      return { exitCode, said: err };
    } finally {
      await sandbox.close();
    }
  },
  74: async (cwd) => {
    const sandbox = await startSandbox();
    const clock = testClock();
    let asked = 0;
    const wall = () => {
      if (++asked > 3) throw new TypeError('a bug on purpose');
      return clock.wall();
    };
    try {
      return await ran(cwd, ['verify', '--url', sandbox.url, '--max-requests', '40'], {
        world: { clock: { ...clock, wall } },
      });
    } finally {
      await sandbox.close();
    }
  },
};
