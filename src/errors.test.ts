import { describe, expect, it } from 'vitest';
import { bugReport, errorText, fileTrouble, HarnessError, worstExitCode } from './errors.js';

describe('an error', () => {
  it('keeps its code, what to do and what caused it', () => {
    const cause = new Error('inside');
    const error = new HarnessError('usage', 'wrong', { hint: 'Do this.', cause });
    expect(error).toMatchObject({ name: 'HarnessError', code: 'usage', message: 'wrong', hint: 'Do this.', cause });
    expect(new HarnessError('usage', 'wrong')).not.toHaveProperty('cause');
  });

  it('is told with what to do on a line of its own, if there is something', () => {
    expect(errorText(new HarnessError('usage', 'wrong', { hint: 'Do this.' }))).toBe('error: wrong\n  Do this.');
    expect(errorText(new HarnessError('usage', 'wrong'))).toBe('error: wrong');
  });

  it.each([
    [Object.assign(new Error('m'), { code: 'ENOENT' }), 'does not exist'],
    [Object.assign(new Error('m'), { code: 'EISDIR' }), 'is a folder'],
    [Object.assign(new Error('m'), { code: 'EACCES' }), 'cannot be read: EACCES'],
    [new Error('no JSON'), 'cannot be read: no JSON'],
  ])('of a file is told in words: %s', (error, words) => expect(fileTrouble(error)).toBe(words));

  it('that is a bug of ours is told with its stack, or with what was thrown', () => {
    const error = new Error('oops');
    const head = 'chift-contract has a bug, please report it:\n';
    expect(bugReport(error)).toBe(`${head}${error.stack}`);
    expect(['text', null, undefined, { stack: undefined }].map(bugReport)).toEqual(
      ['text', 'null', 'undefined', '[object Object]'].map((each) => head + each),
    );
  });

  it('of two ends a run with the worse code; none is a pass', () => {
    expect([worstExitCode([5, 1]), worstExitCode([0, 3]), worstExitCode([]), worstExitCode([99])]).toEqual([
      1, 3, 0, 0,
    ]);
  });
});
