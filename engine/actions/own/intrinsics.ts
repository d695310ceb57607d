// What all modules of a process share. Taken before any of them is there: they may replace these functions, too.

const { ownKeys, getOwnPropertyDescriptor } = Reflect;
const { is } = Object;

const classes = [
  ...[Object, Array, Function, String, Number, Promise, Map, Set, WeakMap, RegExp, Error, Date, Symbol, Buffer],
];
const shared: readonly object[] = [
  ...classes,
  ...classes.map(({ prototype }) => prototype as object),
  ...[JSON, Math, Reflect],
];

interface Kept {
  readonly object: object;
  readonly keys: readonly PropertyKey[];
  readonly properties: readonly (PropertyDescriptor | undefined)[];
}

const before: readonly Kept[] = shared.map((object) => {
  const keys = ownKeys(object);
  return { object, keys, properties: keys.map((key) => getOwnPropertyDescriptor(object, key)) };
});

/** Whether they are as they were when the process started. */
export function areIntrinsicsIntact(): boolean {
  for (let i = 0; i < before.length; i++) {
    const { object, keys, properties } = before[i] as Kept;
    if (ownKeys(object).length !== keys.length) return false;
    for (let j = 0; j < keys.length; j++) {
      const was = properties[j];
      const now = getOwnPropertyDescriptor(object, keys[j] as PropertyKey);
      if (!is(now?.value, was?.value) || now?.get !== was?.get || now?.set !== was?.set) return false;
    }
  }
  return true;
}
