import type { Contract } from '../contract/contract.js';
import { toWire } from '../contract/wire.js';
import { exampleOf } from '../derive/example.js';
import { shrinkBody } from '../derive/shrink.js';
import { HarnessError } from '../errors.js';
import { readJson } from '../exchange/json.js';
import { type Finding, fingerprint } from '../finding/finding.js';
import type { Kind } from '../property/property.js';
import type { Sink, Source } from '../sources/source.js';
import type { AnsweringServer } from './answering-server.js';
import { type Exactness, exchangeOf, mannersOf, ownRequests, type Sat } from './manners.js';
import { type Carried, carriedBy, placesIn } from './projection.js';
import { type Sitting, withValue } from './served-answer.js';
import { plainSitting, sittingsOf } from './sittings.js';
import type { TeamProcess } from './team-process.js';

export interface ClientSourceOptions {
  readonly contract: Contract;
  readonly team: TeamProcess;
  readonly server: AnsweringServer;
  readonly seed: number;
  readonly tenant: string;
  readonly exactness: Exactness;
  /** Kinds of answer to serve; all when undefined. */
  readonly only: readonly Kind[] | undefined;
  /** The one answer to serve, by its id. */
  readonly one: string | undefined;
  /** Calls of the client, shrinking included. */
  readonly maxCalls: number;
  /** Whether the time for this run is over. */
  isLate(): boolean;
  /** Told of every request of the client. */
  readonly count: (requests: number, shrinking: boolean) => void;
}

/** The token that a client under test is given; no real one. */
export const clientToken = 'token-of-the-client-under-test';

/** Calls to spend on making one finding smaller: fewer for each that follows, down to the least. */
const shrinkCalls = { first: 150, fewer: 20, least: 40 };

/** Lets a client under test meet every answer of every endpoint that it has a function for. */
export function clientSource(options: ClientSourceOptions): Source {
  return async (sink, signal) => {
    const table = new Table(options, sink, signal);
    for (const id of options.team.endpoints) await table.serve(id);
    await table.minimise();
    if (options.one !== undefined && !table.isServed)
      throw new HarnessError('usage', `--case: there is no answer ${JSON.stringify(options.one)}`, {
        hint: 'Reports name them, such as createContact/200/edge-0; they depend on the contract and the seed.',
      });
  };
}

/** One run of a client: what it hands on, what it got wrong and with which answer. */
class Table {
  isServed = false;
  private calls = 0;
  private shrunk = 0;
  private readonly carried = new Map<string, readonly Carried[]>();
  private readonly wrong = new Map<string, Sitting>();

  constructor(
    private readonly options: ClientSourceOptions,
    private readonly sink: Sink,
    private readonly signal: AbortSignal,
  ) {}

  async serve(id: string): Promise<void> {
    const { contract, seed, only, one } = this.options;
    await this.greet(id);
    const wanted = sittingsOf(contract, id, seed).filter(
      (sitting) => (only?.includes(sitting.kind) ?? true) && (one === undefined || sitting.id === one),
    );
    for (const [at, sitting] of wanted.entries()) {
      if (this.isOver()) {
        this.sink.planUnfinished(wanted.length - at);
        return;
      }
      this.isServed = true;
      const { seen, findings } = await this.play(sitting, false);
      if (seen === 0) {
        this.sink.planUnfinished(1);
        this.sink.note(`not asked for: ${sitting.id}`);
      }
      this.keep(findings, sitting);
    }
  }

  /** The plain answer first: a client that does not even ask for it cannot be judged. */
  private async greet(id: string): Promise<void> {
    const plain = plainSitting(this.options.contract, id);
    if (plain === undefined) return;
    this.sink.step(`serving answers of ${id}`);
    const sat = await this.call(plain, false);
    if (ownRequests(sat).length === 0) throw neverAsked(sat);
    if (sat.outcome.kind === 'returned') this.learn(id, plain.value!.json, sat.outcome.json);
    this.keep(this.handOver(sat), plain);
  }

  private learn(id: string, answer: unknown, result: string | undefined): void {
    const carried = carriedBy(answer, result === undefined ? undefined : JSON.parse(result));
    this.carried.set(id, carried);
    const handedOn = new Set(carried.map(({ from }) => from)).size;
    this.sink.note(`${id}: the client hands on ${handedOn} of ${placesIn(answer)} places of the answer`);
  }

  private keep(findings: readonly Finding[], sitting: Sitting): void {
    for (const found of findings) {
      const key = fingerprint(found);
      if (!this.wrong.has(key)) this.wrong.set(key, sitting);
    }
  }

  /** Smaller answers that show the same, then each once more. */
  async minimise(): Promise<void> {
    const found: Sitting[] = [];
    if (this.wrong.size > 0) this.sink.step(`making small what was found: ${this.wrong.size}, each served once more`);
    for (const [key, sitting] of this.wrong) {
      const fixed = sitting.value === undefined || key.startsWith('client.hang');
      const smallest = fixed ? sitting : await this.smaller(key, (await this.shownBy(key, found)) ?? sitting);
      if (!fixed) found.unshift(smallest);
      if (this.isOver()) return;
      const again = await this.shows(key, smallest);
      this.sink.confirmed(key, again !== undefined);
      if (again !== undefined) this.sink.minimised(key, again);
    }
  }

  /** One of the last small answers that shows this too: most findings of a client have one cause. */
  private async shownBy(key: string, found: readonly Sitting[]): Promise<Sitting | undefined> {
    for (const sitting of found.slice(0, 3)) if ((await this.shows(key, sitting)) !== undefined) return sitting;
    return undefined;
  }

  private async smaller(key: string, from: Sitting): Promise<Sitting> {
    let smallest = from;
    const { first, fewer, least } = shrinkCalls;
    for (let left = Math.max(least, first - fewer * this.shrunk++), improved = true; improved; ) {
      improved = false;
      for (const value of shrinkBody(smallest.value!.wire, smallest.value!.json)) {
        if (left-- <= 0 || this.isOver()) return smallest;
        const attempt = withValue(smallest, value);
        if ((await this.shows(key, attempt)) === undefined) continue;
        smallest = attempt;
        improved = true;
        break;
      }
    }
    return smallest;
  }

  private async shows(key: string, sitting: Sitting): Promise<Finding | undefined> {
    const { findings } = await this.play(sitting, true);
    return findings.find((found) => fingerprint(found) === key);
  }

  private async play(sitting: Sitting, shrinking: boolean): Promise<{ seen: number; findings: readonly Finding[] }> {
    const sat = await this.call(sitting, shrinking);
    const findings = shrinking ? this.manners(sat) : this.handOver(sat);
    return { seen: ownRequests(sat).length, findings };
  }

  private async call(sitting: Sitting, shrinking: boolean): Promise<Sat> {
    const { team, server, contract } = this.options;
    this.calls++;
    const seen = server.sit(sitting);
    const { request, id } = sitting.endpoint;
    const outcome = await team.call({
      endpoint: id,
      baseUrl: server.url,
      token: clientToken,
      body: request.body && exampleOf(toWire(request.body, `${id} request body`), { optional: 'present' }),
      params: this.params(sitting),
    });
    this.options.count(seen.length, shrinking);
    const requestIdHeader = contract.provider.headers.requestId;
    const sat = { sitting, outcome, seen: [...seen], token: clientToken, requestIdHeader, broken: [] };
    return { ...sat, broken: await this.broken(sat) };
  }

  /** A crash or a hang is told already, and so is a client that never asked. */
  private async broken(sat: Sat): Promise<Sat['broken']> {
    const last = ownRequests(sat).at(-1);
    const { outcome, sitting } = sat;
    const ended = outcome.kind === 'returned' || (outcome.kind === 'threw' && !outcome.crash);
    if (last === undefined || !ended) return [];
    const { status, body } = last.answer;
    const reading = readJson(body);
    const answer = reading.ok ? reading.value : body;
    return this.options.team.broken({ endpoint: sitting.endpoint.id, status, answer });
  }

  private params({ endpoint: { id, request } }: Sitting): Record<string, string> {
    const schemas = Object.entries({ ...request.query, ...request.params });
    const values = schemas.map(([name, schema]) => [
      name,
      String(exampleOf(toWire(schema, `${id} parameter ${name}`), { optional: 'present' })),
    ]);
    const { tenant } = this.options.contract.provider;
    const given = Object.fromEntries(values) as Record<string, string>;
    return tenant in given ? { ...given, [tenant]: this.options.tenant } : given;
  }

  private manners(sat: Sat): readonly Finding[] {
    return mannersOf(sat, this.carried.get(sat.sitting.endpoint.id) ?? [], this.options.exactness);
  }

  /** Our own answers say nothing about a provider's silence, so no request counts as unanswered. */
  private handOver(sat: Sat): readonly Finding[] {
    for (const seen of sat.seen) this.sink.exchange(exchangeOf(sat, seen), true);
    const findings = this.manners(sat);
    this.sink.found(findings);
    return findings;
  }

  private isOver(): boolean {
    return this.signal.aborted || this.calls >= this.options.maxCalls || this.options.isLate();
  }
}

function neverAsked({ sitting, outcome, seen }: Sat): HarnessError {
  const { method, path, id } = sitting.endpoint;
  const asked = seen.map((each) => `${each.method} ${new URL(each.url).pathname}`);
  const threw = outcome.kind === 'threw' ? `; it throws ${outcome.name}: ${outcome.message}` : '';
  return new HarnessError(
    'usage',
    `the function ${id} of the client sends no ${method} ${path}${asked.length === 0 ? '' : `, but ${asked.join(', ')}`}${threw}`,
    { hint: 'It is called with (baseUrl, token, body, params): every request must go to baseUrl.' },
  );
}
