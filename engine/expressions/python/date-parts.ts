import { ExpressionError } from '../expression-error.ts';
import { daysInMonth } from './calendar.ts';

type Label = 'year' | 'month' | 'day';

/** Which of the numbers in a date is the year, the month and the day. They are given in the order of the text. */
export class DateParts {
  private readonly values: number[] = [];
  private readonly places: Partial<Record<Label, number>> = {};
  /** Whether the year was written with more than two digits. */
  hasCentury = false;

  get count(): number {
    return this.values.length;
  }

  addText(text: string, label: Label | null = null): void {
    if (!/^\p{Nd}+$/u.test(text)) throw new ExpressionError(`'${text}' is no part of a date.`);
    this.add(Number(text), text.length > 2 ? this.asYear(label) : label);
  }

  addNumber(value: number, label: Label | null = null): void {
    this.add(Math.trunc(value), value > 100 ? this.asYear(label) : label);
  }

  private asYear(label: Label | null): Label {
    if (label === 'month' || label === 'day') throw new ExpressionError(`A ${label} cannot be that large.`);
    this.hasCentury = true;
    return 'year';
  }

  private add(value: number, label: Label | null): void {
    this.values.push(value);
    if (label === null) return;
    if (this.places[label] !== undefined) throw new ExpressionError(`The ${label} is given twice.`);
    this.places[label] = this.values.length - 1;
  }

  private labelled(label: Label): number | null {
    const place = this.places[label];
    return place === undefined ? null : (this.values[place] ?? null);
  }

  couldBeDay(value: number): boolean {
    if (this.places.day !== undefined) return false;
    const month = this.labelled('month');
    if (month === null) return value >= 1 && value <= 31;
    if (month < 1 || month > 12) throw new ExpressionError('month must be in 1..12');
    // Without a year a leap year is as good as any.
    return value >= 1 && value <= daysInMonth(this.labelled('year') ?? 2000, month);
  }

  resolve(): { readonly year: number | null; readonly month: number | null; readonly day: number | null } {
    const { values } = this;
    const [first = null, second = null] = values;
    const known = Object.keys(this.places).length;
    if ((known > 0 && known === values.length) || (values.length === 3 && known === 2)) return this.byLabels();
    const monthPlace = this.places.month;
    switch (values.length) {
      case 0:
        return { year: null, month: null, day: null };
      case 1:
        return monthPlace === undefined ? yearOrDay(first, null) : { year: null, month: first, day: null };
      case 2:
        if (monthPlace !== undefined) return yearOrDay(monthPlace === 0 ? second : first, values[monthPlace] ?? null);
        if ((first ?? 0) > 31) return { year: first, month: second, day: null };
        if ((second ?? 0) > 31) return { year: second, month: first, day: null };
        return { year: null, month: first, day: second };
      case 3:
        return this.three();
      default:
        throw new ExpressionError('A date has no more than three parts.');
    }
  }

  private byLabels(): ReturnType<DateParts['resolve']> {
    const used = Object.values(this.places);
    const free = this.values.find((_value, place) => !used.includes(place)) ?? null;
    const value = (label: Label): number | null =>
      this.places[label] === undefined && this.values.length === 3 ? free : this.labelled(label);
    return { year: value('year'), month: value('month'), day: value('day') };
  }

  private three(): ReturnType<DateParts['resolve']> {
    const [a = 0, b = 0, c = 0] = this.values;
    switch (this.places.month) {
      case 0:
        return b > 31 ? { month: a, year: b, day: c } : { month: a, day: b, year: c };
      case 1:
        return a > 31 ? { year: a, month: b, day: c } : { day: a, month: b, year: c };
      case 2:
        return b > 31 ? { day: a, year: b, month: c } : { year: a, day: b, month: c };
      default:
        if (a > 31 || this.places.year === 0) return { year: a, month: b, day: c };
        return a > 12 ? { day: a, month: b, year: c } : { month: a, day: b, year: c };
    }
  }
}

function yearOrDay(value: number | null, month: number | null): ReturnType<DateParts['resolve']> {
  return (value ?? 0) > 31 ? { year: value, month, day: null } : { year: null, month, day: value };
}
