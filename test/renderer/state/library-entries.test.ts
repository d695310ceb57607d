import { describe, expect, test } from 'vitest';
import type { WorkflowSummary } from '../../../engine/api/resources.ts';
import { samples } from '../../../engine/backends/local/samples.ts';
import { sampleEntry, search, shownEntry, workflowEntry } from '../../../renderer/state/library-entries.ts';

function workflow(name: string, description = '', namespace = ''): WorkflowSummary {
  return { name, namespace, description, type: 'direct', tags: ['nightly'], input: [], taskCount: 1, updatedAt: 0 };
}

const library = {
  workflows: { status: 'loaded', value: [workflow('backup'), workflow('backup', '', 'team'), workflow('cleanup')] },
  samples: { status: 'loaded', value: samples },
  workbooks: { status: 'loaded', value: [] },
  actions: { status: 'loaded', value: [] },
  environments: { status: 'loaded', value: [{ name: 'lab', variables: { region: 'north' } }] },
  cronTriggers: { status: 'loaded', value: [] },
  selectedEntry: null,
} as const;

describe('what the library shows', () => {
  test('is the first workflow as long as nothing is selected, or when what was selected is gone', () => {
    expect(shownEntry(library)?.key).toBe('workflow /backup');
    expect(shownEntry({ ...library, selectedEntry: 'workflow /gone' })?.key).toBe('workflow /backup');
  });

  test('is the workflow of its namespace', () => {
    expect(shownEntry({ ...library, selectedEntry: 'workflow team/backup' })?.key).toBe('workflow team/backup');
  });

  test('is the sample or the environment that was selected', () => {
    expect(shownEntry({ ...library, selectedEntry: 'sample hello' })?.key).toBe('sample hello');
    expect(shownEntry({ ...library, selectedEntry: 'environment /lab' })?.type).toBe('environment');
  });

  test('is nothing in an empty library, and while it is loading', () => {
    expect(shownEntry({ ...library, workflows: { status: 'loaded', value: [] } })).toBeNull();
    expect(shownEntry({ ...library, workflows: { status: 'loading' } })).toBeNull();
  });
});

test('a search finds what has all of its words in its name, description or tags', () => {
  const entries = [workflowEntry(workflow('backup', 'Saves the database')), ...samples.map(sampleEntry)];
  const found = (text: string) => search(entries, text).map(({ key }) => key);
  expect(found(' DATA back ')).toEqual(['workflow /backup']);
  expect(found('nightly')).toEqual(['workflow /backup']);
  expect(found('retry')).toEqual(['sample with-items-and-retry']);
  expect(found('database retry')).toEqual([]);
  expect(found('  ')).toHaveLength(entries.length);
});
