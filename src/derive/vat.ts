import type { Dice } from './dice.js';

/**
 * VAT numbers of the right shape. Their check digits are wrong on purpose unless `genuine`: a right one may be somebody's
 * (national rules as VIES applies them: BE mod 97, FR mod 97 key, LU mod 89, IT Luhn, NL mod 97 since 2020).
 */
export function vatNumber(dice: Dice, genuine: boolean): string {
  return dice.pick(countries)(dice, genuine ? 0 : 1);
}

type Maker = (dice: Dice, slip: number) => string;

const countries: readonly Maker[] = [
  (dice, slip) => {
    const stem = dice.below(20_000_000);
    return `BE${digits(stem, 8)}${digits(97 - ((stem + slip) % 97), 2)}`;
  },
  (dice, slip) => {
    const siren = dice.below(1_000_000_000);
    return `FR${digits((12 + 3 * (siren % 97) + slip) % 97, 2)}${digits(siren, 9)}`;
  },
  (dice, slip) => {
    const stem = dice.below(1_000_000);
    return `LU${digits(stem, 6)}${digits((stem % 89) + slip, 2)}`;
  },
  (dice, slip) => {
    const stem = digits(dice.below(10_000_000), 7) + digits(1 + dice.below(100), 3);
    return `IT${stem}${(luhnDigit(stem) + slip) % 10}`;
  },
  (dice, slip) => {
    const stem = `${digits(dice.below(1_000_000_000), 9)}B`;
    const value = BigInt(`2321${stem.slice(0, 9)}11`);
    return `NL${stem}${digits((98 - Number((value * 100n) % 97n) + slip * 13) % 97, 2)}`;
  },
];

/** The digit that makes `stem` pass the Luhn test (Italian VAT, SIREN and SIRET). */
export function luhnDigit(stem: string): number {
  let sum = 0;
  for (let at = 0; at < stem.length; at++) {
    const doubled = Number(stem[stem.length - 1 - at]) * (at % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}

export function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
