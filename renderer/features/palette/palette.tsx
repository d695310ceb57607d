import { useDeferredValue, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { executionOffer, type FoundOffer, find, type Offer, offers } from '../../state/palette.ts';
import { lookOf, looks, stateInWords } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { showPalette } from '../../state/window-actions.ts';
import type { PaletteKind } from '../../state/window-state.ts';
import { moment } from '../../ui/moment.ts';
import { printed } from '../../ui/shortcut.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { Marked } from './marked.tsx';
import styles from './palette.module.css';
import { useExecutionsWith } from './use-executions-with.ts';

/** How many executions are offered before anything is typed. */
const RECENT = 8;

/** What can be done and gone to, found by typing some of its letters. */
export function Palette() {
  const kind = useStore((state) => state.palette);
  return kind === null ? null : <OpenPalette key={kind} kind={kind} />;
}

function OpenPalette({ kind }: { readonly kind: PaletteKind }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const { found, waiting } = useFound(kind, typed);
  const current = found[Math.min(at, found.length - 1)];

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const optionId = (offer: Offer) => `${listId} ${offer.id}`.replaceAll(/\s/g, '-');
  useEffect(() => {
    if (current !== undefined) document.getElementById(optionId(current.offer))?.scrollIntoView({ block: 'nearest' });
  });

  const pick = (offer: Offer) => {
    // Gone before it is obeyed: the focus is back where it was, and no modal dialog is in the way.
    flushSync(() => showPalette(null));
    offer.run();
  };
  const step = (key: string): number | null => {
    const last = found.length - 1;
    switch (key) {
      case 'ArrowDown':
        return at >= last ? 0 : at + 1;
      case 'ArrowUp':
        return at === 0 ? last : at - 1;
      case 'PageDown':
        return Math.min(last, at + 10);
      case 'PageUp':
        return Math.max(0, at - 10);
      default:
        return null;
    }
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's way to close it is Escape, which the browser handles
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={NAMES[kind].title}
      onCancel={(event) => {
        event.preventDefault();
        showPalette(null);
      }}
      onClick={(event) => event.target === dialog.current && showPalette(null)}
    >
      <input
        className={styles.input}
        type="text"
        role="combobox"
        aria-label={NAMES[kind].field}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={current === undefined ? undefined : optionId(current.offer)}
        placeholder={NAMES[kind].field}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const next = step(event.key);
          if (next !== null) setAt(Math.max(0, next));
          else if (event.key === 'Enter' && !event.nativeEvent.isComposing && current !== undefined)
            pick(current.offer);
          else return;
          event.preventDefault();
        }}
      />
      <div id={listId} role="listbox" aria-label={NAMES[kind].title} className={styles.list}>
        {grouped(found).map(([group, members]) => (
          <fieldset key={group} className={styles.members} aria-label={group}>
            <div className={styles.group} aria-hidden="true">
              {group}
            </div>
            {members.map((each) => (
              <Option
                key={each.offer.id}
                id={optionId(each.offer)}
                found={each}
                isCurrent={each === current}
                onPoint={() => setAt(found.indexOf(each))}
                onPick={pick}
              />
            ))}
          </fieldset>
        ))}
      </div>
      <p className={styles.none} role="status">
        {found.length === 0 && !waiting ? NAMES[kind].none : ''}
      </p>
    </dialog>
  );
}

const NAMES = {
  commands: { title: 'Commands', field: 'Type a command, a workflow or an execution', none: 'Nothing is called so.' },
  executions: {
    title: 'Search executions',
    field: 'Search executions by name, id or message',
    none: 'No execution has this in its name, id or message.',
  },
} as const;

interface OptionProps {
  readonly id: string;
  readonly found: FoundOffer;
  readonly isCurrent: boolean;
  readonly onPoint: () => void;
  readonly onPick: (offer: Offer) => void;
}

function Option({ id, found: { offer, at }, isCurrent, onPoint, onPick }: OptionProps) {
  const { title, detail, key, execution } = offer;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the field, which moves through the options
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      className={styles.option}
      onPointerMove={() => isCurrent || onPoint()}
      onClick={() => onPick(offer)}
    >
      <span className={styles.title}>
        <Marked text={title} at={at} />
      </span>
      <span className={styles.detail}>{detail}</span>
      {execution !== null && (
        <span className={styles.state}>
          <StateMark {...looks[lookOf(execution)]} word={stateInWords(execution)} still />
        </span>
      )}
      {key !== null && <kbd className={styles.key}>{printed(key)}</kbd>}
    </div>
  );
}

/** What the palette offers for what was typed. `waiting`: more may come. */
function useFound(
  kind: PaletteKind,
  typed: string,
): { readonly found: readonly FoundOffer[]; readonly waiting: boolean } {
  const late = useDeferredValue(typed);
  const executions = useExecutionsWith(kind === 'executions' ? typed : '', kind === 'executions' ? 50 : RECENT);
  const all = useMemo(() => (kind === 'commands' ? offers() : []), [kind]);
  const found = useMemo(() => {
    const recent = (executions ?? []).map((each) => executionOffer(each, detailOf(each.createdAt, each.message)));
    if (kind === 'executions') return recent.map((offer) => ({ offer, at: [] }));
    return find(late, [...all, ...recent]);
  }, [kind, late, all, executions]);
  return { found, waiting: executions === null };
}

function detailOf(createdAt: number, message: string | null): string {
  return message === null ? moment(createdAt) : `${moment(createdAt)} · ${message}`;
}

function grouped(found: readonly FoundOffer[]): readonly (readonly [string, readonly FoundOffer[]])[] {
  const groups = new Map<string, FoundOffer[]>();
  for (const each of found) {
    const group = groups.get(each.offer.group) ?? [];
    groups.set(each.offer.group, group);
    group.push(each);
  }
  return [...groups];
}
