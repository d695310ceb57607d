import type { Link } from './graph-model.ts';
import { curve, type GraphLayout, labelOf } from './layout.ts';
import styles from './lines.module.css';

interface LinesProps {
  readonly links: ReadonlyMap<string, Link>;
  readonly layout: GraphLayout;
  readonly taken: ReadonlySet<string>;
}

/** The links, each with what it depends on. Those that were taken lie above the others. */
export function Lines({ links, layout, taken }: LinesProps) {
  const drawn = [...layout.lines].flatMap(([id, line]) => {
    const link = links.get(id);
    if (link === undefined) return [];
    const of = line.of.flatMap((each) => links.get(each)?.bundle ?? [each]);
    return [{ link, line, isTaken: of.some((each) => taken.has(each)) }];
  });
  drawn.sort((a, b) => Number(a.isTaken) - Number(b.isTaken));
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
        {drawn.map(({ link: { id, clause }, line, isTaken }) => (
          <path
            key={id}
            className={styles.line}
            data-clause={clause}
            data-taken={isTaken || undefined}
            d={curve(line.points)}
            markerEnd={isTaken ? 'url(#arrow-taken)' : 'url(#arrow)'}
          />
        ))}
      </svg>
      {drawn.map(({ link, line: { label }, isTaken }) => {
        if (label === null) return null;
        return (
          <span
            key={link.id}
            className={styles.label}
            style={{ left: label.x + label.width / 2, top: label.y + label.height / 2 }}
            data-taken={isTaken || undefined}
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
