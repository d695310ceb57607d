import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { samples } from '../../../../engine/backends/local/samples.ts';

describe('the samples', () => {
  test.each(samples)(
    '$id: the text defines the workflow that is run, and it declares the input that is given',
    (sample) => {
      const workflow = parse(sample.text)[sample.workflow];
      const declared = (workflow.input ?? []).flatMap((entry: unknown) =>
        typeof entry === 'string' ? [entry] : Object.keys(entry as object),
      );
      expect(declared).toEqual(Object.keys(sample.input));
    },
  );

  test('have names of their own, so that one does not replace another in the library', () => {
    const names = samples.flatMap(({ text }) => Object.keys(parse(text)).filter((key) => key !== 'version'));
    expect(names).toEqual([...new Set(names)]);
  });
});
