import { HarnessError } from '../errors.js';
import { type Finding, fingerprint } from '../finding/finding.js';
import type { Call, Property, Surroundings } from '../property/property.js';
import { BudgetSpent } from '../transport/budget.js';
import type { CaseContext } from './caller.js';
import { type CasePath, inputAt } from './case-path.js';
import type { Sink, Source } from './source.js';

/** How often a finding is sent: a defect that chance hides once is still seen. */
const times = 3;

/** FIXED: never shown. FAILED: shown every time. FLAKY: shown sometimes. ERROR: it could not be told. */
export type Replayed = 'FIXED' | 'FAILED' | 'FLAKY' | 'ERROR';

/** What shows one finding again, or why nothing can. */
export interface ReplayCase {
  readonly fingerprint: string;
  readonly sent: { readonly property: Property; readonly path: CasePath } | { readonly why: string };
}

export interface ReplayOptions {
  readonly cases: readonly ReplayCase[];
  readonly around: Surroundings;
  callFor(sink: Sink): (context: CaseContext) => Call;
  /** Called once for each case, in order. */
  told(fingerprint: string, outcome: Replayed, why?: string): void;
}

/** Sends what showed each finding three times more and tells what became of it. */
export function replay({ cases, around, callFor, told }: ReplayOptions): Source {
  return async (sink, signal) => {
    for (const { fingerprint: key, sent } of cases) {
      const { outcome, why } =
        'why' in sent
          ? { outcome: 'ERROR' as const, why: sent.why }
          : await again(key, sent, around, callFor(sink), sink, signal);
      if (outcome === 'FAILED' || outcome === 'FLAKY') sink.confirmed(key, outcome === 'FAILED');
      told(key, outcome, why);
    }
  };
}

interface Again {
  readonly outcome: Replayed;
  readonly why?: string;
}

async function again(
  key: string,
  { property, path }: { readonly property: Property; readonly path: CasePath },
  around: Surroundings,
  callFor: (context: CaseContext) => Call,
  sink: Sink,
  signal: AbortSignal,
): Promise<Again> {
  const found = inputAt(property.inputs(around), path);
  if (found === undefined)
    return { outcome: 'ERROR', why: `the model has changed: there is no input ${path} any more` };
  let shown = 0;
  for (let time = 0; time < times; time++) {
    if (signal.aborted) return { outcome: 'ERROR', why: 'interrupted' };
    const once = await send(
      property,
      found.input,
      around,
      callFor({ property: property.id, casePath: path, purpose: 'plan' }),
    );
    if (typeof once === 'string') return { outcome: 'ERROR', why: once };
    sink.found(once.own);
    if ([...once.judged, ...once.own].some((finding) => fingerprint(finding) === key)) shown++;
  }
  if (shown === times) return { outcome: 'FAILED' };
  return shown === 0 ? { outcome: 'FIXED' } : { outcome: 'FLAKY', why: `shown ${shown} times of ${times}` };
}

interface Shown {
  /** Counted already, by the call that gave them. */
  readonly judged: readonly Finding[];
  readonly own: readonly Finding[];
}

/** What one case shows; a sentence when it says nothing. */
async function send(property: Property, input: unknown, around: Surroundings, call: Call): Promise<Shown | string> {
  const judged: Finding[] = [];
  let answered = 0;
  const watched: Call = async (request) => {
    const called = await call(request);
    judged.push(...called.findings);
    if (called.status !== 0) answered++;
    return called;
  };
  try {
    const own = await property.run(input, watched, around);
    return answered === 0 ? 'nothing could be judged' : { judged, own };
  } catch (error) {
    if (error instanceof HarnessError || error instanceof BudgetSpent) return error.message;
    throw error;
  }
}
