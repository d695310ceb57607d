import { ArrowLeft } from 'lucide-react';
import { filterNodes, showAlone } from '../../state/execution-actions.ts';
import { loadingOf, nodeOf, rollupOf, treeOf } from '../../state/nodes.ts';
import { countsBelow } from '../../state/state-counts.ts';
import { looks } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { keyOf } from '../../state/window-commands.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import styles from './executions.module.css';
import { useMatches } from './use-matches.ts';

/** Above the tree of one execution that is shown alone: the way back, and what is looked for in it. */
export function ExecutionToolbar({ rootId }: { readonly rootId: string }) {
  const root = useStore((state) => nodeOf(state, { rootId, id: rootId }));
  const rollup = useStore((state) => rollupOf(state, { rootId, id: rootId }));
  const size = useStore((state) => treeOf(state, rootId)?.nodes.size ?? 0);
  const loading = useStore((state) => loadingOf(state, rootId));
  const filter = useStore((state) => state.nodeFilter);
  const matches = useMatches();
  const counts = root === null ? [] : countsBelow(root, rollup);
  const total = size.toLocaleString('en');
  return (
    <div className={styles.toolbar}>
      <IconButton label="All executions" shortcut={keyOf('toggleAlone')} onClick={() => showAlone(null)}>
        <ArrowLeft aria-hidden="true" />
      </IconButton>
      <span className={styles.total} role="status">
        {matches === null ? (loading ?? `${total} rows`) : `${matches.count.toLocaleString('en')} of ${total} rows`}
        {matches !== null && loading !== null && `. ${loading}`}
      </span>
      <div className={styles.filters}>
        <SearchField
          label="Filter by name, action or message"
          text={filter.text}
          onChange={(text) => filterNodes({ ...filter, text })}
        />
        <fieldset className={styles.states} aria-label="State">
          {counts.map(({ look, count }) => (
            <button
              key={look}
              type="button"
              className={styles.state}
              aria-pressed={filter.look === look}
              title={looks[look].word}
              onClick={() => filterNodes({ ...filter, look: filter.look === look ? null : look })}
            >
              <Glyph name={looks[look].glyph} family={looks[look].family} still />
              {count.toLocaleString('en')}
              <span className="visually-hidden"> {looks[look].word}</span>
            </button>
          ))}
        </fieldset>
      </div>
    </div>
  );
}
