'use client';

import { type ReactNode, useEffect, useState } from 'react';

type Highlight = (code: string, language: string) => ReactNode | null;

/** Longer code is shown plain: colouring it would cost a visible pause. */
const LONGEST = 20_000;

let highlight: Highlight | undefined;
let loading: Promise<Highlight | undefined> | undefined;

/** The highlighter is a download of its own, begun by the first block that can use it. */
function loadHighlight(): Promise<Highlight | undefined> {
  loading ??= import('#app/_ui/markdown/highlight.ts').then(
    (module) => {
      highlight = module.highlight;
      return highlight;
    },
    () => {
      loading = undefined;
      return undefined;
    },
  );
  return loading;
}

/** Code as coloured elements; null while the highlighter is not there, or doesn't know the language. */
export function useHighlighted(code: string, language: string): ReactNode | null {
  const [ready, setReady] = useState(highlight !== undefined);
  const worthwhile = language !== '' && code.length <= LONGEST;
  useEffect(() => {
    if (ready || !worthwhile) return;
    let isGone = false;
    void loadHighlight().then((loaded) => {
      if (loaded && !isGone) setReady(true);
    });
    return () => {
      isGone = true;
    };
  }, [ready, worthwhile]);
  return ready && worthwhile && highlight ? highlight(code, language) : null;
}
