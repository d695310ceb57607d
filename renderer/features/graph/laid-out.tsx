import { type ComponentProps, useRef } from 'react';
import { Message } from '../../ui/message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Drawing } from './drawing.tsx';
import type { GraphModel } from './graph-model.ts';
import type { GraphLayout } from './layout.ts';
import { useLayout } from './use-layout.ts';

/** Lays a graph out and draws it. The last layout stays until the next is there. */
export function LaidOut(props: Omit<ComponentProps<typeof Drawing>, 'layout'>) {
  const layout = useLayout(props.model);
  const last = useRef<{ readonly model: GraphModel; readonly layout: GraphLayout } | null>(null);
  if (layout.status === 'loaded') last.current = { model: props.model, layout: layout.value };
  if (layout.status === 'failed') return <Message title="The graph cannot be laid out">{layout.message}</Message>;
  if (last.current === null) return <Skeleton label="Laying out the graph" />;
  return <Drawing {...props} {...last.current} />;
}
