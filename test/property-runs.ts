/** How many cases a property is tried with: as many as usual, or those that `PROPERTY_RUNS` asks for when they are more. */
export function propertyRuns(usual: number): { readonly numRuns: number } {
  return { numRuns: Math.max(usual, Number(process.env.PROPERTY_RUNS ?? 0)) };
}
