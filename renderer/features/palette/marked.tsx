/** A text in which some letters are marked. */
export function Marked({ text, at }: { readonly text: string; readonly at: readonly number[] }) {
  const parts: { from: number; to: number; isMarked: boolean }[] = [];
  const marked = new Set(at);
  for (let place = 0; place < text.length; place++) {
    const isMarked = marked.has(place);
    const last = parts.at(-1);
    if (last !== undefined && last.isMarked === isMarked) last.to = place + 1;
    else parts.push({ from: place, to: place + 1, isMarked });
  }
  return parts.map(({ from, to, isMarked }) =>
    isMarked ? <b key={from}>{text.slice(from, to)}</b> : <span key={from}>{text.slice(from, to)}</span>,
  );
}
