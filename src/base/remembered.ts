/** Unit: answers. So many are kept; a topology of 50,000 lines has no more texts of a kind. Our choice. */
const most = 50_000;

/** Makes a reader that keeps what it read of each text, for binding and many rules ask about one text. It forgets all when it is full. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const earlier = known.get(text);
    if (earlier !== undefined) return earlier;
    const answer = read(text);
    if (known.size >= most) known.clear();
    known.set(text, answer);
    return answer;
  };
}
