/** Characters of a body that a report keeps: two thirds from its start, one third from its end. */
export const longestText = 64 * 1024;

export interface Shortened {
  readonly kept: string;
  /** Characters left out of the middle. */
  readonly omitted: number;
}

/**
 * Hides first and shortens then, so that no cut leaves half a secret behind. Of very long texts only the ends are
 * looked at, with `margin` characters more than are kept: what was cut in two lies in the margin and goes.
 */
export function shorten(text: string, hide: (text: string) => string, margin: number): Shortened {
  const head = Math.floor((longestText * 2) / 3);
  const tail = longestText - head;
  if (text.length <= 2 * (longestText + margin)) {
    const whole = hide(text);
    if (whole.length <= longestText) return { kept: whole, omitted: 0 };
    return joined(whole.slice(0, head), whole.slice(-tail), whole.length);
  }
  const first = hide(text.slice(0, head + margin)).slice(0, -margin);
  const last = hide(text.slice(-tail - margin)).slice(margin);
  return joined(first.slice(0, head), last.slice(-tail), text.length);
}

/** No half of a surrogate pair stays at either side of the cut. */
function joined(head: string, tail: string, length: number): Shortened {
  const start = head.replace(/[\ud800-\udbff]$/, '');
  const end = tail.replace(/^[\udc00-\udfff]/, '');
  const omitted = length - start.length - end.length;
  return { kept: `${start}\n... ${omitted} left out ...\n${end}`, omitted };
}
