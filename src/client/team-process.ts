import { type ChildProcess, fork } from 'node:child_process';
import { HarnessError } from '../errors.js';
import { type ChildReply, childFile } from '../pact/child.js';
import type { BrokenProperty, CallOutcome, CallReply, ClientCall, ClientNames } from '../pact/client-module.js';

export interface LoadMessage {
  /** Path of the module. */
  readonly load: string;
  readonly names: ClientNames;
}

export interface CallMessage {
  readonly call: ClientCall;
}

/** The answer that the last call got in the end. */
export interface JudgeMessage {
  readonly judge: { readonly endpoint: string; readonly status: number; readonly answer: unknown };
}

/** What a module has: ids of endpoints, names of properties. */
export interface Loaded {
  readonly endpoints: readonly string[];
  readonly properties: readonly string[];
}

/** A team's client in a process of its own: it may loop, exit or throw where nobody catches. */
export interface TeamProcess {
  /** Ids of the endpoints that the module has a function for. */
  readonly endpoints: readonly string[];
  call(call: ClientCall): Promise<CallOutcome>;
  /** What of the team's own demands the last call broke; asked only after a call that came to an end. */
  broken(judged: JudgeMessage['judge']): Promise<readonly BrokenProperty[]>;
  stop(): Promise<void>;
}

/** A module with everything that it imports takes longer than one call. */
const loadingTimes = 5;

/** Loads the module; a usage error where it is missing, broken or has no function. */
export async function startTeamProcess(path: string, names: ClientNames, limitMs: number): Promise<TeamProcess> {
  const start = async () => {
    const runner = startRunner();
    const reply = await runner.ask({ load: path, names } satisfies LoadMessage, limitMs * loadingTimes);
    if (typeof reply === 'object' && 'answer' in reply) return { runner, loaded: reply.answer as Loaded };
    await runner.stop();
    throw new HarnessError('usage', wordsOf(reply, path), {
      hint: 'Export async functions (baseUrl, token, body, params), named like endpoints; the default export creates.',
    });
  };
  let { runner, loaded } = await start();
  return {
    endpoints: loaded.endpoints,
    async call(call) {
      const reply = await runner.ask({ call } satisfies CallMessage, limitMs);
      if (typeof reply === 'object' && 'answer' in reply) return reply.answer as CallReply;
      const message = typeof reply === 'object' ? reply.error : runner.lastWords();
      await runner.stop();
      ({ runner, loaded } = await start());
      return reply === 'late' ? { kind: 'hung' } : { kind: 'ended', message };
    },
    async broken(judged) {
      if (loaded.properties.length === 0) return [];
      const reply = await runner.ask({ judge: judged } satisfies JudgeMessage, limitMs);
      if (typeof reply === 'object' && 'answer' in reply) return reply.answer as BrokenProperty[];
      await runner.stop();
      ({ runner, loaded } = await start());
      return loaded.properties.slice(0, 1).map((name) => ({ name, message: 'the check gives no result' }));
    },
    stop: () => runner.stop(),
  };
}

function wordsOf(reply: Reply, path: string): string {
  if (typeof reply === 'object' && 'error' in reply) return reply.error;
  return reply === 'late' ? `${path} does not finish loading` : `${path} ends the process while it is loaded`;
}

type Message = LoadMessage | CallMessage | JudgeMessage;
type Reply = ChildReply | 'late' | 'gone';

interface Runner {
  ask(message: Message, limitMs: number): Promise<Reply>;
  /** The last line that the process printed. */
  lastWords(): string;
  stop(): Promise<void>;
}

/** Nothing of what this process may do is handed to the module: it talks to our server with our token. */
const withheld = ['CHIFT_CLIENT_SECRET', 'CHIFT_ACCESS_TOKEN', 'PACT_BROKER_TOKEN', 'PACT_BROKER_PASSWORD'];

function startRunner(): Runner {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !withheld.includes(name)));
  const child = fork(childFile('client/client.child.js'), [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env,
  });
  let printed = '';
  child.stdout?.resume();
  child.stderr?.on('data', (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-4000);
  });
  return {
    ask: (message, limitMs) => ask(child, message, limitMs),
    lastWords: () => /^\w*Error: .+$/m.exec(printed)?.[0] ?? 'the process ended without a word',
    stop: () => stop(child),
  };
}

function ask(child: ChildProcess, message: Message, limitMs: number): Promise<Reply> {
  return new Promise((resolve) => {
    const settle = (reply: Reply) => {
      clearTimeout(timer);
      child.off('message', heard).off('close', gone);
      resolve(reply);
    };
    const heard = (reply: ChildReply) => settle(reply);
    const gone = () => settle('gone');
    const timer = setTimeout(() => settle('late'), limitMs);
    child.on('message', heard).on('close', gone);
    if (child.connected) child.send(message, (error) => error && gone());
    else gone();
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.kill('SIGKILL');
  });
}
