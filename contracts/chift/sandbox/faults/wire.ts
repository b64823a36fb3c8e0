import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { type Fault, framed, inContacts, inText, onWire, withHeader, withTexts } from './fault.js';

const json = 'application/json';

/** Answers that are broken below the schema: framing, coding, charset, JSON itself. */
export const wireFaults: readonly Fault[] = [
  {
    name: 'html-content-type',
    finding: 'response.content-type.mismatch',
    description: 'a create is answered as text/html',
    change: onWire('createContact', (reply) => withHeader(reply, 'content-type', 'text/html; charset=utf-8')),
  },
  {
    name: 'no-content-type',
    finding: 'response.content-type.missing',
    description: 'a create is answered without a content type',
    change: onWire('createContact', (reply) => withHeader(reply, 'content-type', null)),
  },
  {
    name: 'two-content-types',
    finding: 'response.content-type.mismatch',
    description: 'a list is answered with two content types',
    change: onWire('listContacts', (reply) => ({
      ...reply,
      headers: [...reply.headers, ['content-type', 'text/plain']],
    })),
  },
  {
    name: 'latin-1-claimed',
    finding: 'response.content-type.mismatch',
    description: 'a read claims the charset iso-8859-1',
    change: onWire('getContact', (reply) => withHeader(reply, 'content-type', `${json}; charset=iso-8859-1`)),
  },
  {
    name: 'plain-text-errors',
    finding: 'response.content-type.mismatch',
    description: 'validation errors are answered as text/plain',
    change: (base) => ({
      reply: (reply, visit) =>
        reply.status === 422
          ? withHeader(base.reply(reply, visit), 'content-type', 'text/plain')
          : base.reply(reply, visit),
    }),
  },
  {
    name: 'empty-body',
    finding: 'response.body.missing',
    description: 'a create is answered 200 without a body',
    change: inText('createContact', () => ''),
  },
  {
    name: 'html-error',
    finding: 'response.error.leak',
    description: 'an unknown contact is answered with an HTML page',
    change: (base) => ({
      reply: (reply, visit) =>
        reply.status === 404
          ? {
              ...withHeader(base.reply(reply, visit), 'content-type', 'text/html'),
              body: '<!DOCTYPE html><html><body><h1>Not Found</h1></body></html>',
            }
          : base.reply(reply, visit),
    }),
  },
  {
    name: 'length-too-long',
    finding: 'response.wire.truncated',
    description: 'a create announces more bytes than come',
    change: framed('createContact', { kind: 'wrong-length', off: 10 }),
  },
  {
    name: 'length-too-short',
    finding: 'response.wire.invalid-json',
    description: 'a create announces fewer bytes than there are, so the end of the JSON is lost',
    change: framed('createContact', { kind: 'wrong-length', off: -10 }),
  },
  {
    name: 'cut-in-the-middle',
    finding: 'response.wire.truncated',
    description: 'the connection ends in the middle of a list',
    change: framed('listContacts', { kind: 'cut', keep: 0.5 }),
  },
  {
    name: 'chunks-without-end',
    finding: 'response.wire.truncated',
    description: 'a read comes in chunks, and the last chunk never does',
    change: framed('getContact', { kind: 'open-chunks' }),
  },
  {
    name: 'broken-chunk',
    finding: 'response.wire.protocol',
    description: 'a read comes in chunks, and one has no readable size',
    change: framed('getContact', { kind: 'bad-chunk' }),
  },
  {
    name: 'two-framings',
    finding: 'response.wire.protocol',
    description: 'a create has a content-length and chunks',
    change: framed('createContact', { kind: 'two-framings' }),
  },
  {
    name: 'gzip-claimed',
    finding: 'response.wire.content-coding',
    description: 'a list says it is gzip and is plain',
    change: onWire('listContacts', (reply) => withHeader(reply, 'content-encoding', 'gzip')),
  },
  {
    name: 'gzip-cut',
    finding: 'response.wire.content-coding',
    description: 'a list is gzip without its last bytes',
    change: onWire('listContacts', (reply) => ({
      ...withHeader(reply, 'content-encoding', 'gzip'),
      body: gzipSync(reply.body).subarray(0, -6),
    })),
  },
  {
    name: 'byte-order-mark',
    finding: 'response.wire.encoding',
    description: 'a read begins with a byte-order mark',
    change: inText('getContact', (text) => `\ufeff${text}`),
  },
  {
    name: 'latin-1-bytes',
    finding: 'response.wire.encoding',
    description: 'letters such as é are answered as latin-1 bytes',
    change: inText('createContact', (text) =>
      /[\u0080-\u00ff]/.test(text) && !/[^\u0000-\u00ff]/.test(text) ? Buffer.from(text, 'latin1') : text,
    ),
  },
  {
    name: 'duplicate-key',
    finding: 'response.wire.duplicate-key',
    description: 'the id stands twice in the answer to a create',
    change: inText('createContact', (text) => text.replace('{', '{"id":"contact-0",')),
  },
  {
    name: 'trailing-comma',
    finding: 'response.wire.invalid-json',
    description: 'a list ends with a comma before the bracket',
    change: inText('listContacts', (text) => `${text.slice(0, -1)},}`),
  },
  {
    name: 'two-documents',
    finding: 'response.wire.invalid-json',
    description: 'the answer to a read is followed by another',
    change: inText('getContact', (text) => `${text}\n{}`),
  },
  {
    name: 'nan-total',
    finding: 'response.wire.invalid-json',
    description: 'the total of an empty page is NaN',
    change: inText('listContacts', (text) =>
      text.includes('"items":[]') ? text.replace(/"total":\d+/, '"total":NaN') : text,
    ),
  },
  {
    name: 'huge-number',
    finding: 'response.wire.number',
    description: 'a read carries an integer beyond 2^53',
    change: inText('getContact', (text) => text.replace('{', '{"revision":9007199254740993123,')),
  },
  {
    name: 'half-emoji',
    finding: 'response.wire.text',
    description: 'texts that end with an emoji lose half of it',
    change: inContacts((contact) =>
      withTexts(contact, (text) => (/[\udc00-\udfff]$/.test(text) ? text.slice(0, -1) : text)),
    ),
  },
  {
    name: 'replacement-characters',
    finding: 'response.wire.text',
    description: 'characters beyond latin-1 come back as U+FFFD',
    change: inContacts((contact) => withTexts(contact, (text) => text.replace(/[^\u0000-\u00ff]/gu, '\ufffd'))),
  },
  {
    name: 'flood',
    finding: 'response.wire.too-large',
    description: 'a page of two is padded to more than 5 MiB',
    change: onWire('listContacts', (reply, { query }) =>
      query.get('size') === '2' ? { ...reply, body: `${reply.body}${' '.repeat(6 * 1024 * 1024)}` } : reply,
    ),
  },
];
