import { useEffect, useState } from 'react';
import type { WorkflowState } from '../../../engine/model/states.ts';
import { filterNodes, loadExecutions } from '../../state/execution-actions.ts';
import { everything, isEverything } from '../../state/execution-list.ts';
import { noFilter } from '../../state/node-filter.ts';
import { loadingOf } from '../../state/nodes.ts';
import { looks } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { showPlace } from '../../state/window-actions.ts';
import { Button } from '../../ui/button.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { Message } from '../../ui/message.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ExecutionGrid } from './execution-grid.tsx';
import { ExecutionToolbar } from './execution-toolbar.tsx';
import styles from './executions.module.css';
import { MarkedBar } from './marked-bar.tsx';
import { MoreFilters } from './more-filters.tsx';
import { PastBar } from './past-bar.tsx';
import { useLearnedNodes, useMatches } from './use-matches.ts';

const states: readonly WorkflowState[] = ['RUNNING', 'PAUSED', 'ERROR', 'SUCCESS', 'CANCELLED'];

/** How long a person stops typing before the list is asked for again, in milliseconds. */
const TYPING = 150;

/** All root executions, newest first, with what they are made of; or one of them alone. */
export function Executions() {
  const opened = useStore((state) => state.opened);
  const looked = useStore((state) => state.opened ?? state.selected?.rootId ?? null);
  const marked = useStore((state) => state.marked.size > 0);
  return (
    <main className={styles.page}>
      {looked !== null && <Learning rootId={looked} />}
      {opened !== null ? <ExecutionToolbar rootId={opened} /> : marked ? <MarkedBar /> : <ListToolbar />}
      <PastBar />
      <div className={styles.list}>{opened === null ? <List /> : <Alone />}</div>
    </main>
  );
}

/** Of its own, so that the whole pane does not follow every change of the tree. */
function Learning({ rootId }: { readonly rootId: string }) {
  useLearnedNodes(rootId);
  return null;
}

function Alone() {
  const matches = useMatches();
  const loading = useStore((state) => loadingOf(state, state.opened ?? ''));
  if (matches?.count !== 0) return <ExecutionGrid />;
  return (
    <Message
      title={loading === null ? 'Nothing in this execution matches' : 'Nothing that is here so far matches'}
      actions={<Button onClick={() => filterNodes(noFilter)}>Show every row</Button>}
    />
  );
}

function ListToolbar() {
  const { filter, total, status } = useStore((state) => state.executions);
  return (
    <div className={styles.toolbar}>
      <h1 className={styles.heading}>Executions</h1>
      {status !== 'loading' && <span className={styles.total}>{total.toLocaleString('en')}</span>}
      <div className={styles.filters}>
        <TextFilter />
        <fieldset className={styles.states} aria-label="State">
          {states.map((state) => (
            <button
              key={state}
              type="button"
              className={styles.state}
              aria-pressed={filter.state === state}
              title={looks[state].word}
              onClick={() => void loadExecutions({ ...filter, state: filter.state === state ? null : state })}
            >
              <Glyph name={looks[state].glyph} family={looks[state].family} still />
              <span className={styles.word}>{looks[state].word}</span>
            </button>
          ))}
        </fieldset>
        <MoreFilters />
      </div>
    </div>
  );
}

/** Follows what is typed once the person pauses. */
function TextFilter() {
  const filter = useStore((state) => state.executions.filter);
  const [text, setText] = useState(filter.text);
  const [applied, setApplied] = useState(filter.text);
  // The filter was changed elsewhere, to show what it would hide.
  if (applied !== filter.text) {
    setApplied(filter.text);
    setText(filter.text);
  }
  useEffect(() => {
    if (text === filter.text) return;
    const timer = window.setTimeout(() => void loadExecutions({ ...filter, text }), TYPING);
    return () => window.clearTimeout(timer);
  }, [text, filter]);
  return <SearchField label="Filter by name, id or message" text={text} onChange={setText} />;
}

function List() {
  const { filter, roots, status, error } = useStore((state) => state.executions);
  const filtered = !isEverything(filter);

  if (status === 'failed' && roots.length === 0) {
    return (
      <Message
        title="The executions cannot be shown"
        actions={<Button onClick={() => void loadExecutions()}>Try again</Button>}
      >
        {error}
      </Message>
    );
  }
  if (roots.length > 0) return <ExecutionGrid />;
  if (status === 'loading') return <Skeleton label="Loading executions" />;
  if (filtered) {
    return (
      <Message
        title="No execution matches the filter"
        actions={<Button onClick={() => void loadExecutions(everything)}>Show all</Button>}
      />
    );
  }
  return (
    <Message
      title="Nothing has been run yet"
      actions={
        <Button kind="primary" onClick={() => showPlace('library')}>
          Open the library
        </Button>
      }
    >
      Run a workflow from the library, or drop a YAML file anywhere in this window.
    </Message>
  );
}
