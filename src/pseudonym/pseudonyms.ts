import { fold } from '../exchange/difference.js';
import { checkDigits } from './check-digits.js';
import { dayNumber, shiftDay, shiftFor } from './days.js';
import { type Kind, kindOf } from './kind.js';
import { otherLetters, otherUuid } from './letters.js';
import type { Originals } from './originals.js';
import { otherPhone } from './phone.js';
import { Stream } from './stream.js';

/** What stands in the place of a value. */
export interface Disguise {
  of(text: string, kind: Kind): string;
  /** Where values known from elsewhere stand in a text, in order and apart. */
  known(text: string): Iterable<readonly [from: number, to: number]>;
}

/**
 * One pseudonym for one value, wherever it stands: equal stays equal, different stays different, and what only case,
 * spaces or punctuation tell apart stays so. No pseudonym is a value that was there before.
 */
export class Pseudonyms implements Disguise {
  private readonly given = new Map<string, string>();
  /** Pseudonym → the value it stands for; and the same for what is left of both without case and punctuation. */
  private readonly taken = new Map<string, string>();
  private readonly folds = new Map<string, string>();
  private readonly shift: number;

  constructor(
    private readonly originals: Originals,
    private readonly salt: string,
  ) {
    const days = new Set([...originals.all].map(dayNumber).filter((day) => day !== undefined));
    this.shift = shiftFor(days, new Stream(salt, 'days'));
  }

  of(text: string): string {
    const known = this.given.get(text);
    if (known !== undefined) return known;
    const shape = this.originals.familyOf(text) ?? kindOf(text, undefined);
    if (shape === 'day') return shiftDay(text, this.shift);
    const made = this.made(text, shape);
    this.given.set(text, made);
    this.taken.set(made, text);
    this.folds.set(fold(made), fold(text));
    return made;
  }

  known(text: string): Iterable<readonly [number, number]> {
    return this.originals.within(text);
  }

  private made(text: string, kind: Exclude<Kind, 'day'>): string {
    const name = fold(text);
    let last = '';
    for (let attempt = 0; attempt < 200; attempt++) {
      // The ranges reserved for examples are small: where all of one is taken, other digits have to do.
      const make = attempt < 100 ? makers[kind] : otherLetters;
      last = make(text, new Stream(this.salt, `${attempt}:${name}`));
      const stands = this.folds.get(fold(last)) ?? name;
      const isTaken = stands !== name || this.originals.has(last) || [...this.known(last)].length > 0;
      if (!isTaken) return this.apart(last, text);
    }
    return this.apart(`${last}${otherLetters(text, new Stream(this.salt, `more:${name}`))}`, text);
  }

  /** A spelling that no other spelling of the same value has. */
  private apart(made: string, text: string): string {
    const free = (candidate: string) => (this.taken.get(candidate) ?? text) === text;
    const [first = '', ...rest] = made;
    const spellings = [made, made.toUpperCase(), made.toLowerCase(), first.toUpperCase() + rest.join('')];
    let candidate = spellings.find(free);
    for (let tail = '.'; candidate === undefined; tail += '.') if (free(made + tail)) candidate = made + tail;
    return candidate;
  }
}

type Maker = (text: string, stream: Stream) => string;

const makers: Readonly<Record<Exclude<Kind, 'day'>, Maker>> = {
  plain: otherLetters,
  email: otherEmail,
  phone: otherPhone,
  vat: otherVat,
  uuid: otherUuid,
  ip: otherIp,
  host: reservedHost,
};

/** In a domain that no mail is ever delivered to. */
function otherEmail(text: string, stream: Stream): string {
  const at = text.lastIndexOf('@');
  return `${otherLetters(text.slice(0, at), stream)}@${reservedHost(text.slice(at + 1), stream)}`;
}

/** Below the top-level domains that RFC 2606 keeps for this; the dots of the old one do not count. */
function reservedHost(host: string, stream: Stream): string {
  const size = host.normalize('NFKC').replace(/[\s.\-/()+]+/g, '').length;
  const top = size > 9 ? '.example' : '.test';
  const letters = Array.from({ length: Math.max(1, size - top.length + 1) }, () =>
    String.fromCharCode(97 + stream.below(26)),
  );
  const made = letters.join('') + top;
  const isUpper = /[A-Z]/.test(host) && host === host.toUpperCase();
  return (isUpper ? made.toUpperCase() : made) + /\s*$/.exec(host)![0];
}

/** The country stays, and whether the check digits are right. */
function otherVat(text: string, stream: Stream): string {
  const country = /^\s*[A-Za-z]{2}(?![A-Za-z])/.exec(text)?.[0] ?? '';
  const made = country + otherLetters(text.slice(country.length), stream);
  const right = checkDigits(text);
  const start = stream.below(100);
  for (let tail = 0; tail < 100; tail++) {
    const candidate = withLastDigits(made, String((start + tail) % 100).padStart(2, '0'));
    if (checkDigits(candidate) === right) return candidate;
  }
  return made;
}

function withLastDigits(text: string, [one, two]: string): string {
  return text.replace(/\d(\D*)\d(\D*)$/, (_, between: string, after: string) => `${one}${between}${two}${after}`);
}

/** In the networks that RFC 5737 keeps for documents. */
function otherIp(_: string, stream: Stream): string {
  return `${['192.0.2', '198.51.100', '203.0.113'][stream.below(3)]}.${1 + stream.below(254)}`;
}
