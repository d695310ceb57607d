import { Play, Plus } from 'lucide-react';
import type { Sample } from '../../../engine/api/resources.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { GraphOf } from '../../state/graph-of.ts';
import { addSample, isInLibrary, runSample, runSampleWith } from '../../state/sample-actions.ts';
import { useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { writeJson } from '../../ui/json/json-text.ts';
import { YamlText } from '../../ui/yaml-text.tsx';
import { Detail, DetailSection } from './detail.tsx';
import { GraphSection } from './graph-section.tsx';

/** One of the samples: what it shows, the input it is run with, and its text. */
export function SampleDetail({ sample, graph }: { readonly sample: Sample; readonly graph: GraphOf }) {
  const known = useStore((state) => isInLibrary(state, sample));
  const hasInput = Object.keys(sample.input).length > 0;
  return (
    <Detail
      name={sample.title}
      description={sample.description}
      facts={['Sample', `workflow ${sample.workflow}`]}
      buttons={
        <>
          {!known && (
            <Button icon={<Plus aria-hidden="true" />} onClick={() => void addSample(sample)}>
              Add to library
            </Button>
          )}
          {hasInput && <Button onClick={() => void runSampleWith(sample)}>Change input…</Button>}
          <Button kind="primary" icon={<Play aria-hidden="true" />} onClick={() => void runSample(sample)}>
            Run
          </Button>
        </>
      }
    >
      {hasInput && (
        <DetailSection title="Input">
          <pre>{writeJson(sample.input as JsonObject)}</pre>
        </DetailSection>
      )}
      <GraphSection text={sample.text} name={sample.workflow} graph={graph} />
      <DetailSection title="Definition">
        <YamlText label={`Text of ${sample.title}`} text={sample.text} />
      </DetailSection>
    </Detail>
  );
}
