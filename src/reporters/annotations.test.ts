import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../run/result.js';
import { hostileTexts, withText } from '../testing/hostile-result.js';
import { brokenResult, cleanResult, largeResult } from '../testing/sample-results.js';
import { annotations } from './annotations.js';

let broken: RunResult;
beforeAll(async () => {
  broken = await brokenResult();
});

/** As GitHub's runner reads a line of a log; undefined where it is no command. */
function commandIn(line: string): { name: string; properties: Record<string, string>; message: string } | undefined {
  const parts = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/s.exec(line);
  if (parts === null) return undefined;
  const unescaped = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const properties = (parts[2] ?? '').split(',').map((each) => each.split('=') as [string, string]);
  return {
    name: parts[1]!,
    properties: Object.fromEntries(properties.map(([key, value]) => [key, unescaped(value ?? '')])),
    message: unescaped(parts[3]!),
  };
}

describe('annotations', () => {
  it('tell each error and warning that is not accepted, with where and what', async () => {
    const open = broken.findings.filter(({ known, severity }) => known === null && severity !== 'info');
    const commands = annotations(broken).map(commandIn);
    expect(commands.map((each) => each?.name)).toEqual(open.map(({ severity }) => severity));
    expect(commands[0]?.properties).toEqual({ title: open[0]!.title });
    expect(commands[0]?.message).toContain(open[0]!.code);
    expect(annotations(await cleanResult())).toEqual([]);
  });

  it('point into the recording that a finding is in', () => {
    const [first, ...rest] = broken.findings;
    const recorded = {
      ...first!,
      evidence: { ...first!.evidence, place: 'recordings/a, b: c.ndjson:7' },
      reproduce: { ...first!.reproduce, path: null },
    };
    const [told] = annotations({ ...broken, findings: [recorded, ...rest] });
    expect(commandIn(told!)?.properties).toMatchObject({ file: 'recordings/a, b: c.ndjson', line: '7' });
  });

  it('are ten of a kind at most, the last of which counts the others', async () => {
    const { findings, ...rest } = await largeResult(200);
    const severities = ['error', 'warning'] as const;
    const mixed = findings.map((finding, index) => ({ ...finding, known: null, severity: severities[index % 2]! }));
    const lines = annotations({ ...rest, findings: mixed });
    for (const severity of severities) {
      const mine = lines.filter((line) => line.startsWith(`::${severity} `) || line.startsWith(`::${severity}:`));
      expect(mine).toHaveLength(10);
      expect(mine.at(-1)).toBe(`::${severity}::91 more ${severity}s in the reports`);
    }
  });

  it('cannot be forged by the texts in them', () => {
    const texts = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(texts, (text) => {
        const hostile = withText(broken, text);
        const lines = annotations(hostile).join('\n').split('\n');
        const commands = lines.map(commandIn);
        expect(commands.map((each) => each?.name)).toEqual(annotations(broken).map((line) => commandIn(line)?.name));
        for (const each of commands)
          expect(['file', 'line', 'title']).toEqual(expect.arrayContaining(Object.keys(each!.properties)));
        expect(lines.filter((line) => /##\[|##vso\[|\r/.test(line))).toEqual([]);
      }),
      { seed: 53, numRuns: 100 },
    );
  });
});
