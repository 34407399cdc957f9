/** The one question asked of headers, so that Node's and the Fetch API's both answer it. */
export type Headerish = { get(name: string): string | null | undefined };
