import { contract } from '../../contracts/chift/index.js';
import { listed, type Property, readsBack } from '../../src/index.js';
import { person } from './bodies.js';

interface Writing {
  readonly content: string;
  readonly contentType: string;
}

const body = { ...person('written'), last_name: 'Écrit' };
const plain = JSON.stringify(body);

/** One contact, written in ways that RFC 8259 and RFC 9110 call the same. */
const writings: readonly Writing[] = [
  { content: plain, contentType: 'application/json; charset=utf-8' },
  { content: plain, contentType: 'application/json;charset="UTF-8"' },
  { content: plain, contentType: 'Application/JSON' },
  { content: JSON.stringify(body, null, 2), contentType: 'application/json' },
  { content: ` \r\n\t${plain}\n`, contentType: 'application/json' },
  { content: JSON.stringify(Object.fromEntries(Object.entries(body).reverse())), contentType: 'application/json' },
  {
    content: plain.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    contentType: 'application/json',
  },
  { content: plain.replaceAll('/', '\\/'), contentType: 'application/json' },
];

/** How JSON is written makes no difference; the checks compare what was sent with what came back. */
export const readsJsonHoweverWritten: Property<Writing> = {
  id: 'contacts.reads-json-however-written',
  kind: 'transport',
  inputs: () => listed(writings),
  async run(raw, call) {
    const created = await call({ endpoint: 'createContact', raw });
    return created.status === 200 ? readsBack(contract, created, call) : [];
  },
};
