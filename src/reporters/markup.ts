import { htmlEscape } from 'escape-goat';
import { visible } from './visible-text.js';

/** HTML that is safe to nest; only the `html` tag makes it, so a raw string in a page is a type error. */
export interface Markup {
  readonly markup: string;
}

type Value = Markup | string | number | readonly Markup[];

/** Nests markup as it is and escapes everything else, acting characters spelled out. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const pieces = values.map((value, index) => `${render(value)}${parts[index + 1]}`);
  return { markup: `${parts[0]}${pieces.join('')}` };
}

export const nothing: Markup = { markup: '' };

function render(value: Value): string {
  if (typeof value === 'object') return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
  return htmlEscape(visible(String(value)));
}
