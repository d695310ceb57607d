import { type KeyboardEvent, useMemo, useState } from 'react';
import { copyText } from '../copy-text.ts';
import { flatten } from '../tree-grid/flatten.ts';
import { TreeGrid } from '../tree-grid/tree-grid.tsx';
import type { Column } from '../tree-grid/tree-row.tsx';
import { JsonItem, preview } from './json-item.ts';
import styles from './json-view.module.css';
import { parseJson } from './parse-json.ts';

const ROW = 20;
/** Taller values scroll inside of themselves. */
const MAX_ROWS = 22;
/** Lists and maps of more entries start out closed. */
const OPEN_AT_FIRST = 50;

interface JsonLine {
  readonly item: JsonItem;
  readonly expanded: boolean;
}

const columns: readonly Column<JsonLine>[] = [{ id: 'value', title: 'Value', width: 0, grow: 1, render: line }];

/** A JSON text as a tree, for any size: entries are made when their parent is opened and mounted when they are in view. */
export function JsonView({ label, text }: { readonly label: string; readonly text: string }) {
  const root = useMemo(() => {
    const value = parseJson(text);
    return value === null ? null : new JsonItem('', null, value);
  }, [text]);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<string | null>(null);

  const rows = useMemo(() => {
    const roots =
      root === null
        ? []
        : root.expandable && typeof root.value !== 'string' && root.value.type !== 'string'
          ? root.children
          : [root];
    return flatten(roots, (item, level) => isOpen(item, level) !== toggled.has(item.id));
  }, [root, toggled]);

  if (root === null || typeof root.value === 'string') return <pre className={styles.text}>{text}</pre>;
  if (root.value.type === 'string') return <pre className={styles.text}>{root.value.value}</pre>;

  const toggle = (item: JsonItem) => {
    const next = new Set(toggled);
    if (!next.delete(item.id)) next.add(item.id);
    setToggled(next);
  };
  const copy = (event: KeyboardEvent, { value }: JsonItem): boolean => {
    if (event.key !== 'c' || !(event.ctrlKey || event.metaKey) || window.getSelection()?.isCollapsed === false)
      return false;
    void copyText(
      typeof value === 'string' ? value : value.type === 'string' ? value.value : text.slice(value.start, value.end),
    );
    return true;
  };
  return (
    <div className={styles.view} style={{ height: Math.min(MAX_ROWS, rows.items.length) * ROW }}>
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
        onOpen={(item) => item.expandable && toggle(item)}
        onExpand={toggle}
        onKey={copy}
      />
    </div>
  );
}

function isOpen({ value }: JsonItem, level: number): boolean {
  return (
    typeof value !== 'string' &&
    value.type !== 'string' &&
    'entries' in value &&
    level < 3 &&
    value.entries.length <= OPEN_AT_FIRST
  );
}

function nameOf({ key, value }: JsonItem): string {
  const shown = typeof value === 'string' ? value : preview(value);
  return key === null ? shown : `${key}: ${shown}`;
}

function line({ item: { key, value }, expanded }: JsonLine) {
  if (typeof value === 'string') return <span className={styles.piece}>{value}</span>;
  const open = expanded && (value.type === 'list' || value.type === 'map');
  return (
    <span className={styles.line}>
      {key !== null && <span className={styles.key}>{key}: </span>}
      {open ? (
        <span className={styles.size}>
          {value.type === 'list' ? `[${value.entries.length}]` : `{${value.entries.length}}`}
        </span>
      ) : (
        <span className={styles.value} data-type={value.type}>
          {preview(value)}
        </span>
      )}
    </span>
  );
}
