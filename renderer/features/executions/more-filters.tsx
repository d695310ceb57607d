import { Bookmark, ListFilter } from 'lucide-react';
import { useState } from 'react';
import { loadExecutions } from '../../state/execution-actions.ts';
import { everything, isEverything } from '../../state/execution-list.ts';
import { useStore } from '../../state/store.ts';
import { ages, dropView, durations, filterInWords, keepView } from '../../state/views.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuPlace } from '../../ui/menu.tsx';
import styles from './executions.module.css';

/** What else the list can be filtered by, and the views that were kept. */
export function MoreFilters() {
  const [shown, setShown] = useState(false);
  const filter = useStore((state) => state.executions.filter);
  const more = filter.workflow !== null || filter.within !== null || filter.longerThan !== null;
  return (
    <span className={styles.more}>
      <IconButton label="More filters" aria-expanded={shown || more} onClick={() => setShown(!shown)}>
        <ListFilter aria-hidden="true" />
      </IconButton>
      <Views />
      {(shown || more) && <Choices />}
    </span>
  );
}

function Choices() {
  const filter = useStore((state) => state.executions.filter);
  const workflows = useStore((state) => state.workflows);
  const names = workflows.status === 'loaded' ? [...new Set(workflows.value.map(({ name }) => name))] : [];
  // The workflow may have been deleted since; its executions are still there.
  const offered = filter.workflow === null || names.includes(filter.workflow) ? names : [filter.workflow, ...names];
  return (
    <>
      <select
        className={styles.select}
        aria-label="Workflow"
        value={filter.workflow ?? ''}
        onChange={({ target }) =>
          void loadExecutions({ ...filter, workflow: target.value === '' ? null : target.value })
        }
      >
        <option value="">Any workflow</option>
        {offered.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <NumberChoice
        label="Started"
        any="Any time"
        choices={ages}
        value={filter.within}
        onChange={(within) => void loadExecutions({ ...filter, within })}
      />
      <NumberChoice
        label="Duration"
        any="Any duration"
        choices={durations}
        value={filter.longerThan}
        onChange={(longerThan) => void loadExecutions({ ...filter, longerThan })}
      />
    </>
  );
}

interface NumberChoiceProps {
  readonly label: string;
  readonly any: string;
  readonly choices: typeof ages;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function NumberChoice({ label, any, choices, value, onChange }: NumberChoiceProps) {
  return (
    <select
      className={styles.select}
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
    >
      <option value="">{any}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.title}
        </option>
      ))}
    </select>
  );
}

function Views() {
  const [place, setPlace] = useState<MenuPlace | null>(null);
  const filter = useStore((state) => state.executions.filter);
  const views = useStore((state) => state.views);
  const here = filterInWords(filter);
  const isKept = views.some((view) => filterInWords(view) === here);
  const pick = (id: string) => {
    if (id === 'keep') keepView();
    else if (id === 'drop') dropView(filter);
    else void loadExecutions(views.find((view) => filterInWords(view) === id) ?? everything);
  };
  return (
    <>
      <IconButton
        label="Saved views"
        aria-haspopup="menu"
        aria-expanded={place !== null}
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          setPlace({ left, top: bottom + 4 });
        }}
      >
        <Bookmark aria-hidden="true" />
      </IconButton>
      {place !== null && (
        <Menu
          label="Saved views"
          place={place}
          items={[
            { id: 'all', title: 'Everything' },
            ...views.map((view) => ({ id: filterInWords(view), title: filterInWords(view) })),
            ...(isKept ? [{ id: 'drop', title: `Forget “${here}”`, separated: true }] : []),
            ...(isKept || isEverything(filter) ? [] : [{ id: 'keep', title: `Save “${here}”`, separated: true }]),
          ]}
          onPick={pick}
          onClose={() => setPlace(null)}
        />
      )}
    </>
  );
}
