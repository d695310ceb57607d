import { Play, Plus } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { GridList, GridListHeader, GridListItem, GridListSection } from 'react-aria-components/GridList';
import { newCronTrigger } from '../../state/cron-triggers.ts';
import { newDocument } from '../../state/document-actions.ts';
import { selectEntryKey, showActionsFolder } from '../../state/library-actions.ts';
import { type Entry, search } from '../../state/library-entries.ts';
import { runSample } from '../../state/sample-actions.ts';
import { useStore } from '../../state/store.ts';
import type { DocumentKind } from '../../state/text-document.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { moment } from '../../ui/moment.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { count } from './count.ts';
import styles from './library-list.module.css';

interface LibraryListProps {
  readonly entries: readonly Entry[];
  readonly shown: Entry | null;
}

const SECTIONS: readonly { readonly type: Entry['type']; readonly title: string }[] = [
  { type: 'workflow', title: 'Workflows' },
  { type: 'workbook', title: 'Workbooks' },
  { type: 'action', title: 'Ad-hoc actions' },
  { type: 'own', title: 'Your own actions' },
  { type: 'environment', title: 'Environments' },
  { type: 'cronTrigger', title: 'Cron triggers' },
  { type: 'sample', title: 'Samples' },
];

const NEW: readonly { readonly id: DocumentKind | 'own' | 'cronTrigger'; readonly name: string }[] = [
  { id: 'workflow', name: 'Workflow' },
  { id: 'workbook', name: 'Workbook' },
  { id: 'action', name: 'Ad-hoc action' },
  { id: 'environment', name: 'Environment' },
  { id: 'own', name: 'Action in JavaScript…' },
  { id: 'cronTrigger', name: 'Cron trigger…' },
];

/** Everything in the library by its kind, with a search above it. */
export function LibraryList({ entries, shown }: LibraryListProps) {
  const workflows = useStore((state) => state.workflows);
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const found = search(entries, text);

  const goToFound = () => {
    const entry = found.find(({ key }) => key === shown?.key) ?? found[0];
    if (entry === undefined) return;
    selectEntryKey(entry.key);
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
        <SearchField label="Search the library" text={text} onChange={setText} onDown={goToFound} />
        <MenuButton label="New" icon={<Plus aria-hidden="true" />} items={NEW} onChoose={begin} />
      </div>
      {workflows.status === 'failed' && <p className={styles.failure}>{workflows.message}</p>}
      <GridList
        ref={list}
        className={styles.list ?? ''}
        aria-label="Library"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={shown === null ? [] : [shown.key]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys];
          if (key !== undefined) selectEntryKey(String(key));
        }}
      >
        {SECTIONS.map(({ type, title }) => {
          const ofType = found.filter((entry) => entry.type === type);
          return ofType.length === 0 ? null : (
            <GridListSection key={type} className={styles.section ?? ''} aria-label={title}>
              <GridListHeader className={styles.title ?? ''}>{title}</GridListHeader>
              {ofType.map((entry) => (
                <Row key={entry.key} entry={entry} />
              ))}
            </GridListSection>
          );
        })}
      </GridList>
      {text !== '' && found.length === 0 && <p className={styles.nothing}>Nothing in the library matches “{text}”.</p>}
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
  const { name, updatedAt, about, facts } = said(entry);
  return (
    <GridListItem id={entry.key} textValue={name} className={styles.row ?? ''}>
      <div className={styles.cell}>
        <span className={styles.name}>{name}</span>
        <span className={styles.updated}>{updatedAt !== null && moment(updatedAt)}</span>
        <span className={styles.about}>{about}</span>
        <span className={styles.facts}>{facts}</span>
      </div>
    </GridListItem>
  );
}

/** An action in JavaScript is written in another program. */
function begin(kind: DocumentKind | 'own' | 'cronTrigger'): void {
  if (kind === 'own') void showActionsFolder();
  else if (kind === 'cronTrigger') newCronTrigger(null);
  else newDocument(kind);
}

interface Said {
  readonly name: string;
  readonly updatedAt: number | null;
  readonly about: string;
  readonly facts: string;
}

function said(entry: Entry): Said {
  switch (entry.type) {
    case 'workflow': {
      const { name, updatedAt, description, input, taskCount } = entry.workflow;
      const inputs = input.length === 0 ? 'no input' : count(input.length, 'input');
      return { name, updatedAt, about: description, facts: `${inputs} · ${count(taskCount, 'task')}` };
    }
    case 'workbook': {
      const { name, updatedAt, description, workflows, actions } = entry.workbook;
      const facts = `${count(workflows.length, 'workflow')} · ${count(actions.length, 'action')}`;
      return { name, updatedAt, about: description, facts };
    }
    case 'action':
    case 'own': {
      const { name, updatedAt, description, parameters } = entry.action;
      return { name, updatedAt, about: description, facts: count(parameters.length, 'input') };
    }
    case 'environment': {
      const { name, variables } = entry.environment;
      const names = Object.keys(variables);
      return { name, updatedAt: null, about: names.join(', '), facts: count(names.length, 'variable') };
    }
    case 'cronTrigger': {
      const { name, workflow, pattern, isEnabled, dueAt } = entry.cronTrigger;
      const next = !isEnabled ? 'off' : dueAt === null ? 'at an end' : `next ${moment(dueAt)}`;
      return { name, updatedAt: null, about: `${workflow} · ${pattern}`, facts: next };
    }
    case 'sample': {
      const { title, description, workflow } = entry.sample;
      return { name: title, updatedAt: null, about: description, facts: workflow };
    }
  }
}

/** The rows would take Ctrl+Enter for themselves; it belongs to the menu, which runs what is selected. */
function keepFromRows(event: KeyboardEvent): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.stopPropagation();
}

function focusRow(list: HTMLDivElement | null, key: string): void {
  list?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
