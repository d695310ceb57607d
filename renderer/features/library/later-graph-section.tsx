import { type ComponentProps, lazy, Suspense } from 'react';
import type { GraphSection } from './graph-section.tsx';

/** What reads a definition is large, and the window starts without it. */
const Loaded = lazy(async () => ({ default: (await import('./graph-section.tsx')).GraphSection }));

export function LaterGraphSection(props: ComponentProps<typeof GraphSection>) {
  return (
    <Suspense>
      <Loaded {...props} />
    </Suspense>
  );
}
