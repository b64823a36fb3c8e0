import type { ServerResponse } from 'node:http';
import type { Header } from '../exchange/headers.js';
import type { Reply, WireForm } from './emulation.js';

/** Puts a reply on the wire as it asks to be put there. */
export async function sendReply(response: ServerResponse, reply: Reply): Promise<void> {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : Buffer.from(reply.body);
  const { wire } = reply;
  if (wire === undefined) return whole(response, reply, body);
  if (wire.kind === 'slow') {
    await new Promise((resolve) => setTimeout(resolve, wire.delayMs));
    return whole(response, reply, body);
  }
  return wire.kind === 'chunked' ? chunked(response, reply, body, wire.size) : broken(response, reply, body, wire);
}

function whole(response: ServerResponse, reply: Reply, body: Buffer): void {
  begin(response, reply, [['content-length', String(body.length)]]);
  response.end(body);
}

function chunked(response: ServerResponse, reply: Reply, body: Buffer, size: number): void {
  begin(response, reply, [['transfer-encoding', 'chunked']]);
  for (let at = 0; at < body.length; at += size) response.write(body.subarray(at, at + size));
  response.end();
}

/** Raw headers, so that names keep their case and repeats stay apart; the date is the reply's own matter. */
function begin(response: ServerResponse, { status, headers }: Reply, framing: readonly Header[]): void {
  response.sendDate = false;
  response.writeHead(status, [...headers, ...framing].flat());
}

type Broken = Exclude<WireForm, { kind: 'slow' | 'chunked' }>;

/** What Node's own writer would not say: straight to the socket, which is then of no further use. */
function broken(response: ServerResponse, reply: Reply, body: Buffer, wire: Broken): void {
  const { socket } = response;
  if (socket === null) return;
  const { framing, content } = breakage(body, wire);
  socket.end(Buffer.concat([head(reply, framing), content]));
}

function head({ status, headers }: Reply, framing: readonly Header[]): Buffer {
  const lines = [...headers, ...framing].map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} ${status < 400 ? 'OK' : 'Error'}\r\n${lines.join('')}\r\n`, 'latin1');
}

function breakage(body: Buffer, wire: Broken): { framing: readonly Header[]; content: Buffer } {
  const length = (bytes: number): Header => ['content-length', String(Math.max(0, bytes))];
  const chunks: Header = ['transfer-encoding', 'chunked'];
  const chunk = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]);
  switch (wire.kind) {
    case 'wrong-length':
      return { framing: [length(body.length + wire.off)], content: body };
    case 'cut':
      return { framing: [length(body.length)], content: body.subarray(0, Math.floor(body.length * wire.keep)) };
    case 'open-chunks':
      return { framing: [chunks], content: chunk };
    case 'bad-chunk':
      return { framing: [chunks], content: Buffer.concat([chunk, Buffer.from('zz\r\n')]) };
    case 'two-framings':
      return { framing: [length(body.length), chunks], content: Buffer.concat([chunk, Buffer.from('0\r\n\r\n')]) };
  }
}
