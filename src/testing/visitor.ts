import type { EmulatedRequest, Emulation, Reply } from '../sandbox/emulation.js';

export interface Spoken {
  readonly status: number;
  readonly headers: Reply['headers'];
  readonly text: string;
  /** Parsed; undefined when it is no JSON. */
  readonly json: unknown;
  readonly reply: Reply;
}

export type Question = Partial<Omit<EmulatedRequest, 'body' | 'query'>> & {
  readonly url: string;
  /** A value is sent as JSON, text and bytes as they are. */
  readonly body?: unknown;
  /** Without the standing headers. */
  readonly bare?: boolean;
};

/** Speaks to an emulation without a network; the clock stands at `now` unless a question says otherwise. */
export function visitorOf(emulation: Emulation, standing: EmulatedRequest['headers'], now: number) {
  return async ({ url, body, headers = [], method, bare = false, ...rest }: Question): Promise<Spoken> => {
    const [path = '', query = ''] = url.split('?');
    const given = new Set(headers.map(([name]) => name));
    const request = {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      path,
      query,
      headers: [...(bare ? [] : standing.filter(([name]) => !given.has(name))), ...headers],
      body: bytesOf(body),
      receivedAt: now,
      ...rest,
    };
    const reply = await emulation.handle(request);
    const text = typeof reply.body === 'string' ? reply.body : new TextDecoder().decode(reply.body);
    return { status: reply.status, headers: reply.headers, text, json: parsed(text), reply };
  };
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
