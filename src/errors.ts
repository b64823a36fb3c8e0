/** What the user or the environment got wrong; anything else that is thrown is a bug of ours (exit 70). */
export class HarnessError extends Error {
  /** Stable machine name, e.g. `usage`, `unreadable`, `refused`, `unreachable`. */
  readonly code: HarnessErrorCode;
  /** What to do about it, in one sentence. */
  readonly hint: string | undefined;

  constructor(code: HarnessErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options);
    this.name = 'HarnessError';
    this.code = code;
    this.hint = options.hint;
  }
}

export type HarnessErrorCode = 'usage' | 'unreadable' | 'inconclusive' | 'refused' | 'infrastructure' | 'artefact';

/** As it is told on a screen: what is wrong, and below it what to do. */
export function errorText({ message, hint }: HarnessError): string {
  return `error: ${message}${hint === undefined ? '' : `\n  ${hint}`}`;
}

const troubles: Readonly<Record<string, string>> = { ENOENT: 'does not exist', EISDIR: 'is a folder' };

/** What is wrong with a file that could not be read: to follow its name. */
export function fileTrouble(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return troubles[code ?? ''] ?? `cannot be read: ${code ?? message}`;
}

/** What is shown of anything that is not a {@link HarnessError}. */
export function bugReport(error: unknown): string {
  return `chift-contract has a bug, please report it:\n${(error as Error | null)?.stack ?? String(error)}`;
}

/** Exit codes as every command gives them; README has the table. */
export const exitCodes = {
  conforms: 0,
  findings: 1,
  usage: 2,
  unreadable: 2,
  inconclusive: 3,
  refused: 4,
  infrastructure: 5,
  artefact: 6,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const;

/** A found violation is never hidden by a later outage: the code earliest in this list wins. */
const precedence: readonly number[] = [70, 6, 4, 2, 1, 130, 143, 5, 3, 0];

export function worstExitCode(codes: readonly number[]): number {
  const found = precedence.find((code) => codes.includes(code));
  return found ?? exitCodes.conforms;
}
