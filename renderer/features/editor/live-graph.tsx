import { useId, useRef, useState } from 'react';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import type { GraphOf } from '../../state/graph-of.ts';
import { useStore } from '../../state/store.ts';
import { resizePane } from '../../state/window-actions.ts';
import { Message } from '../../ui/message.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import type { Checked } from './check-text.ts';
import styles from './editor.module.css';

interface LiveGraphProps {
  readonly checked: Checked | null;
  /** Of the cursor. */
  readonly line: number;
  readonly graph: GraphOf;
  readonly onLine: (line: number) => void;
}

/** In pixels. */
const WIDTH = { initial: 420, min: 220, max: 1200 };

/** The workflow that is being written as a graph. While the text is broken the last one that was right stays, dimmed. */
export function LiveGraph({ checked, line, graph, onLine }: LiveGraphProps) {
  const width = useStore((state) => state.paneSizes.get('editor-graph') ?? WIDTH.initial);
  const [chosen, setChosen] = useState<string | null>(null);
  const last = useRef<readonly WorkflowDefinition[]>([]);
  const selectId = useId();
  const isRight = checked !== null && checked.problems.length === 0 && checked.workflows.length > 0;
  if (isRight) last.current = checked.workflows;
  const workflows = last.current;
  const definition = workflows.find(({ name }) => name === chosen) ?? workflowAt(workflows, line) ?? workflows[0];
  return (
    <section className={styles.beside} style={{ '--side': `${width}px` } as Record<string, string>} aria-label="Graph">
      <Splitter
        label="Width of the graph"
        size={width}
        {...WIDTH}
        onResize={(size) => resizePane('editor-graph', size)}
      />
      <div className={styles.graph} data-old={!isRight || undefined}>
        {definition === undefined ? (
          <Message title="No graph yet">It appears when the text has no problems.</Message>
        ) : (
          <>
            {(workflows.length > 1 || !isRight) && (
              <div className={styles.choice}>
                {workflows.length > 1 && (
                  <>
                    <label htmlFor={selectId}>Workflow</label>
                    <select id={selectId} value={definition.name} onChange={(event) => setChosen(event.target.value)}>
                      {workflows.map(({ name }) => (
                        <option key={name}>{name}</option>
                      ))}
                    </select>
                  </>
                )}
                {!isRight && <span>As of the last text without problems</span>}
              </div>
            )}
            <div className={styles.drawn}>
              {graph(definition, workflows, isRight ? taskAt(definition, line) : null, (name) => {
                const task = definition.tasks.get(name);
                if (task !== undefined) onLine(task.line);
              })}
            </div>
          </>
        )}
      </div>
    </section>
  );
}

/** The task whose text the line is in: the last one that begins before it. */
function taskAt({ tasks }: WorkflowDefinition, line: number): string | null {
  let found: { readonly name: string; readonly line: number } | null = null;
  for (const task of tasks.values()) {
    if (task.line <= line && (found === null || task.line > found.line)) found = task;
  }
  return found?.name ?? null;
}

function workflowAt(workflows: readonly WorkflowDefinition[], line: number): WorkflowDefinition | undefined {
  return workflows.findLast(({ tasks }) => [...tasks.values()].some((task) => task.line <= line));
}
