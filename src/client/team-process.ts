import { type ChildProcess, fork } from 'node:child_process';
import { HarnessError } from '../errors.js';
import { type ChildReply, childFile } from '../pact/child.js';
import type { ClientNames } from '../pact/client-module.js';

export interface LoadMessage {
  /** Path of the module. */
  readonly load: string;
  readonly names: ClientNames;
}

/** The arguments of one call of the team's function, and for which endpoint. */
export interface ClientCall {
  readonly endpoint: string;
  readonly baseUrl: string;
  readonly token: string;
  readonly body: unknown;
  readonly params: Readonly<Record<string, string>>;
}

export interface CallMessage {
  readonly call: ClientCall;
}

export type CallReply =
  | { readonly kind: 'returned'; readonly json: string | undefined }
  /** `crash`: an error that the language threw, not one that the client means. */
  | { readonly kind: 'threw'; readonly name: string; readonly message: string; readonly crash: boolean };

/** What became of one call. `ended`: the process of the client went down with it. */
export type CallOutcome = CallReply | { readonly kind: 'hung' } | { readonly kind: 'ended'; readonly message: string };

/** A team's client in a process of its own: it may loop, exit or throw where nobody catches. */
export interface TeamProcess {
  /** Ids of the endpoints that the module has a function for. */
  readonly endpoints: readonly string[];
  call(call: ClientCall): Promise<CallOutcome>;
  stop(): Promise<void>;
}

/** Loads the module; a usage error where it is missing, broken or has no function. */
export async function startTeamProcess(path: string, names: ClientNames, limitMs: number): Promise<TeamProcess> {
  const start = async () => {
    const runner = startRunner();
    const reply = await runner.ask({ load: path, names } satisfies LoadMessage, limitMs);
    if (typeof reply === 'object' && 'answer' in reply) return { runner, endpoints: reply.answer as string[] };
    await runner.stop();
    throw new HarnessError('usage', wordsOf(reply, path), {
      hint: 'Export async functions (baseUrl, token, body, params), named like endpoints; the default export creates.',
    });
  };
  let { runner, endpoints } = await start();
  return {
    endpoints,
    async call(call) {
      const reply = await runner.ask({ call } satisfies CallMessage, limitMs);
      if (typeof reply === 'object' && 'answer' in reply) return reply.answer as CallReply;
      const message = typeof reply === 'object' ? reply.error : runner.lastWords();
      await runner.stop();
      ({ runner, endpoints } = await start());
      return reply === 'late' ? { kind: 'hung' } : { kind: 'ended', message };
    },
    stop: () => runner.stop(),
  };
}

function wordsOf(reply: Reply, path: string): string {
  if (typeof reply === 'object' && 'error' in reply) return reply.error;
  return reply === 'late' ? `${path} does not finish loading` : `${path} ends the process while it is loaded`;
}

type Reply = ChildReply | 'late' | 'gone';

interface Runner {
  ask(message: LoadMessage | CallMessage, limitMs: number): Promise<Reply>;
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

function ask(child: ChildProcess, message: LoadMessage | CallMessage, limitMs: number): Promise<Reply> {
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
