'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { classes } from '#app/_ui/classes.ts';

const COPIED_MS = 2_000;
const box =
  'block w-full min-w-0 rounded-control border border-line bg-code px-3 py-2 font-mono text-sm text-ink';

/** A text to be taken along: shown whole, selected by a click, copied by a button. */
export function CopyField({
  label,
  value,
  multiline = false,
}: {
  label: string;
  value: string;
  multiline?: boolean;
}) {
  const id = useId();
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy() {
    // there is no clipboard on a page that came without TLS from another machine
    const done = await (navigator.clipboard?.writeText(value).then(
      () => true,
      () => false,
    ) ?? false);
    setState(done ? 'copied' : 'failed');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState('idle'), COPIED_MS);
  }

  const Icon = state === 'copied' ? Check : Copy;
  const field = {
    id,
    value,
    readOnly: true,
    spellCheck: false,
    onFocus: (event: React.FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => event.target.select(),
  };
  return (
    <div>
      <div className="mb-1 flex items-end justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        <Button variant="quiet" onClick={() => void copy()} aria-label={`Copy ${label.toLowerCase()}`}>
          <Icon size={14} aria-hidden="true" />
          {state === 'copied' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      {multiline ? (
        <textarea
          {...field}
          wrap="off"
          rows={value.split('\n').length + 1}
          className={classes(box, 'resize-none')}
        />
      ) : (
        <input {...field} className={box} />
      )}
      <p role="status" className="sr-only">
        {state === 'copied' && `${label} copied`}
      </p>
      {state === 'failed' && (
        <p className="mt-1 text-sm text-danger-ink">
          This browser does not let the page copy: select it and press Ctrl+C.
        </p>
      )}
    </div>
  );
}
