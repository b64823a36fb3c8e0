import { htmlEscape } from 'escape-goat';
import { visible } from './visible-text.js';

/** HTML that is safe to nest; only the `html` tag makes it, so a raw string in a page is a type error. */
export interface Markup {
  readonly markup: string;
}

type Value = Markup | string | number | readonly Markup[];

/** Nests markup as it is and escapes everything else, acting characters spelled out. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let markup = parts[0]!;
  for (let at = 0; at < values.length; at++) markup += render(values[at]!) + parts[at + 1]!;
  return { markup };
}

export const nothing: Markup = { markup: '' };

/** Printable ASCII without a character that markup knows: most of what is said, and nothing to be done about it. */
const harmless = /^[\n\t !#-%(-;=?-~]*$/;

function render(value: Value): string {
  if (typeof value === 'object') return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
  const text = String(value);
  return harmless.test(text) ? text : htmlEscape(visible(text));
}
