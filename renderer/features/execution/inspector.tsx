import { FlaskConical, X } from 'lucide-react';
import { Fragment, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { PayloadField } from '../../../engine/api/methods.ts';
import type { Node } from '../../../engine/api/resources.ts';
import { retryWatch, select } from '../../state/execution-actions.ts';
import { tryExpressionAt } from '../../state/expression-lab.ts';
import { lastChildOf, pathTo } from '../../state/nodes.ts';
import { progressOf } from '../../state/progress.ts';
import { useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { focusPane } from '../../ui/focus-pane.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Message } from '../../ui/message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Attempts } from './attempts.tsx';
import { DefinitionSection } from './definition-section.tsx';
import { Facts } from './facts.tsx';
import styles from './inspector.module.css';
import { Interrupted } from './interrupted.tsx';
import { ItemStrip } from './item-strip.tsx';
import { LogSection } from './log-section.tsx';
import { NotRun } from './not-run.tsx';
import { partsOf } from './parts.ts';
import { PayloadSection } from './payload-section.tsx';
import { Reason } from './reason.tsx';

/** Everything about the selected row, and the controls of the execution that it belongs to. */
export function Inspector() {
  const path = useStore(useShallow((state) => (state.selected === null ? [] : pathTo(state, state.selected))));
  const [root] = path;
  const node = path.at(-1);
  return (
    <div className={styles.inspector}>
      <div className={styles.close}>
        <IconButton
          label="Close the inspector"
          shortcut="Esc"
          onClick={() => {
            select(null);
            queueMicrotask(() => focusPane('executions'));
          }}
        >
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {root === undefined || node === undefined ? <NotHere /> : <Contents root={root} node={node} path={path} />}
    </div>
  );
}

/** The tree of what was selected has been asked for, or could not be had. */
function NotHere() {
  const rootId = useStore((state) => state.selected?.rootId ?? '');
  const watch = useStore((state) => state.watches.get(rootId));
  if (watch?.status === 'failed') {
    return (
      <Message
        title="This execution cannot be shown"
        actions={<Button onClick={() => retryWatch(rootId)}>Try again</Button>}
      >
        {watch.message}
      </Message>
    );
  }
  return watch?.status === 'loading' ? <Skeleton label="Loading the execution" /> : null;
}

interface ContentsProps {
  readonly root: Node;
  readonly node: Node;
  readonly path: readonly Node[];
}

function Contents({ root, node, path }: ContentsProps) {
  const lastChild = useStore((state) => lastChildOf(state, node));
  const [closed, setClosed] = useState<ReadonlySet<PayloadField>>(new Set(['context', 'params', 'definition']));
  const toggle = (field: PayloadField, open: boolean) => {
    const next = new Set(closed);
    if (open) next.delete(field);
    else next.add(field);
    setClosed(next);
  };
  const items = itemsOf(path);
  const workflow = path.findLast((step) => step.kind === 'workflow');
  const picked = useStore(({ picked: task }) => (task !== null && task.workflowId === node.id ? task.name : null));
  if (picked !== null && node.kind === 'workflow') {
    return (
      <div className={styles.scroll}>
        <NotRun workflow={node} name={picked} />
      </div>
    );
  }
  return (
    <div className={styles.scroll}>
      <NodeTitle node={node} above={path.slice(0, -1)} />
      <Reason node={node} />
      <Interrupted node={node} />
      {items !== null && <ItemStrip key={items.task.id} {...items} />}
      <Facts node={node} progress={progressOf(node, lastChild)} />
      {node.kind === 'task' && node.attempt !== null && node.items === null && <Attempts task={node} />}
      <LogSection key={`log ${node.id}`} of={logger(node, lastChild)} />
      {partsOf(node, lastChild).map(({ field, title, of, none }) => (
        <PayloadSection
          key={field}
          node={of}
          field={field}
          title={title}
          none={none}
          open={!closed.has(field)}
          onToggle={(open) => toggle(field, open)}
        />
      ))}
      {node.kind === 'task' && workflow?.kind === 'workflow' && (
        <DefinitionSection
          workflow={workflow}
          name={node.name}
          open={!closed.has('definition')}
          onToggle={(open) => toggle('definition', open)}
        />
      )}
      {root.kind === 'workflow' && (
        <div className={styles.foot}>
          <Button
            kind="quiet"
            icon={<FlaskConical aria-hidden="true" />}
            onClick={() => tryExpressionAt({ rootId: node.rootId, id: node.id })}
          >
            Try an expression here
          </Button>
        </div>
      )}
    </div>
  );
}

/** Whose lines are shown: of a task those of its newest attempt. */
function logger(node: Node, lastChild: Node | null): Node | null {
  return node.kind === 'task' && node.items === null ? lastChild : node;
}

/** The items that a with-items task has, also while one of them is looked at. */
function itemsOf(path: readonly Node[]) {
  const node = path.at(-1);
  const isItem = node !== undefined && node.kind !== 'task' && node.index !== null;
  const task = isItem ? path.at(-2) : node;
  if (task?.kind !== 'task' || task.items === null || task.items.total === 0) return null;
  return { task, total: task.items.total, current: isItem ? node.index : null };
}

function NodeTitle({ node, above }: { readonly node: Node; readonly above: readonly Node[] }) {
  return (
    <div className={styles.nodeTitle}>
      {above.length > 0 && (
        <nav className={styles.path} aria-label="Where it is">
          {above.map((step) => (
            <Fragment key={step.id}>
              <button type="button" className={styles.step} onClick={() => select(step)}>
                {labelOf(step)}
              </button>
              <span aria-hidden="true">/</span>
            </Fragment>
          ))}
        </nav>
      )}
      <h2 className={styles.title}>{labelOf(node)}</h2>
    </div>
  );
}

function labelOf(node: Node): string {
  const index = node.kind === 'task' ? null : node.index;
  return index === null ? node.name : `[${index}] ${node.name}`;
}
