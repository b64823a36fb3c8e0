/** The few names most like a mistyped one, by the pairs of letters they share. */
export function nearest(name: string, names: readonly string[], most = 3): string[] {
  const mine = pairsOf(name);
  const likeness = (other: string): number => {
    const theirs = pairsOf(other);
    const shared = [...mine].filter((pair) => theirs.has(pair)).length;
    return (2 * shared) / (mine.size + theirs.size);
  };
  return [...names].sort((a, b) => likeness(b) - likeness(a)).slice(0, most);
}

function pairsOf(text: string): Set<string> {
  const padded = ` ${text.toLowerCase()} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, at) => padded.slice(at, at + 2)));
}
