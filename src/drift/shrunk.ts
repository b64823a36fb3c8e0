/** The value without every field and item that it can do without while it still holds. */
export function shrunk(value: unknown, holds: (smaller: unknown) => boolean): unknown {
  let smallest = value;
  for (let again = true; again; ) {
    again = false;
    for (const smaller of smallerThan(smallest)) {
      if (!holds(smaller)) continue;
      smallest = smaller;
      again = true;
      break;
    }
  }
  return smallest;
}

/** The value with one field or item less, at any depth. */
function* smallerThan(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) {
    for (const at of value.keys()) yield value.toSpliced(at, 1);
    for (const [at, item] of value.entries()) for (const smaller of smallerThan(item)) yield value.with(at, smaller);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    for (const at of entries.keys()) yield Object.fromEntries(entries.toSpliced(at, 1));
    for (const [at, [name, inner]] of entries.entries())
      for (const smaller of smallerThan(inner)) yield Object.fromEntries(entries.with(at, [name, smaller]));
  }
}
