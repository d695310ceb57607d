import { useMemo } from 'react';
import { findWorkflow } from '../../state/find-workflow.ts';
import type { GraphOf } from '../../state/graph-of.ts';
import { DetailSection } from './detail.tsx';
import styles from './graph-section.module.css';

interface GraphSectionProps {
  readonly text: string;
  /** The full name of the workflow. */
  readonly name: string;
  readonly graph: GraphOf;
}

/** The graph of a workflow of the library. */
export function GraphSection({ text, name, graph }: GraphSectionProps) {
  const { workflow, beside } = useMemo(() => findWorkflow(text, name), [text, name]);
  if (workflow === null) return null;
  return (
    <DetailSection title="Graph">
      {/* The wheel scrolls the page; with Ctrl it zooms the graph. */}
      <div className={styles.frame} onWheelCapture={(event) => !event.ctrlKey && event.stopPropagation()}>
        {graph(workflow, beside, null, nothing)}
      </div>
    </DetailSection>
  );
}

function nothing(): void {}
