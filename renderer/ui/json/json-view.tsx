import { ArrowDown, ArrowUp, Copy, Route } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { copyText } from '../copy-text.ts';
import { IconButton } from '../icon-button.tsx';
import { Menu, type MenuPlace } from '../menu.tsx';
import { SearchField } from '../search-field.tsx';
import { shortcut } from '../shortcut.ts';
import { Rows } from '../tree-grid/rows.ts';
import { TreeGrid } from '../tree-grid/tree-grid.tsx';
import type { Column } from '../tree-grid/tree-row.tsx';
import { useLate } from '../use-late.ts';
import type { JsonDocument } from './json-document.ts';
import { JsonItem, linesAbove, preview } from './json-item.ts';
import styles from './json-view.module.css';
import { type JsonReader, useJson } from './use-json.ts';

const ROW = 20;
/** Taller values scroll inside of themselves. */
const MAX_ROWS = 22;
/** Lists and maps of more entries start out closed. */
const OPEN_AT_FIRST = 50;
/** What has more values can be searched. */
const SEARCHABLE = 24;
/** A longer string is shown as lines of which only those in view are there. In characters. */
const LONGEST_TEXT = 50_000;
/** Opening everything that is in a value opens so many lines at most. */
const MOST_OPENED = 20_000;

interface JsonLine {
  readonly item: JsonItem;
  readonly expanded: boolean;
}

const columns: readonly Column<JsonLine>[] = [{ id: 'value', title: 'Value', width: 0, grow: 1, render: line }];

interface JsonViewProps {
  readonly label: string;
  readonly text: string;
  /** How an expression reaches the value as a whole: what paths begin with. */
  readonly whole?: string;
}

/**
 * A JSON text as a tree, for any size: a large one is read beside the window, lines are made when their parent is opened
 * and mounted when they are in view. It can be searched, and values and the paths to them copied.
 */
export function JsonView({ label, text, whole = '$' }: JsonViewProps) {
  const reader = useJson(text);
  const late = useLate(reader.document === undefined);
  const { document } = reader;
  if (document === undefined) {
    return late ? (
      <p role="status" className={styles.reading}>{`Reading ${(text.length / 1e6).toFixed(1)} MB…`}</p>
    ) : null;
  }
  if (document === null) return <pre className={styles.text}>{text}</pre>;
  if (document.typeOf(0) === 'string' && text.length <= LONGEST_TEXT) {
    return <pre className={styles.text}>{document.stringOf(0)}</pre>;
  }
  return <JsonTree label={label} document={document} reader={reader} whole={whole} />;
}

interface JsonTreeProps {
  readonly label: string;
  readonly document: JsonDocument;
  readonly reader: JsonReader;
  readonly whole: string;
}

function JsonTree({ label, document, reader, whole }: JsonTreeProps) {
  const root = useMemo(() => new JsonItem(document, 0, null), [document]);
  /** What a person has opened or closed. */
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [selected, setSelected] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ readonly item: JsonItem; readonly place: MenuPlace } | null>(null);
  const frame = useRef<HTMLDivElement>(null);

  const rows = useMemo(
    () =>
      new Rows(root.expandable ? root.children : [root], (item, level) => opened.get(item.id) ?? isOpen(item, level)),
    [root, opened],
  );

  const setOpen = (ids: Iterable<string>, open: boolean) => {
    const next = new Map(opened);
    for (const id of ids) next.set(id, open);
    setOpened(next);
  };
  const goTo = (value: number) => {
    setOpen(linesAbove(document, value), true);
    setSelected(String(value));
  };
  const copyValue = ({ value, shown }: JsonItem) => {
    if (shown.type === 'piece') void copyText(shown.text);
    else void copyText(document.typeOf(value) === 'string' ? document.stringOf(value) : document.rawOf(value));
  };
  const copyPath = ({ value }: JsonItem) => void copyText(document.pathTo(value, whole));

  const onKey = (event: KeyboardEvent, item: JsonItem): boolean => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === 'c' && event.shiftKey) copyPath(item);
      else if (key === 'c' && window.getSelection()?.isCollapsed !== false) copyValue(item);
      else if (key === 'f') frame.current?.querySelector('input')?.focus();
      else return false;
      event.stopPropagation();
      return true;
    }
    if (key === 'e') setOpen(openable(item), true);
    else if (key === 'w') setOpened(new Map(Array.from(rows, ({ id }) => [id, false])));
    else return false;
    return true;
  };

  const current = useMemo(() => rows.at(rows.indexOf(selected, 0))?.item, [rows, selected]);
  return (
    <div ref={frame}>
      {document.index.starts.length > SEARCHABLE && (
        <div className={styles.bar}>
          <Finder label={label} reader={reader} onGo={goTo} />
          <IconButton
            label="Copy the selected value"
            shortcut={shortcut('C')}
            disabled={current === undefined}
            onClick={() => current !== undefined && copyValue(current)}
          >
            <Copy aria-hidden="true" />
          </IconButton>
          <IconButton
            label="Copy the path to the selected value"
            shortcut={shortcut('Shift+C')}
            disabled={current === undefined}
            onClick={() => current !== undefined && copyPath(current)}
          >
            <Route aria-hidden="true" />
          </IconButton>
        </div>
      )}
      <div className={styles.view} style={{ height: Math.min(MAX_ROWS, rows.count) * ROW }}>
        <TreeGrid
          label={label}
          headless
          rowHeight={ROW}
          rows={rows}
          columns={columns}
          viewOf={(item, expanded) => ({ item, expanded })}
          nameOf={({ item }) => nameOf(item)}
          selectedId={selected}
          onSelect={(item) => setSelected(item?.id ?? null)}
          onOpen={(item, _, expanded) => item.expandable && setOpen([item.id], !expanded)}
          onExpand={(item, _, expanded) => setOpen([item.id], expanded)}
          onKey={onKey}
          onMenu={(item, place) => setMenu({ item, place })}
        />
      </div>
      {menu !== null && (
        <Menu
          label="Commands for the value"
          place={menu.place}
          items={[
            { id: 'value', title: 'Copy value', shortcut: shortcut('C') },
            { id: 'path', title: 'Copy path', shortcut: shortcut('Shift+C') },
          ]}
          onPick={(what) => (what === 'value' ? copyValue(menu.item) : copyPath(menu.item))}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}

interface FinderProps {
  readonly label: string;
  readonly reader: JsonReader;
  readonly onGo: (value: number) => void;
}

/** Looks for words in keys and values, and goes from one place to the next. */
function Finder({ label, reader: { found, find }, onGo }: FinderProps) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(-1);
  const matches = words !== '' && found?.words === words ? found.matches : null;
  const step = (by: number) => {
    if (matches === null || matches.length === 0) return;
    const next = at === -1 && by < 0 ? matches.length - 1 : (at + by + matches.length) % matches.length;
    setAt(next);
    onGo(matches[next] ?? 0);
  };
  return (
    <>
      <SearchField
        label={`Find in ${label.toLowerCase()}`}
        text={words}
        onChange={(text) => {
          setWords(text);
          setAt(-1);
          if (text !== '') find(text);
        }}
        onDown={() => step(1)}
        onEnter={(back) => step(back ? -1 : 1)}
      />
      <span className={styles.count} role="status">
        {matches === null ? '' : countInWords(at, matches.length)}
      </span>
      <IconButton
        label="Previous match"
        shortcut="Shift+Enter"
        disabled={matches === null || matches.length === 0}
        onClick={() => step(-1)}
      >
        <ArrowUp aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Next match"
        shortcut="Enter"
        disabled={matches === null || matches.length === 0}
        onClick={() => step(1)}
      >
        <ArrowDown aria-hidden="true" />
      </IconButton>
    </>
  );
}

function countInWords(at: number, count: number): string {
  if (count === 0) return 'none';
  const all = count.toLocaleString('en');
  return at === -1 ? all : `${(at + 1).toLocaleString('en')} of ${all}`;
}

function isOpen({ document, value, shown }: JsonItem, level: number): boolean {
  const nested = shown.type === 'value' && document.typeOf(value) !== 'string';
  return nested && level < 3 && document.countOf(value) <= OPEN_AT_FIRST;
}

/** The lists and maps in a value, itself included. */
function openable({ document, value }: JsonItem): readonly string[] {
  const ids: string[] = [];
  const end = Math.min(document.index.nexts[value] ?? 0, value + MOST_OPENED);
  for (let inner = value; inner < end; inner++) if (document.countOf(inner) > 0) ids.push(String(inner));
  return ids;
}

function nameOf({ document, value, key, shown }: JsonItem): string {
  if (shown.type === 'piece') return shown.text;
  if (shown.type === 'range') return rangeInWords(shown);
  const text = preview(document, value);
  return key === null ? text : `${key}: ${text}`;
}

function rangeInWords({ from, to }: { readonly from: number; readonly to: number }): string {
  return `[${from.toLocaleString('en')} – ${(to - 1).toLocaleString('en')}]`;
}

function line({ item: { document, value, key, shown }, expanded }: JsonLine) {
  if (shown.type === 'piece') return <span className={styles.piece}>{shown.text}</span>;
  if (shown.type === 'range') return <span className={styles.size}>{rangeInWords(shown)}</span>;
  const type = document.typeOf(value);
  const open = expanded && (type === 'list' || type === 'map');
  return (
    <span className={styles.line}>
      {key !== null && <span className={styles.key}>{key}: </span>}
      {open ? (
        <span className={styles.size}>
          {type === 'list' ? `[${document.countOf(value)}]` : `{${document.countOf(value)}}`}
        </span>
      ) : (
        <span className={styles.value} data-type={type}>
          {preview(document, value)}
        </span>
      )}
    </span>
  );
}
