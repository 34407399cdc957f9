/** What a page says about itself. Texts are `''` when it doesn't; `title` ≤ 200 and `description` ≤ 400 characters. */
export type PagePreview = {
  type: 'og';
  title: string;
  description: string;
  /** absolute URL, or `''` */
  image: string;
  /** host[:port] of the URL asked for */
  domain: string;
  url: string;
};

/** A window of at most 1000 lines of a source file; line numbers count from 1. */
export type CodePreview = {
  type: 'code';
  filename: string;
  filepath: string;
  /** lower-cased extension without its dot, or `''` */
  language: string;
  /** number of the first line in `code` */
  firstLine: number;
  highlightStart: number | null;
  highlightEnd: number | null;
  code: string;
  /** of the whole file as fetched */
  totalLines: number;
  url: string;
};

export type Preview = PagePreview | CodePreview;
