// Preloaded into the program: no name resolves.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

dns.lookup = (hostname, options, callback) => {
  const done = typeof options === 'function' ? options : callback;
  process.nextTick(
    done,
    Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', hostname }),
  );
};
syncBuiltinESMExports();
