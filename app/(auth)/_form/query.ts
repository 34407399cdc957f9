export type Query = Promise<Record<string, string | string[] | undefined>>;

/** One text of a page's query; '' if it is absent or given twice. */
export function textOf(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}
