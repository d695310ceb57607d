import { PythonObject, type Value } from '../python/value.ts';

/** Something of Jinja2's own whose parts have names: a loop, a namespace. */
export abstract class AttributeObject extends PythonObject {
  abstract attribute(name: string): Value | undefined;
}
