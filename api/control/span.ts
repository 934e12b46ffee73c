/** What the filters of a list say of time. */

interface Span<Moment> {
  readonly since: Moment | undefined;
  readonly until: Moment | undefined;
}

const dateOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(text);

/** Texts that fit the format `date-time` as the dates that queries take. */
export const spanOf = ({ since, until }: Span<string>): Span<Date> => ({
  since: dateOf(since),
  until: dateOf(until),
});
