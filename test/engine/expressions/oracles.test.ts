import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runExpressionOracles } from '../../conformance/expression-oracles.ts';

const results = runExpressionOracles(join(import.meta.dirname, '../../conformance'));

describe('what Mistral, yaql and Jinja2 were seen to do', () => {
  test.each([
    ['yaql', 638],
    ['yaql-trees', 79],
    ['jinja', 136],
    ['jinja-native', 156],
  ])('is done here too: %s', (feature, count) => {
    const ofFeature = results.filter((each) => each.feature === feature);
    expect(ofFeature.filter(({ passed }) => !passed).map(({ id, detail }) => `${id}: ${detail}`)).toEqual([]);
    expect(ofFeature).toHaveLength(count);
  });
});
