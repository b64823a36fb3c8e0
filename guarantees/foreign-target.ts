import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

/** A provider on loopback that the program takes for one out in the world: by name, over TLS, through a proxy. */
export interface ForeignTarget {
  readonly url: string;
  /** Makes the program reach it: the proxy, and the authority that signed its certificate. */
  readonly env: Readonly<Record<string, string>>;
  /** Hosts that the program asked the proxy for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export const foreignHost = 'api.example.test';

export interface ForeignOptions {
  /** Name in the certificate. */
  readonly name?: string;
  /** Days that it is good for; negative: it has run out. */
  readonly days?: number;
  /** Answer of the proxy where it does not connect. */
  readonly proxyStatus?: string;
}

/** Needs openssl for the certificate. */
export async function foreignTarget(
  folder: string,
  plainUrl: string,
  { name = foreignHost, days = 2, proxyStatus }: ForeignOptions = {},
): Promise<ForeignTarget> {
  const { key, cert, file } = certificate(folder, name, days);
  const { port: plainPort } = new URL(plainUrl);
  const secure = createTlsServer({ key, cert }, (socket) => {
    const upstream = connect(Number(plainPort), '127.0.0.1');
    socket.on('error', () => upstream.destroy()).pipe(upstream);
    upstream.on('error', () => socket.destroy()).pipe(socket);
  });
  const securePort = await listening(secure);
  const asked: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.on('error', () => undefined);
    if (proxyStatus !== undefined) {
      socket.end(`HTTP/1.1 ${proxyStatus}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(securePort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream);
      upstream.on('error', () => socket.destroy()).pipe(socket);
    });
  });
  const proxyPort = await listening(proxy);
  return {
    url: `https://${foreignHost}`,
    env: { HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`, NODE_EXTRA_CA_CERTS: file },
    asked,
    async close() {
      proxy.closeAllConnections();
      for (const server of [proxy, secure]) server.close();
    },
  };
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function certificate(folder: string, name: string, days: number) {
  mkdirSync(folder, { recursive: true });
  const [keyFile, file, requestFile, extensions] = ['key.pem', 'cert.pem', 'request.pem', 'extensions'].map((each) =>
    join(folder, each),
  ) as [string, string, string, string];
  writeFileSync(extensions, `subjectAltName=DNS:${name}\nbasicConstraints=CA:TRUE\n`);
  const openssl = (...argv: string[]) => execFileSync('openssl', argv, { stdio: 'ignore' });
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', keyFile, '-out', requestFile, '-subj', `/CN=${name}`);
  openssl(
    'x509',
    '-req',
    '-in',
    requestFile,
    '-signkey',
    keyFile,
    '-days',
    String(days),
    '-extfile',
    extensions,
    '-out',
    file,
  );
  return { key: readFileSync(keyFile), cert: readFileSync(file), file };
}
