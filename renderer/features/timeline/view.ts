/** A stretch of time, in milliseconds since 1970. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Which part of the whole is looked at. */
export interface View {
  /** In milliseconds; null: all of it. */
  readonly span: number | null;
  /** In milliseconds since 1970; null: where the whole ends, however it grows. */
  readonly end: number | null;
}

export const everything: View = { span: null, end: null };

/** Nobody looks closer than this, in milliseconds. */
const LEAST_SPAN = 10;

export function rangeOf({ span, end }: View, whole: Range): Range {
  const to = end ?? whole.to;
  return { from: span === null ? whole.from : to - span, to };
}

/**
 * Looks closer (a factor below 1) or from further away (above 1). The time `at` stays where it is, as far as the whole
 * reaches.
 */
export function zoom(view: View, whole: Range, factor: number, at: number): View {
  const { from, to } = rangeOf(view, whole);
  const span = Math.max((to - from) * factor, Math.min(LEAST_SPAN, whole.to - whole.from));
  if (span >= whole.to - whole.from) return everything;
  return within({ from: at - ((at - from) * span) / (to - from), span }, whole);
}

/** Looks at what is later by so many milliseconds, or earlier; not beyond the ends of the whole. */
export function pan(view: View, whole: Range, by: number): View {
  if (view.span === null) return view;
  return within({ from: rangeOf(view, whole).from + by, span: view.span }, whole);
}

/** Moves so that something of the stretch is in view, if nothing of it is. */
export function bringIntoView(view: View, whole: Range, { from, to }: Range): View {
  const range = rangeOf(view, whole);
  if (view.span === null || (from < range.to && to > range.from)) return view;
  return within({ from: from - view.span / 4, span: view.span }, whole);
}

function within({ from, span }: { readonly from: number; readonly span: number }, whole: Range): View {
  const end = Math.max(from, whole.from) + span;
  // At the end it stays at the end.
  return { span, end: end >= whole.to ? null : end };
}
