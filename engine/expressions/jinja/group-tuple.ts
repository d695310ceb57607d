import { List, Tuple, type Value } from '../python/value.ts';

/** What `groupby` makes of a group: a tuple whose parts have names. */
export class GroupTuple extends Tuple {
  readonly grouper: Value;
  readonly list: List;

  constructor(grouper: Value, values: Value[]) {
    const list = new List(values);
    super([grouper, list]);
    this.grouper = grouper;
    this.list = list;
  }
}
