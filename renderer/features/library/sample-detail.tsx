import { Play, Plus } from 'lucide-react';
import type { Sample } from '../../../engine/api/resources.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { GraphOf } from '../../state/graph-of.ts';
import { addSample, isInLibrary, runSample, runSampleWith } from '../../state/sample-actions.ts';
import { useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { writeJson } from '../../ui/json/json-text.ts';
import { YamlText } from '../../ui/yaml-text.tsx';
import styles from './detail.module.css';
import { GraphSection } from './graph-section.tsx';

/** One of the samples: what it shows, the input it is run with, and its text. */
export function SampleDetail({ sample, graph }: { readonly sample: Sample; readonly graph: GraphOf }) {
  const known = useStore((state) => isInLibrary(state, sample));
  const hasInput = Object.keys(sample.input).length > 0;
  return (
    <article className={styles.detail} aria-label={sample.title}>
      <header className={styles.head}>
        <h1 className={styles.name}>{sample.title}</h1>
        <div className={styles.buttons}>
          {!known && (
            <Button icon={<Plus aria-hidden="true" />} onClick={() => void addSample(sample)}>
              Add to library
            </Button>
          )}
          {hasInput && <Button onClick={() => void runSampleWith(sample)}>Change input…</Button>}
          <Button kind="primary" icon={<Play aria-hidden="true" />} onClick={() => void runSample(sample)}>
            Run
          </Button>
        </div>
        <p className={styles.about}>{sample.description}</p>
        <p className={styles.facts}>
          Sample · workflow <code>{sample.workflow}</code>
        </p>
      </header>
      {hasInput && (
        <section className={styles.section} aria-label="Input">
          <h2 className={styles.heading}>Input</h2>
          <pre>{writeJson(sample.input as JsonObject)}</pre>
        </section>
      )}
      <GraphSection text={sample.text} name={sample.workflow} graph={graph} />
      <section className={styles.section} aria-label="Definition">
        <h2 className={styles.heading}>Definition</h2>
        <YamlText label={`Text of ${sample.title}`} text={sample.text} />
      </section>
    </article>
  );
}
