import { Play } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { GridList, GridListHeader, GridListItem, GridListSection } from 'react-aria-components/GridList';
import { selectSample, selectWorkflow } from '../../state/library-actions.ts';
import { type Entry, sampleEntry, search, workflowEntry } from '../../state/library-entries.ts';
import { runSample } from '../../state/sample-actions.ts';
import { useStore } from '../../state/store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { moment } from '../../ui/moment.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { count } from './count.ts';
import styles from './library-list.module.css';

/** The workflows and the samples, with a search above them. */
export function LibraryList({ shown }: { readonly shown: Entry | null }) {
  const workflows = useStore((state) => state.workflows);
  const samples = useStore((state) => state.samples);
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const own = workflows.status === 'loaded' ? workflows.value.map(workflowEntry) : [];
  const given = samples.status === 'loaded' ? samples.value.map(sampleEntry) : [];
  const foundOwn = search(own, text);
  const foundGiven = search(given, text);
  const select = (key: unknown) => {
    const entry = [...own, ...given].find((each) => each.key === key);
    if (entry?.type === 'workflow') selectWorkflow(entry.workflow);
    else if (entry?.type === 'sample') selectSample(entry.sample.id);
  };

  const goToFound = () => {
    const found = [...foundOwn, ...foundGiven];
    const entry = found.find(({ key }) => key === shown?.key) ?? found[0];
    if (entry === undefined) return;
    select(entry.key);
    focusRow(list.current, entry.key);
  };
  const shownKey = shown?.key;
  // Where the focus was is gone (a file that was saved, a workflow that was deleted): what is shown now gets it.
  useEffect(() => {
    if (shownKey !== undefined && document.activeElement === document.body) focusRow(list.current, shownKey);
  }, [shownKey]);

  return (
    <section className={styles.pane} aria-label="Library" onKeyDownCapture={keepFromRows}>
      <div className={styles.tools}>
        <SearchField label="Search workflows and samples" text={text} onChange={setText} onDown={goToFound} />
      </div>
      {workflows.status === 'failed' && <p className={styles.failure}>{workflows.message}</p>}
      <GridList
        ref={list}
        className={styles.list ?? ''}
        aria-label="Workflows and samples"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={shown === null ? [] : [shown.key]}
        onSelectionChange={(keys) => keys !== 'all' && select([...keys][0])}
      >
        {foundOwn.length > 0 && (
          <GridListSection className={styles.section ?? ''} aria-label="Workflows">
            <GridListHeader className={styles.title ?? ''}>Workflows</GridListHeader>
            {foundOwn.map((entry) => (
              <Row key={entry.key} entry={entry} />
            ))}
          </GridListSection>
        )}
        {foundGiven.length > 0 && (
          <GridListSection className={styles.section ?? ''} aria-label="Samples">
            <GridListHeader className={styles.title ?? ''}>Samples</GridListHeader>
            {foundGiven.map((entry) => (
              <Row key={entry.key} entry={entry} />
            ))}
          </GridListSection>
        )}
      </GridList>
      {text !== '' && foundOwn.length + foundGiven.length === 0 && (
        <p className={styles.nothing}>Nothing in the library matches “{text}”.</p>
      )}
    </section>
  );
}

function Row({ entry }: { readonly entry: Entry }) {
  if (entry.type === 'sample') {
    const { sample } = entry;
    return (
      <GridListItem id={entry.key} textValue={sample.title} className={styles.row ?? ''}>
        <div className={styles.cell}>
          <span className={styles.name}>{sample.title}</span>
          <span className={styles.explained}>{sample.description}</span>
          <span className={styles.action}>
            <IconButton
              label={`Run ${sample.title}`}
              onClick={() => void runSample(sample)}
              // Else the row takes the key for itself.
              onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && event.stopPropagation()}
            >
              <Play aria-hidden="true" />
            </IconButton>
          </span>
        </div>
      </GridListItem>
    );
  }
  const { workflow } = entry;
  return (
    <GridListItem id={entry.key} textValue={workflow.name} className={styles.row ?? ''}>
      <div className={styles.cell}>
        <span className={styles.name}>{workflow.name}</span>
        <span className={styles.updated}>{moment(workflow.updatedAt)}</span>
        <span className={styles.about}>{workflow.description}</span>
        <span className={styles.facts}>
          {workflow.input.length === 0 ? 'no input' : count(workflow.input.length, 'input')} ·{' '}
          {count(workflow.taskCount, 'task')}
        </span>
      </div>
    </GridListItem>
  );
}

/** The rows would take Ctrl+Enter for themselves; it belongs to the menu, which runs what is selected. */
function keepFromRows(event: KeyboardEvent): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.stopPropagation();
}

function focusRow(list: HTMLDivElement | null, key: string): void {
  list?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
