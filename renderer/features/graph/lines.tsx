import type { GraphModel } from './graph-model.ts';
import { curve, type GraphLayout, labelOf } from './layout.ts';
import styles from './lines.module.css';

interface LinesProps {
  readonly model: GraphModel;
  readonly layout: GraphLayout;
  readonly taken: ReadonlySet<string>;
}

/** The links, each with what it depends on. Those that were taken lie above the others. */
export function Lines({ model, layout, taken }: LinesProps) {
  const inOrder = [...model.links].sort((a, b) => Number(taken.has(a.id)) - Number(taken.has(b.id)));
  return (
    <>
      <svg className={styles.lines} width={layout.width} height={layout.height} aria-hidden="true">
        <defs>
          {['arrow', 'arrow-taken'].map((id) => (
            <marker
              key={id}
              id={id}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path className={styles.head} data-taken={id === 'arrow-taken' || undefined} d="M0 .5 7.5 4 0 7.5Z" />
            </marker>
          ))}
        </defs>
        {inOrder.map(({ id, clause }) => (
          <path
            key={id}
            className={styles.line}
            data-clause={clause}
            data-taken={taken.has(id) || undefined}
            d={curve(layout.lines.get(id)?.points ?? [])}
            markerEnd={taken.has(id) ? 'url(#arrow-taken)' : 'url(#arrow)'}
          />
        ))}
      </svg>
      {model.links.map((link) => {
        const box = layout.lines.get(link.id)?.label ?? null;
        if (box === null) return null;
        return (
          <span
            key={link.id}
            className={styles.label}
            style={{ left: box.x + box.width / 2, top: box.y + box.height / 2 }}
            data-taken={taken.has(link.id) || undefined}
            title={link.guard ?? undefined}
            aria-hidden="true"
          >
            {link.guard !== null && <span className={styles.guard} />}
            {labelOf(link)}
          </span>
        );
      })}
    </>
  );
}
