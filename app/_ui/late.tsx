'use client';

import { type ComponentType, useEffect, useState } from 'react';
import { toast } from '#app/_ui/toast-store.ts';

/** A component whose code arrives when it is first shown. */
export type Part<Props> = { load: () => Promise<ComponentType<Props>>; known: ComponentType<Props> | null };

export function part<Props>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  return { load, known: null };
}

type LateProps<Props> = { part: Part<Props>; props: Props; onFail?: () => void };

/**
 * Shows a part once its code is there; never in the server's HTML. Unlike `React.lazy` it survives a lost
 * connection: whoever asked is told, `onFail` takes the question back, and the next time it is loaded again. Give it
 * a key where one part may follow another.
 */
export function Late<Props extends object>({ part, props, onFail }: LateProps<Props>) {
  const [Component, setComponent] = useState(() => part.known);
  useEffect(() => {
    if (part.known) return;
    let isShown = true;
    part.load().then(
      (component) => {
        part.known = component;
        if (isShown) setComponent(() => component);
      },
      () => {
        if (!isShown) return;
        toast('That could not be loaded. Check your connection and try again.', { tone: 'problem' });
        onFail?.();
      },
    );
    return () => {
      isShown = false;
    };
  }, [part, onFail]);
  return Component && <Component {...props} />;
}
