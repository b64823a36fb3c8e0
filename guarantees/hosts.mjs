// Preloaded into the program: writes every host that is looked up or connected to into the file that HOSTS names.
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const note = (host) => appendFileSync(process.env.HOSTS, `${host}\n`);
const lookup = dns.lookup;
dns.lookup = (host, ...rest) => {
  note(host);
  return lookup(host, ...rest);
};
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const [options] = Array.isArray(given[0]) ? given[0] : given;
  if (typeof options === 'object' && options !== null && options.path === undefined) note(options.host ?? 'localhost');
  return connect.apply(this, given);
};
syncBuiltinESMExports();
