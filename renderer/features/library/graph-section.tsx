import { useFound } from '../../state/definitions.ts';
import type { GraphOf } from '../../state/graph-of.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DetailSection } from './detail.tsx';
import styles from './graph-section.module.css';

interface GraphSectionProps {
  /** Null while it is on its way. */
  readonly text: string | null;
  /** The full name of the workflow. */
  readonly name: string;
  readonly graph: GraphOf;
}

/** The graph of a workflow of the library. */
export function GraphSection({ text, name, graph }: GraphSectionProps) {
  const found = useFound(text, name);
  if (found !== null && found.workflow === null) return null;
  return (
    <DetailSection title="Graph">
      {/* The wheel scrolls the page; with Ctrl it zooms the graph. */}
      <div className={styles.frame} onWheelCapture={(event) => !event.ctrlKey && event.stopPropagation()}>
        <Skeleton label="Loading the graph" />
        {found !== null && found.workflow !== null && graph(found.workflow, found.beside, null, nothing)}
      </div>
    </DetailSection>
  );
}

function nothing(): void {}
